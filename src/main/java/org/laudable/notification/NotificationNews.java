package org.laudable.notification;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.laudable.live.Broadcast;

/**
 * Tells a person's open bells that their notifications changed, whichever process they are open in; what they are, each reads
 * anew with its own rights.
 */
@ApplicationScoped
public class NotificationNews {
    private static final String TOPIC = "notifications";

    private final Map<Long, Set<Runnable>> listeners = new ConcurrentHashMap<>();
    private final Broadcast broadcast;

    NotificationNews(Broadcast broadcast) {
        this.broadcast = broadcast;
        broadcast.hear(TOPIC, text -> ring(Long.parseLong(text)), () -> List.copyOf(listeners.keySet()).forEach(this::ring));
    }

    /**
     * Listens until the returned handle is run.
     *
     * @param listener returns at once
     */
    public Runnable subscribe(long accountId, Runnable listener) {
        listeners.compute(accountId, (id, set) -> {
            Set<Runnable> all = set == null ? ConcurrentHashMap.newKeySet() : set;
            all.add(listener);
            return all;
        });
        return () -> listeners.computeIfPresent(accountId, (id, set) -> {
            set.remove(listener);
            return set.isEmpty() ? null : set;
        });
    }

    void pass(@Observes(during = TransactionPhase.AFTER_SUCCESS) NotificationsChanged news) {
        news.accountIds().forEach(id -> {
            ring(id);
            broadcast.tell(TOPIC, id.toString());
        });
    }

    private void ring(long accountId) {
        listeners.getOrDefault(accountId, Set.of()).forEach(Runnable::run);
    }
}
