package org.laudable.review;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.laudable.LaudableConfig;
import org.laudable.jobs.JobPriority;
import org.laudable.jobs.JobService;

/**
 * Notices by the clock that a project's answers are to be weighed anew: enough new ones came, the last ones have waited for a
 * while, or the project chose another way.
 */
@ApplicationScoped
class WeighingWatch {
    private static final Logger LOG = Logger.getLogger(WeighingWatch.class);
    private static final int EVERY_SECONDS = 10;
    private static final int FEWEST = 20;
    private static final int MOST = 400;

    private final WeighingRepository answers;
    private final JobService jobs;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("weighing-watch").factory());

    WeighingWatch(WeighingRepository answers, JobService jobs) {
        this.answers = answers;
        this.jobs = jobs;
    }

    void start(@Observes StartupEvent event, LaudableConfig config) {
        if (!config.role().worksOnJobs()) {
            return;
        }
        timer.scheduleWithFixedDelay(this::look, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    void stop(@Observes ShutdownEvent event) {
        timer.shutdownNow();
    }

    void look() {
        try {
            answers.candidates().stream().filter(this::due).forEach(project -> submit(project.projectId()));
        } catch (RuntimeException e) {
            LOG.warn("Answers were not weighed; tried again in " + EVERY_SECONDS + " s", e);
        }
    }

    /** The more was weighed, the less a few more answers change. */
    boolean due(WeighingRepository.Candidate project) {
        return project.way() != project.mode() || answers.news(project.projectId(), project.until(), Math.clamp(project.items() / 50, FEWEST, MOST));
    }

    private void submit(long projectId) {
        jobs.submitOnce(WeighingJob.KIND, projectId, JsonNodeFactory.instance.objectNode(), null, JobPriority.NORMAL);
    }
}
