package org.laudable.laud;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.laudable.Refused;
import org.laudable.jobs.JobContext;
import org.laudable.jobs.JobHandler;
import org.laudable.live.ProjectEvents;
import org.laudable.llm.ItemAnswer;
import org.laudable.llm.TextClassifier;

/** Asks a language model about the audit sample as a task model. Begun again after a kill it finds its paid answers in the cache. */
@ApplicationScoped
class TaskModelJob implements JobHandler {
    static final String KIND = "laud.task-model";

    private final TaskModelRepository trials;
    private final TaskModelWork work;
    private final RunRepository runs;
    private final TextClassifier classifier;
    private final ProjectEvents events;

    TaskModelJob(TaskModelRepository trials, TaskModelWork work, RunRepository runs, TextClassifier classifier, ProjectEvents events) {
        this.trials = trials;
        this.work = work;
        this.runs = runs;
        this.classifier = classifier;
        this.events = events;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void run(JobContext job) {
        TaskModelRepository.Order order = trials.order(job.payload().path("trial").asLong()).orElse(null);
        if (order == null || order.state().equals("DONE") || order.state().equals("FAILED")) {
            return;
        }
        trials.state(order.id(), "RUNNING", null);
        events.publish(order.projectId(), ProjectEvents.Kind.RUN);
        try {
            TaskModelWork.Prepared prepared = work.prepare(runs.find(order.runId()).orElseThrow(), order.kind(), order.modelId());
            long began = System.nanoTime();
            List<ItemAnswer> answers = classifier.classify(prepared.task(), prepared.texts(), prepared.examples(), some -> { });
            trials.done(order.id(), prepared.labels(), (System.nanoTime() - began) / 1_000_000, answers);
        } catch (Refused e) {
            trials.state(order.id(), "FAILED", e.getMessage());
        } finally {
            events.publish(order.projectId(), ProjectEvents.Kind.RUN);
        }
    }

    @Override
    public void givenUp(JobContext job, String why) {
        trials.order(job.payload().path("trial").asLong()).filter(order -> !order.state().equals("DONE")).ifPresent(order -> {
            trials.state(order.id(), "FAILED", why);
            events.publish(order.projectId(), ProjectEvents.Kind.RUN);
        });
    }
}
