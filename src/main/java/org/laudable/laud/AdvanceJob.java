package org.laudable.laud;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.util.Optional;
import org.laudable.jobs.JobContext;
import org.laudable.jobs.JobHandler;
import org.laudable.live.ProjectEvents;

/** Takes a run's lock and does what its state asks for, until it waits for people again. */
@ApplicationScoped
class AdvanceJob implements JobHandler {
    static final String KIND = "laud.advance";

    private final RunRepository runs;
    private final RunLock lock;
    private final Instance<RunStep> steps;
    private final RunWatch watch;
    private final ProjectEvents events;

    AdvanceJob(RunRepository runs, RunLock lock, @jakarta.enterprise.inject.Any Instance<RunStep> steps, RunWatch watch, ProjectEvents events) {
        this.runs = runs;
        this.lock = lock;
        this.steps = steps;
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
        } catch (UnfitData e) {
            watch.fail(runId, e);
        } catch (RuntimeException e) {
            if (job.attempt() >= maxAttempts()) {
                watch.fail(runId, e);
            }
            throw e;
        }
        watch.wake(job.projectId());
    }

    private void advance(long runId, JobContext job) {
        while (!job.cancelled()) {
            Optional<RunRow> run = runs.find(runId).filter(r -> r.state().active());
            if (run.isEmpty()) {
                return;
            }
            RunStep step = steps.stream().filter(s -> s.serves(run.get().state())).findFirst().orElseThrow();
            if (!step.due(run.get())) {
                return;
            }
            boolean moved = step.run(run.get(), job);
            events.publish(run.get().projectId(), ProjectEvents.Kind.RUN);
            if (!moved) {
                return;
            }
        }
    }
}
