package org.laudable.live;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Tells open pages that something in a project changed. Says what kind of thing changed, never its content: the
 * listener reads it again with its own rights.
 */
@ApplicationScoped
public class ProjectEvents {
    private static final Logger LOG = Logger.getLogger(ProjectEvents.class);

    /** What changed. */
    public enum Kind {
        ANSWERS,
        RUN,
        IMPORT,
        SETTINGS,
        MEMBERS
    }

    private final Map<Long, Set<Consumer<Kind>>> listeners = new ConcurrentHashMap<>();
    private final Executor executor = Executors.newVirtualThreadPerTaskExecutor();

    /** Listens to one project until the returned handle is run. */
    public Runnable subscribe(long projectId, Consumer<Kind> listener) {
        listeners.compute(projectId, (id, set) -> {
            Set<Consumer<Kind>> all = set == null ? ConcurrentHashMap.newKeySet() : set;
            all.add(listener);
            return all;
        });
        return () -> listeners.computeIfPresent(projectId, (id, set) -> {
            set.remove(listener);
            return set.isEmpty() ? null : set;
        });
    }

    /** Call after the change has been committed. Returns at once. */
    public void publish(long projectId, Kind kind) {
        for (Consumer<Kind> listener : listeners.getOrDefault(projectId, Set.of())) {
            executor.execute(() -> {
                try {
                    listener.accept(kind);
                } catch (RuntimeException e) {
                    LOG.debugf(e, "A page did not take the news of project %d", projectId);
                }
            });
        }
    }
}
