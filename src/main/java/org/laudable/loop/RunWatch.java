package org.laudable.loop;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.interceptor.Interceptor;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.laudable.LaudableConfig;
import org.laudable.jobs.JobPriority;
import org.laudable.jobs.JobService;
import org.laudable.labeling.ItemResolved;
import org.laudable.live.ProjectEvents;

/**
 * Notices that a run needs a step: at once when an answer or a file comes in, and by the clock, since an event is lost
 * when its process dies. Submits at most one job of a kind per run at a time.
 */
@ApplicationScoped
public class RunWatch {
    private static final Logger LOG = Logger.getLogger(RunWatch.class);
    /** News of a project that come together are looked at together. */
    private static final long TOGETHER_MILLIS = 150;
    private static final long CLOCK_SECONDS = 3;

    private final Runs runs;
    private final Instance<Loop> loops;
    private final JobService jobs;
    private final ProjectEvents events;
    private final Set<Long> awake = ConcurrentHashMap.newKeySet();
    private ScheduledExecutorService clock;

    RunWatch(Runs runs, @jakarta.enterprise.inject.Any Instance<Loop> loops, JobService jobs, ProjectEvents events) {
        this.runs = runs;
        this.loops = loops;
        this.jobs = jobs;
        this.events = events;
    }

    void start(@Observes @Priority(Interceptor.Priority.APPLICATION + 600) StartupEvent started, LaudableConfig config) {
        clock = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().name("run-watch").daemon().factory());
        if (config.role().worksOnJobs()) {
            clock.scheduleWithFixedDelay(this::lookAtAll, 1, CLOCK_SECONDS, TimeUnit.SECONDS);
        }
    }

    void stop(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) ShutdownEvent stopped) {
        if (clock != null) {
            clock.shutdownNow();
        }
    }

    void resolved(@Observes ItemResolved news) {
        wake(news.projectId());
    }

    /** Has the project's run looked at soon. Returns at once. */
    public void wake(long projectId) {
        if (clock != null && awake.add(projectId)) {
            try {
                clock.schedule(() -> {
                    awake.remove(projectId);
                    runs.current(projectId).filter(run -> run.state().active()).ifPresent(this::look);
                }, TOGETHER_MILLIS, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                awake.remove(projectId); // shutting down; the next start looks at every run
            }
        }
    }

    private void lookAtAll() {
        try {
            runs.active().forEach(this::look);
        } catch (RuntimeException e) {
            LOG.warn("Runs could not be looked at; the next try is in some seconds", e);
        }
    }

    private void look(Run run) {
        try {
            Loop loop = loopOf(run);
            loop.attend(run);
            if (loop.due(run)) {
                submit(AdvanceJob.KIND, run, JobPriority.INTERACTIVE);
            }
        } catch (RuntimeException e) {
            LOG.warnf(e, "Run %d could not be looked at", run.id());
        }
    }

    Loop loopOf(Run run) {
        return loops.stream().filter(loop -> loop.kind() == run.kind()).findFirst().orElseThrow();
    }

    /** Submits a job for a run, unless the project has an unfinished one of the kind. */
    public void submit(String kind, Run run, JobPriority priority) {
        jobs.submitOnce(kind, run.projectId(), JsonNodeFactory.instance.objectNode().put("run", run.id()), null, priority);
    }

    /** A step failed for good: the run says so and waits for a person. */
    public void fail(long runId, CannotGoOn cause) {
        LOG.errorf(cause, "Run %d failed", runId);
        fail(runId, cause.note());
    }

    /** A step failed for good: the run says so, quoting why, and waits for a person. */
    public void fail(long runId, String why) {
        LOG.errorf("Run %d failed: %s", runId, why);
        fail(runId, Note.quote(why));
    }

    private void fail(long runId, Note why) {
        QuarkusTransaction.requiringNew().run(() -> runs.lock(runId).filter(run -> run.state().active()).ifPresent(run -> {
            runs.leave(runId, RunState.FAILED, run.state(), why);
            events.publish(run.projectId(), ProjectEvents.Kind.RUN);
        }));
    }
}
