package org.laudable.jobs;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.interceptor.Interceptor;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.laudable.LaudableConfig;
import org.laudable.PeriodicTask;
import org.laudable.live.Broadcast;

/**
 * Hands jobs to processes through db-scheduler: one due execution per job, picked by one process, given to another when its
 * owner's heartbeat stops. A process that only serves pages puts jobs in line and works on none.
 */
@ApplicationScoped
class JobScheduler {
    private static final Logger LOG = Logger.getLogger(JobScheduler.class);
    private static final String TASK = "job";
    private static final String TOPIC = "jobs";
    /** With {@link #MISSED} missed ones and the looks for the dead every second heartbeat: found within 24 seconds. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(4);
    private static final int MISSED = 4;
    /** After a failure of the table itself. */
    private static final Duration UNTOLD = Duration.ofSeconds(30);
    private static final Duration LONGEST_DRAIN = Duration.ofSeconds(20);
    private static final Duration PUT_BACK_EVERY = Duration.ofSeconds(5);

    private final DataSource dataSource;
    private final LaudableConfig config;
    private final Clock clock;
    private final Broadcast broadcast;
    private final JobExecution execution;
    private final OneTimeTask<byte[]> task;
    private final PeriodicTask puttingBack = new PeriodicTask("jobs-put-back", this::putBack, "Jobs that wait without an execution were not put back in line");
    private SchedulerClient client;
    private Scheduler worker;

    JobScheduler(DataSource dataSource, LaudableConfig config, Clock clock, Broadcast broadcast, JobExecution execution) {
        this.dataSource = dataSource;
        this.config = config;
        this.clock = clock;
        this.broadcast = broadcast;
        this.execution = execution;
        this.task = Tasks.oneTime(TASK, byte[].class).onFailure(this::comeBack).onDeadExecution(this::revive).execute((instance, context) -> execute(instance));
    }

    void start(@Observes @Priority(Interceptor.Priority.APPLICATION + 500) StartupEvent started) {
        execution.start();
        if (!config.role().worksOnJobs()) {
            client = SchedulerClient.Builder.create(dataSource, task).serializer(new BytesOnly()).enablePriority().build();
            return;
        }
        worker = Scheduler.create(dataSource, task)
                .schedulerName(new SchedulerName.Fixed(execution.owner()))
                .threads(config.jobs().threads())
                .clock(clock::instant)
                .pollUsingLockAndFetch(0.5, 1.0)
                .pollingInterval(Duration.ofSeconds(1))
                .heartbeatInterval(HEARTBEAT)
                .missedHeartbeatsLimit(MISSED)
                .enablePriority()
                .enableImmediateExecution()
                .serializer(new BytesOnly())
                .failureLogging(LogLevel.OFF, false)
                .shutdownMaxWait(LONGEST_DRAIN)
                .build();
        client = worker;
        broadcast.hear(TOPIC, said -> look(), this::look);
        worker.start();
        puttingBack.start(PUT_BACK_EVERY);
    }

    /** Those at work end at their next safe point and go back in line. */
    void stop(@Observes ShutdownEvent stopped) {
        execution.drain();
        puttingBack.stop();
        if (worker != null) {
            worker.stop();
        }
    }

    /** Nothing if it has an execution already. */
    void schedule(long id, int rank) {
        byte[] data = ByteBuffer.allocate(Long.BYTES).putLong(id).array();
        client.scheduleIfNotExists(task.instanceBuilder(Long.toString(id)).data(data).priority(rank).build(), clock.instant());
    }

    /** A job that ended and is put in line again at once finds the execution it had, which then goes; the job would wait for good. */
    private void putBack() {
        execution.withoutPlace().forEach(this::schedule);
    }

    void submitted(@Observes(during = TransactionPhase.AFTER_SUCCESS) JobSubmitted job) {
        if (worker == null) {
            broadcast.tell(TOPIC, "new");
        } else {
            look();
        }
    }

    private void look() {
        worker.triggerCheckForDueExecutions();
    }

    private void execute(TaskInstance<byte[]> instance) {
        execution.of(ByteBuffer.wrap(instance.getData()).getLong());
    }

    private void comeBack(ExecutionComplete complete, ExecutionOperations<byte[]> operations) {
        Throwable cause = complete.getCause().orElse(null);
        Duration wait = UNTOLD;
        if (cause instanceof ComeBack known) {
            wait = known.after();
        } else {
            LOG.warnf(cause, "Job %s could not be begun or ended; tried again in %d s", complete.getExecution().getId(), UNTOLD.toSeconds());
        }
        operations.reschedule(complete, clock.instant().plus(wait));
    }

    /** Its process died. The first times it goes on as soon as that is noticed. */
    private void revive(ExecutionComplete dead, ExecutionOperations<byte[]> operations) {
        Execution left = dead.getExecution();
        Instant rested = left.lastHeartbeat.plus(execution.restOf(Long.parseLong(left.getId())));
        Instant now = clock.instant();
        LOG.warnf("Job %s was left by %s, which gives no sign of life; it goes on", left.getId(), left.pickedBy);
        operations.reschedule(dead, rested.isAfter(now) ? rested : now);
    }
}
