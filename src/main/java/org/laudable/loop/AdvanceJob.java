package org.laudable.loop;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.laudable.jobs.JobContext;
import org.laudable.jobs.JobHandler;
import org.laudable.live.ProjectEvents;

/** Takes a run's lock and does what its state asks for, until it waits for people again. */
@ApplicationScoped
public class AdvanceJob implements JobHandler {
    static final String KIND = "loop.advance";

    private final Runs runs;
    private final RunLock lock;
    private final RunWatch watch;
    private final ProjectEvents events;

    AdvanceJob(Runs runs, RunLock lock, RunWatch watch, ProjectEvents events) {
        this.runs = runs;
        this.lock = lock;
        this.watch = watch;
        this.events = events;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void run(JobContext job) throws Exception {
        long runId = job.payload().path("run").asLong();
        Optional<RunLock.Held> held = lock.tryHold(runId);
        if (held.isEmpty()) {
            return; // whoever advances it looks again when done
        }
        try (RunLock.Held holding = held.get()) {
            advance(runId, job);
        } catch (CannotGoOn e) {
            watch.fail(runId, e);
        }
        watch.wake(job.projectId());
    }

    @Override
    public void givenUp(JobContext job, String why) {
        watch.fail(job.payload().path("run").asLong(), why);
    }

    private void advance(long runId, JobContext job) {
        while (!job.cancelled()) {
            Optional<Run> run = runs.find(runId).filter(r -> r.state().active());
            if (run.isEmpty()) {
                return;
            }
            Loop loop = watch.loopOf(run.get());
            if (!loop.due(run.get())) {
                return;
            }
            boolean moved = loop.advance(run.get(), job);
            events.publish(run.get().projectId(), ProjectEvents.Kind.RUN);
            if (!moved) {
                return;
            }
        }
    }
}
