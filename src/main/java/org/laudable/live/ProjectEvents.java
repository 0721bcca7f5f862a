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
 * Tells open pages that something in a project changed, whichever process they are open in. Says what kind of thing changed,
 * never its content: the listener reads it again with its own rights.
 */
@ApplicationScoped
public class ProjectEvents {
    private static final Logger LOG = Logger.getLogger(ProjectEvents.class);

    private static final String TOPIC = "project";

    /** What changed. */
    public enum Kind {
        ANSWERS,
        RUN,
        IMPORT,
        SETTINGS,
        MEMBERS,
        /** Points were scored live, or anomalies found among them. */
        LIVE
    }

    private final Map<Long, Set<Consumer<Kind>>> listeners = new ConcurrentHashMap<>();
    private final Executor executor = Executors.newVirtualThreadPerTaskExecutor();
    private final Broadcast broadcast;

    ProjectEvents(Broadcast broadcast) {
        this.broadcast = broadcast;
        broadcast.hear(TOPIC, this::heard, this::missed);
    }

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
        pass(projectId, kind);
        broadcast.tell(TOPIC, projectId + " " + kind);
    }

    private void heard(String text) {
        String[] parts = text.split(" ");
        pass(Long.parseLong(parts[0]), Kind.valueOf(parts[1]));
    }

    /** Anything may have changed. */
    private void missed() {
        listeners.keySet().forEach(project -> {
            for (Kind kind : Kind.values()) {
                pass(project, kind);
            }
        });
    }

    private void pass(long projectId, Kind kind) {
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
