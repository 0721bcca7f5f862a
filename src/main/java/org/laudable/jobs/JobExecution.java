package org.laudable.jobs;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.laudable.LaudableConfig;
import org.laudable.ProcessName;
import org.laudable.database.DatabaseAway;
import org.laudable.observability.LogIds;
import org.laudable.observability.Step;
import org.laudable.observability.Traces;

/** One try of a job in this process: finds its handler, runs it, and writes how it ended. */
@ApplicationScoped
class JobExecution {
    private static final Logger LOG = Logger.getLogger(JobExecution.class);
    private static final Duration GIVE_WAY = Duration.ofSeconds(1);
    private static final Duration AFTER_DRAIN = Duration.ZERO;
    private static final int LONGEST_BACK_OFF = 6;
    /** With the pauses between them more than an hour; while the database is away none begins. */
    static final int MOST_CUT_OFF = 20;
    static final String CUT_OFF = "Each of its last " + MOST_CUT_OFF + " tries was cut off in the middle: the process that worked on it died, as of too"
            + " little memory, or its connection to the database broke. The log of the processes says more. When the cause is gone, try it again.";

    private final JobRepository jobs;
    private final Instance<JobHandler> handlers;
    private final ProcessName name;
    private final JobMetrics metrics;
    private final Traces traces;
    /** Jobs nobody waits for leave one place free for those that somebody does. */
    private final Semaphore patient;
    private volatile Map<String, JobHandler> byKind;
    private volatile boolean draining;

    JobExecution(JobRepository jobs, @Any Instance<JobHandler> handlers, ProcessName name, JobMetrics metrics, Traces traces, LaudableConfig config) {
        this.jobs = jobs;
        this.handlers = handlers;
        this.name = name;
        this.metrics = metrics;
        this.traces = traces;
        this.patient = new Semaphore(Math.max(1, config.jobs().threads() - 1));
    }

    /** Learns what kinds there are; before the first job. */
    void start() {
        byKind = handlers.stream().collect(Collectors.toMap(JobHandler::kind, Function.identity()));
        metrics.follow(byKind.keySet());
    }

    String owner() {
        return name.toString();
    }

    /** From now on every running job is asked to stop, and goes back in line. */
    void drain() {
        draining = true;
    }

    /** @throws ComeBack if the job is to be tried later */
    void of(long id) {
        if (draining) {
            throw new ComeBack(AFTER_DRAIN, null);
        }
        if (jobs.priority(id) == JobPriority.INTERACTIVE) {
            tryOnce(id);
        } else if (patient.tryAcquire()) {
            try {
                tryOnce(id);
            } finally {
                patient.release();
            }
        } else {
            throw new ComeBack(GIVE_WAY, null);
        }
    }

    private void tryOnce(long id) {
        JobRepository.Started started = jobs.start(id, owner()).orElse(null);
        if (started == null) {
            jobs.endIfCancelled(id);
            return;
        }
        JobRepository.Try mine = started.mine();
        Job job = started.job();
        JobHandler handler = byKind.get(job.kind());
        if (handler == null) {
            jobs.end(mine, JobState.FAILED, "This version of Laudable does not know jobs of kind " + job.kind());
            return;
        }
        long since = System.nanoTime();
        try (LogIds _ = LogIds.ofJob(id, job.projectId());
                Step step = traces.goOn("job " + job.kind(), started.traceParent()).with("job", id).with("attempt", mine.failures() + 1)) {
            String outcome = "AGAIN";
            try {
                outcome = run(started, handler).name();
            } catch (ComeBack e) {
                if (e.getCause() != null) {
                    step.failed(e.getCause());
                }
                throw e;
            } finally {
                metrics.tried(job.kind(), outcome, since);
            }
        }
    }

    private JobState run(JobRepository.Started started, JobHandler handler) {
        JobRepository.Try mine = started.mine();
        RunningJob running = new RunningJob(started.job(), started.payload(), mine, jobs, () -> draining);
        if (mine.cutOff() >= MOST_CUT_OFF) {
            LOG.errorf("Job %d (%s) was cut off %d times in a row and is given up", mine.id(), started.job().kind(), mine.cutOff());
            return giveUp(started.job(), running, mine, handler, CUT_OFF);
        }
        try {
            handler.run(running);
            running.flush();
        } catch (Exception | Error e) {
            return failed(started.job(), running, mine, handler, e);
        }
        if (draining && running.sawCancel() && !jobs.stopRequested(mine)) {
            jobs.handBack(mine);
            throw new ComeBack(AFTER_DRAIN, null);
        }
        JobState ended = running.sawCancel() ? JobState.CANCELLED : JobState.DONE;
        jobs.end(mine, ended, null);
        return ended;
    }

    private JobState failed(Job job, RunningJob running, JobRepository.Try mine, JobHandler handler, Throwable e) {
        if (draining) { // what a stopping process broke off is not the job's fault
            jobs.handBack(mine);
            throw new ComeBack(AFTER_DRAIN, e);
        }
        if (DatabaseAway.isBehind(e) || e instanceof OutOfMemoryError) {
            throw cutOff(job, mine, e);
        }
        int failures = mine.failures() + 1;
        if (failures >= handler.maxAttempts()) {
            LOG.errorf(e, "Job %d (%s) failed %d times and is given up", job.id(), job.kind(), failures);
            return giveUp(job, running, mine, handler, sentence(e));
        }
        Duration wait = Duration.ofSeconds(2L << Math.min(failures, LONGEST_BACK_OFF));
        LOG.warnf(e, "Job %d (%s) is tried again in %d s", job.id(), job.kind(), wait.toSeconds());
        jobs.failedTry(mine, sentence(e));
        throw new ComeBack(wait, e);
    }

    /** What need not be the job's own fault uses up no try; one that happens to it again and again is given up all the same. */
    private ComeBack cutOff(Job job, JobRepository.Try mine, Throwable e) {
        Duration wait = afterCutOffs(mine.cutOff() + 1);
        LOG.warnf("Job %d (%s) was cut off and goes on in %d s: %s", job.id(), job.kind(), wait.toSeconds(), sentence(e));
        ComeBack later = new ComeBack(wait, e);
        try {
            jobs.cutOff(mine);
        } catch (RuntimeException still) { // then it only looks as if it were at work
            later.addSuppressed(still);
        }
        return later;
    }

    private JobState giveUp(Job job, RunningJob running, JobRepository.Try mine, JobHandler handler, String why) {
        try {
            handler.givenUp(running, why);
        } catch (RuntimeException e) {
            if (DatabaseAway.isBehind(e)) {
                throw cutOff(job, mine, e);
            }
            LOG.errorf(e, "What job %d is about could not be told that it failed", mine.id());
        }
        jobs.end(mine, JobState.FAILED, why);
        return JobState.FAILED;
    }

    /** How long a job rests that was cut off, from when it was: it may be what cuts off whatever runs beside it. */
    Duration restOf(long id) {
        return afterCutOffs(jobs.cutOffs(id));
    }

    /** Jobs that wait and that nothing would begin, each with its rank. */
    Map<Long, Integer> withoutPlace() {
        return jobs.withoutExecution().stream().collect(Collectors.toMap(Function.identity(), id -> (int) jobs.priority(id).rank(jobs.place(id).turn())));
    }

    private static Duration afterCutOffs(int times) {
        return Duration.ofSeconds((long) DatabaseAway.SECONDS << Math.clamp(times - 1, 0, LONGEST_BACK_OFF));
    }

    private static String sentence(Throwable e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
