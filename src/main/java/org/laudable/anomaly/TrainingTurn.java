package org.laudable.anomaly;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.laudable.engine.series.TrainingCancelled;
import org.laudable.engine.series.TrainingStep;
import org.laudable.engine.series.TrainingWatch;
import org.laudable.live.ProjectEvents;

/**
 * One training at a time in this process, first come, first served: a turn is one series, so projects alternate. What is being
 * trained and who waits is written down now and then, for pages of any process to show.
 */
@ApplicationScoped
class TrainingTurn {
    private static final long NEWS_NANOS = 800_000_000L;
    private static final long CHECK_NANOS = 700_000_000L;

    private final ProjectEvents events;
    private final TrainingNow board;
    private final ReentrantLock turn = new ReentrantLock(true);
    private final List<Long> waiting = new ArrayList<>();
    private long lastNews;
    private long lastCheck;

    TrainingTurn(ProjectEvents events, TrainingNow board) {
        this.events = events;
        this.board = board;
    }

    /** What is being trained at this moment. */
    record Live(long projectId, long seriesId, String series, TrainingStep step, List<TrainingStep> agent) {}

    /** Gets a turn's watch, which the engine asks every few seconds. */
    interface Work<T> {
        T with(TrainingWatch watch);
    }

    /**
     * Waits for the turn, then works.
     *
     * @param unwanted asked now and then, also while waiting
     * @throws TrainingCancelled soon after it is not wanted any more; nothing was changed
     */
    <T> T take(long projectId, long seriesId, String series, BooleanSupplier unwanted, Work<T> work) {
        change(projectId, true);
        try {
            while (!turn.tryLock(1, TimeUnit.SECONDS)) {
                if (unwanted.getAsBoolean()) {
                    throw new TrainingCancelled("The training was cancelled before its turn came.");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TrainingCancelled("The training was cancelled before its turn came.");
        } finally {
            change(projectId, false);
        }
        List<TrainingStep> agent = new ArrayList<>();
        try {
            return work.with(step -> watch(projectId, seriesId, series, step, agent, unwanted));
        } finally {
            board.clear();
            turn.unlock();
        }
    }

    private void change(long projectId, boolean waits) {
        List<Long> now;
        synchronized (waiting) {
            if (waits) {
                waiting.add(projectId);
            } else {
                waiting.remove(projectId);
            }
            now = List.copyOf(waiting);
        }
        board.waiting(now);
    }

    private void watch(long projectId, long seriesId, String series, TrainingStep step, List<TrainingStep> agent, BooleanSupplier unwanted) {
        if (step.phase().equals("agent")) {
            agent.add(step);
        }
        long now = System.nanoTime();
        if (now - lastNews > NEWS_NANOS) {
            lastNews = now;
            board.show(new Live(projectId, seriesId, series, step, List.copyOf(agent)));
            events.publish(projectId, ProjectEvents.Kind.RUN);
        }
        if (now - lastCheck > CHECK_NANOS) {
            lastCheck = now;
            if (unwanted.getAsBoolean()) {
                throw new TrainingCancelled("The training was cancelled.");
            }
        }
    }

    /** What this project is training, in whichever process. */
    Optional<Live> live(long projectId) {
        return board.live(projectId);
    }

    /** How many trainings come before this project's where it waits; 0 while none of its own does. */
    int before(long projectId) {
        return board.before(projectId);
    }
}
