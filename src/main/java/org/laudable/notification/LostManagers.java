package org.laudable.notification;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import org.laudable.database.Sql;
import org.laudable.project.ProjectWithoutManager;

/** Tells the administrators that a project has no manager any more. */
@ApplicationScoped
class LostManagers {
    private final Notifications notifications;
    private final Sql sql;

    LostManagers(Notifications notifications, Sql sql) {
        this.notifications = notifications;
        this.sql = sql;
    }

    void tell(@Observes ProjectWithoutManager lost) {
        sql.list("select id from account where admin and enabled order by id", row -> row.getLong(1))
                .forEach(admin -> notifications.to(admin, lost.projectId(), NotificationKind.NO_MANAGER, Map.of()));
    }
}
