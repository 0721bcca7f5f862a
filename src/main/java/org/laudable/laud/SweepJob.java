package org.laudable.laud;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.laudable.jobs.JobContext;
import org.laudable.jobs.JobHandler;
import org.laudable.live.ProjectEvents;
import org.laudable.loop.CannotGoOn;
import org.laudable.loop.RunWatch;

/**
 * Works on a sweep for some seconds and makes place: whoever waits for a model goes first, and other processes take part.
 * Each page commits together with the chunk's place, so a kill at any point costs at most the page in hand.
 */
@ApplicationScoped
class SweepJob implements JobHandler {
    static final String KIND = "laud.sweep";
    private static final long SLOT_NANOS = 4_000_000_000L;

    private final SweepRepository repository;
    private final Sweeps sweeps;
    private final SweepModels models;
    private final RunRepository runs;
    private final Instance<SweepWork> works;
    private final RunWatch watch;
    private final ProjectEvents events;

    SweepJob(SweepRepository repository, Sweeps sweeps, SweepModels models, RunRepository runs,
            @jakarta.enterprise.inject.Any Instance<SweepWork> works, RunWatch watch, ProjectEvents events) {
        this.repository = repository;
        this.sweeps = sweeps;
        this.models = models;
        this.runs = runs;
        this.works = works;
        this.watch = watch;
        this.events = events;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void run(JobContext job) {
        long id = job.payload().path("sweep").asLong();
        try {
            Optional<Sweep> sweep = goingOn(id);
            if (sweep.isPresent()) {
                work(sweep.get(), job);
            }
        } catch (CannotGoOn e) {
            fail(id, e.getMessage(), runId -> watch.fail(runId, e));
        }
    }

    @Override
    public void givenUp(JobContext job, String why) {
        fail(job.payload().path("sweep").asLong(), why, runId -> watch.fail(runId, why));
    }

    /** The sweep, if it may be worked on: what belongs to a run rests while the run is paused, and ends with it. */
    private Optional<Sweep> goingOn(long id) {
        return repository.find(id).filter(sweep -> sweep.state() == Sweep.State.ACTIVE || sweep.state() == Sweep.State.PREPARING)
                .filter(sweep -> sweep.kind() == Sweep.Kind.REST || runs.find(sweep.runId()).map(run -> run.state().active()).orElse(false));
    }

    private boolean goesOn(long id) {
        return goingOn(id).filter(sweep -> !sweep.capped()).isPresent();
    }

    private void work(Sweep found, JobContext job) {
        Sweep sweep = found;
        if (sweep.state() == Sweep.State.PREPARING) {
            repository.begin(sweep, sweep.kind().needsModel() ? models.write(sweep) : null);
            sweep = repository.find(sweep.id()).orElseThrow();
        }
        long end = System.nanoTime() + SLOT_NANOS;
        boolean more = true;
        while (more && System.nanoTime() < end && !job.cancelled()) {
            Optional<SweepChunk> chunk = repository.claim(sweep.id(), job.id());
            more = chunk.isPresent();
            if (more) {
                sweeps.keepInLine(sweep);
                chunk(sweep, chunk.get(), job, end);
                more = goesOn(sweep.id());
            }
        }
        if (goingOn(sweep.id()).isPresent()) {
            endOrGoOn(sweep);
        }
    }

    private void chunk(Sweep sweep, SweepChunk claimed, JobContext job, long end) {
        SweepWork work = works.stream().filter(one -> one.serves(sweep.kind())).findFirst().orElseThrow();
        SweepChunk chunk = claimed;
        try {
            boolean more = true;
            while (more) {
                SweepPage page = work.page(sweep, chunk);
                if (!commit(chunk, job.id(), page)) {
                    return;
                }
                repository.find(sweep.id()).ifPresent(now -> {
                    job.progress(now.done(), now.items(), "");
                    work.advanced(now);
                });
                events.publish(sweep.projectId(), ProjectEvents.Kind.RUN);
                chunk = chunk.after(page);
                more = !page.last() && System.nanoTime() < end && !job.cancelled() && goesOn(sweep.id());
            }
        } finally {
            repository.release(chunk, job.id());
        }
    }

    /** All or nothing: what a page found, and that it is done. False if somebody else has the chunk now. */
    boolean commit(SweepChunk chunk, long jobId, SweepPage page) {
        try {
            return QuarkusTransaction.requiringNew().call(() -> {
                int written = page.write().getAsInt();
                if (!repository.advance(chunk, jobId, page, written)) {
                    throw new ClaimLost();
                }
                return true;
            });
        } catch (ClaimLost e) {
            return false;
        }
    }

    /** Rolls back what a worker wrote that was taken for dead. */
    private static final class ClaimLost extends RuntimeException {}

    private void endOrGoOn(Sweep sweep) {
        Sweep whole = repository.find(sweep.id()).orElseThrow();
        if (!whole.capped() && repository.chunksLeft(whole.id())) {
            sweeps.keepInLine(whole);
            return;
        }
        works.stream().filter(one -> one.serves(whole.kind())).forEach(one -> one.complete(whole));
        repository.state(whole.id(), Sweep.State.DONE, null);
        models.forget(whole);
        watch.wake(whole.projectId());
        events.publish(whole.projectId(), ProjectEvents.Kind.RUN);
    }

    private void fail(long id, String why, LongConsumer run) {
        repository.find(id).filter(sweep -> !sweep.state().ended()).ifPresent(sweep -> {
            repository.state(id, Sweep.State.FAILED, why);
            if (sweep.kind() != Sweep.Kind.REST) {
                run.accept(sweep.runId());
            }
            events.publish(sweep.projectId(), ProjectEvents.Kind.RUN);
        });
    }
}
