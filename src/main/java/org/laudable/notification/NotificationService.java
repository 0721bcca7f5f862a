package org.laudable.notification;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.util.List;
import org.laudable.security.CurrentUser;

/** The signed-in person's own notifications; nobody sees or clears another's. */
@ApplicationScoped
public class NotificationService {
    /** Unread ones are counted up to here: beyond, the bell says 'more than'. */
    public static final int MOST = 99;

    private final NotificationRepository notifications;
    private final CurrentUser currentUser;
    private final Event<NotificationsChanged> changed;

    NotificationService(NotificationRepository notifications, CurrentUser currentUser, Event<NotificationsChanged> changed) {
        this.notifications = notifications;
        this.currentUser = currentUser;
        this.changed = changed;
    }

    /**
     * The newest first.
     *
     * @param before the id of the last one seen; 0 to begin
     */
    @Transactional
    public List<Notification> mine(long before, int limit) {
        return notifications.of(currentUser.require(), before, limit);
    }

    /** How many are unread, at most {@link #MOST} + 1. */
    @Transactional
    public int unread() {
        return notifications.unread(currentUser.require(), MOST + 1);
    }

    @Transactional
    public void markRead(long id) {
        long me = currentUser.require().id();
        if (notifications.markRead(me, id) > 0) {
            changed.fire(new NotificationsChanged(List.of(me)));
        }
    }

    /** @param upTo the newest one the person has seen: what came after it stays unread */
    @Transactional
    public void markAllRead(long upTo) {
        long me = currentUser.require().id();
        if (notifications.markAllRead(me, upTo) > 0) {
            changed.fire(new NotificationsChanged(List.of(me)));
        }
    }
}
