package org.laudable.budget;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import org.laudable.database.Sql;
import org.laudable.notification.NotificationKind;
import org.laudable.notification.Notifications;
import org.laudable.webhook.Outbox;
import org.laudable.webhook.WebhookEvent;

/**
 * Tells a project's managers that half, four fifths, all of its cap is spent: each once per cap, so that a raised one
 * is announced anew. Called with the project's budget row locked.
 */
@ApplicationScoped
class CapAlerts {
    static final int HALF = 50;
    static final int NEAR = 80;
    static final int ALL = 100;

    private final Sql sql;
    private final Notifications notifications;
    private final Outbox outbox;

    CapAlerts(Sql sql, Notifications notifications, Outbox outbox) {
        this.sql = sql;
        this.notifications = notifications;
        this.outbox = outbox;
    }

    /** Money was settled. */
    void settled(long projectId, long settledMicros, long capMicros, String currency) {
        if (capMicros > 0) {
            long percent = Math.min(ALL, Math.floorDiv(Math.multiplyExact(Math.min(settledMicros, Long.MAX_VALUE / 100), 100L), capMicros));
            int reached = percent >= ALL ? ALL : percent >= NEAR ? NEAR : percent >= HALF ? HALF : 0;
            announce(projectId, reached, settledMicros, capMicros, currency);
        }
    }

    /** What is left pays for no further question, though it is not all spent. */
    void exhausted(long projectId, long settledMicros, long capMicros, String currency) {
        announce(projectId, ALL, settledMicros, capMicros, currency);
    }

    private void announce(long projectId, int percent, long settledMicros, long capMicros, String currency) {
        boolean news = percent > 0 && sql.update("""
                insert into budget_alert (project_id, cap_micros, percent) values (?, ?, ?) on conflict do nothing""",
                projectId, capMicros, percent) > 0;
        if (!news) {
            return;
        }
        sql.update("""
                insert into budget_alert (project_id, cap_micros, percent) select ?, ?, below from unnest(?) below
                where below < ? on conflict do nothing""", projectId, capMicros, new Integer[] {HALF, NEAR}, percent);
        notifications.toManagers(projectId, percent == ALL ? NotificationKind.CAP_REACHED : NotificationKind.CAP_NEAR,
                Map.of("percent", Integer.toString(percent), "settledMicros", Long.toString(settledMicros),
                        "capMicros", Long.toString(capMicros), "currency", currency));
        if (percent == ALL) {
            outbox.add(projectId, WebhookEvent.CAP_REACHED, Map.of("settledMicros", settledMicros, "capMicros", capMicros, "currency", currency));
        }
    }
}
