package org.laudable.review;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.laudable.LaudableConfig;
import org.laudable.PeriodicTask;
import org.laudable.jobs.JobPriority;
import org.laudable.jobs.JobService;

/**
 * Notices by the clock that a project's answers are to be weighed anew: enough new ones came, the last ones have waited for a
 * while, or the project chose another way.
 */
@ApplicationScoped
class WeighingWatch {
    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final int FEWEST = 20;
    private static final int MOST = 400;

    private final WeighingRepository answers;
    private final JobService jobs;
    private final PeriodicTask timer = new PeriodicTask("weighing-watch", this::look, "Answers were not weighed");

    WeighingWatch(WeighingRepository answers, JobService jobs) {
        this.answers = answers;
        this.jobs = jobs;
    }

    void start(@Observes StartupEvent event, LaudableConfig config) {
        if (config.role().worksOnJobs()) {
            timer.start(EVERY);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        timer.stop();
    }

    void look() {
        answers.candidates().stream().filter(this::due).forEach(project -> submit(project.projectId()));
    }

    /** The more was weighed, the less a few more answers change. */
    boolean due(WeighingRepository.Candidate project) {
        return project.way() != project.mode() || answers.news(project.projectId(), project.until(), Math.clamp(project.items() / 50, FEWEST, MOST));
    }

    private void submit(long projectId) {
        jobs.submitOnce(WeighingJob.KIND, projectId, JsonNodeFactory.instance.objectNode(), null, JobPriority.NORMAL);
    }
}
