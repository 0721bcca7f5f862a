package org.laudable.notification;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.laudable.security.AccountAnonymised;
import org.laudable.security.CurrentUser;
import org.laudable.security.User;

/**
 * Tells people what happened, in the caller's transaction: what is rolled back is told nobody. For services and
 * background work; checks no access.
 */
@ApplicationScoped
public class Notifications {
    private final NotificationRepository notifications;
    private final CurrentUser currentUser;
    private final Event<NotificationsChanged> changed;

    Notifications(NotificationRepository notifications, CurrentUser currentUser, Event<NotificationsChanged> changed) {
        this.notifications = notifications;
        this.currentUser = currentUser;
        this.changed = changed;
    }

    /** Tells every manager of the project. */
    @Transactional
    public void toManagers(long projectId, NotificationKind kind, Map<String, String> args) {
        send(notifications.managers(projectId), projectId, kind, args);
    }

    /** Tells every manager of the project but the one who did it. */
    @Transactional
    public void toOtherManagers(long projectId, NotificationKind kind, Map<String, String> args) {
        long doer = currentUser.find().map(User::id).orElse(-1L);
        send(notifications.managers(projectId).stream().filter(id -> id != doer).toList(), projectId, kind, args);
    }

    /** Tells one person, who sees it while they are in the project. */
    @Transactional
    public void to(long accountId, long projectId, NotificationKind kind, Map<String, String> args) {
        send(List.of(accountId), projectId, kind, args);
    }

    @Transactional
    void onAnonymised(@Observes AccountAnonymised news) {
        notifications.rename(news.accountId(), news.name());
    }

    /** Arguments for a second line that is read in the reader's language: its key and what it names. */
    public static Map<String, String> noted(String key, List<Object> arguments) {
        Map<String, String> args = new HashMap<>();
        args.put(Notification.NOTE_KEY, key);
        for (int i = 0; i < arguments.size(); i++) {
            args.put(Notification.NOTE + i, arguments.get(i).toString());
        }
        return args;
    }

    private void send(List<Long> accountIds, long projectId, NotificationKind kind, Map<String, String> args) {
        if (accountIds.isEmpty()) {
            return;
        }
        if (kind == NotificationKind.BATCH_READY) {
            notifications.dropUnread(accountIds, projectId, kind);
        }
        notifications.insert(accountIds, projectId, kind, args);
        changed.fire(new NotificationsChanged(accountIds));
    }
}
