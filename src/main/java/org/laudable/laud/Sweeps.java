package org.laudable.laud;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.laudable.LaudableConfig;
import org.laudable.PeriodicTask;
import org.laudable.jobs.JobPriority;
import org.laudable.jobs.JobService;

/**
 * Begins sweeps and keeps some of their jobs in line: never all at once, so that the line stays short however large the
 * corpus, always enough that a worker with a free thread finds one.
 */
@ApplicationScoped
class Sweeps {
    private static final int IN_LINE = 4;
    private static final Duration LOOK_EVERY = Duration.ofSeconds(10);

    private final SweepRepository repository;
    private final JobService jobs;
    private final PeriodicTask timer = new PeriodicTask("sweeps", this::look, "Sweeps could not be looked at");

    Sweeps(SweepRepository repository, JobService jobs) {
        this.repository = repository;
        this.jobs = jobs;
    }

    /** Jobs that a person cancelled, or that failed with their sweep begun again, are replaced. */
    void start(@Observes StartupEvent started, LaudableConfig config) {
        if (config.role().worksOnJobs()) {
            timer.start(LOOK_EVERY);
        }
    }

    void stop(@Observes ShutdownEvent stopped) {
        timer.stop();
    }

    private void look() {
        repository.idle(SweepJob.KIND).forEach(this::submit);
    }

    /** Begins one, unless the run has an unfinished one of the kind; returns its id then. */
    @Transactional
    Optional<Long> begin(RunRow run, Sweep.Kind kind, Integer modelVersion, Map<Long, Float> thresholds, Long cap, Long orderedBy) {
        Optional<Long> id = repository.insert(run, kind, modelVersion, thresholds, cap, orderedBy);
        id.flatMap(repository::find).ifPresent(this::submit);
        return id;
    }

    /** A paused run goes on, and its sweeps with it. */
    @Transactional
    void resumed(long runId) {
        repository.unfinished(runId).stream().filter(sweep -> sweep.kind() != Sweep.Kind.REST).forEach(this::submit);
    }

    /** A paused sweep goes on. */
    @Transactional
    void goOn(Sweep sweep) {
        repository.state(sweep.id(), sweep.items() == 0 ? Sweep.State.PREPARING : Sweep.State.ACTIVE, null);
        submit(sweep);
    }

    /** As many jobs as there are chunks that nobody has in hand, but few. */
    void keepInLine(Sweep sweep) {
        int wanted = repository.chunksWaiting(sweep.id(), IN_LINE);
        for (int there = repository.jobsWaiting(SweepJob.KIND, sweep.projectId()); there < wanted; there++) {
            submit(sweep);
        }
        repository.forgetJobs(SweepJob.KIND, sweep.projectId());
    }

    private void submit(Sweep sweep) {
        jobs.submit(SweepJob.KIND, sweep.projectId(), JsonNodeFactory.instance.objectNode().put("sweep", sweep.id()), null, JobPriority.BULK);
    }
}
