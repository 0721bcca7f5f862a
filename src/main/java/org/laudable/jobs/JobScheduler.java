package org.laudable.jobs;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.interceptor.Interceptor;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Runs jobs through db-scheduler: one due execution per job, picked by one process, given to another when its owner's
 * heartbeat stops.
 */
@ApplicationScoped
class JobScheduler {
    private static final Logger LOG = Logger.getLogger(JobScheduler.class);
    private static final String TASK = "job";
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);
    private static final int THREADS = 4;

    private final DataSource dataSource;
    private final JobRepository jobs;
    private final Instance<JobHandler> handlers;
    private final OneTimeTask<byte[]> task;
    private Scheduler scheduler;
    private Map<String, JobHandler> byKind;
    private volatile boolean stopping;

    JobScheduler(DataSource dataSource, JobRepository jobs, @jakarta.enterprise.inject.Any Instance<JobHandler> handlers) {
        this.dataSource = dataSource;
        this.jobs = jobs;
        this.handlers = handlers;
        this.task = Tasks.oneTime(TASK, byte[].class)
                .onFailure((complete, operations) -> tryAgainOrGiveUp(complete, operations))
                .execute((instance, context) -> execute(instance));
    }

    void start(@Observes @Priority(Interceptor.Priority.APPLICATION + 500) StartupEvent started) {
        byKind = handlers.stream().collect(Collectors.toMap(JobHandler::kind, Function.identity()));
        scheduler = Scheduler.create(dataSource, task)
                .threads(THREADS)
                .pollUsingLockAndFetch(0.5, 1.0)
                .pollingInterval(Duration.ofSeconds(1))
                .heartbeatInterval(HEARTBEAT)
                .missedHeartbeatsLimit(4)
                .enablePriority()
                .enableImmediateExecution()
                .serializer(new BytesOnly())
                .failureLogging(LogLevel.OFF, false)
                .shutdownMaxWait(Duration.ofSeconds(20))
                .build();
        scheduler.start();
    }

    void stop(@Observes ShutdownEvent stopped) {
        stopping = true;
        if (scheduler != null) {
            scheduler.stop();
        }
    }

    void schedule(long id, String kind, JobPriority priority) {
        byte[] data = ByteBuffer.allocate(Long.BYTES).putLong(id).array();
        scheduler.schedule(task.instanceBuilder(Long.toString(id)).data(data).priority(priority.weight()).build(), Instant.now());
    }

    private void execute(TaskInstance<byte[]> instance) {
        long id = ByteBuffer.wrap(instance.getData()).getLong();
        int attempt = jobs.start(id, owner()).orElse(0);
        if (attempt == 0) {
            jobs.find(id).filter(job -> !job.state().ended()).ifPresent(job -> jobs.end(id, JobState.CANCELLED, null));
            return;
        }
        Job job = jobs.find(id).orElseThrow();
        JobHandler handler = byKind.get(job.kind());
        if (handler == null) {
            jobs.end(id, JobState.FAILED, "This version of Laudable does not know jobs of kind " + job.kind());
            return;
        }
        RunningJob running = new RunningJob(job, jobs.payload(id).orElseThrow(), attempt, jobs, () -> stopping);
        try {
            handler.run(running);
        } catch (Exception e) {
            if (attempt >= handler.maxAttempts()) {
                LOG.errorf(e, "Job %d (%s) failed %d times and is given up", id, job.kind(), attempt);
                jobs.end(id, JobState.FAILED, sentence(e));
                return;
            }
            jobs.failedTry(id, sentence(e));
            throw new FailedTry(attempt, e);
        }
        running.flush();
        if (stopping && running.sawCancel() && !jobs.cancelRequested(id)) {
            throw new FailedTry(0, null);
        }
        jobs.end(id, running.sawCancel() ? JobState.CANCELLED : JobState.DONE, null);
    }

    private void tryAgainOrGiveUp(ExecutionComplete complete, ExecutionOperations<byte[]> operations) {
        long wait = complete.getCause().filter(FailedTry.class::isInstance).map(FailedTry.class::cast)
                .map(failed -> 2L << Math.min(failed.attempt, 6)).orElse(30L);
        complete.getCause().map(Throwable::getCause)
                .ifPresent(cause -> LOG.warnf(cause, "Job %s is tried again in %d s", complete.getExecution().taskInstance.getId(), wait));
        operations.reschedule(complete, Instant.now().plusSeconds(wait));
    }

    private static String owner() {
        return "pid-" + ProcessHandle.current().pid();
    }

    private static String sentence(Exception e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    /** Tells db-scheduler to come back; the handler's own exception is its cause. */
    private static final class FailedTry extends RuntimeException {
        private final int attempt;

        FailedTry(int attempt, Exception cause) {
            super(cause);
            this.attempt = attempt;
        }
    }
}
