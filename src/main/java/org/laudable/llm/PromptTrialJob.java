package org.laudable.llm;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.OptionalLong;
import org.laudable.Refused;
import org.laudable.jobs.JobContext;
import org.laudable.jobs.JobHandler;
import org.laudable.live.ProjectEvents;
import org.laudable.project.ProjectDirectory;

/** Tries a prompt version. Begun again after a kill it finds its paid answers in the cache. */
@ApplicationScoped
class PromptTrialJob implements JobHandler {
    static final String KIND = "llm.prompt-trial";

    private final PromptRepository prompts;
    private final ClassifyTasks tasks;
    private final TextClassifier classifier;
    private final ProjectDirectory projects;
    private final ProjectEvents events;

    PromptTrialJob(PromptRepository prompts, ClassifyTasks tasks, TextClassifier classifier, ProjectDirectory projects, ProjectEvents events) {
        this.prompts = prompts;
        this.tasks = tasks;
        this.classifier = classifier;
        this.projects = projects;
        this.events = events;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void run(JobContext job) {
        PromptRepository.Order order = prompts.order(job.payload().path("trial").asLong()).orElse(null);
        if (order == null || order.state() == PromptTrial.State.DONE || order.state() == PromptTrial.State.FAILED) {
            return;
        }
        List<TextToClassify> items = order.scope() == PromptTrial.Scope.AUDIT ? prompts.auditItems(order.projectId())
                : prompts.someItems(order.projectId(), 20);
        prompts.running(order.id(), items.size());
        events.publish(order.projectId(), ProjectEvents.Kind.RUN);
        try {
            prompts.done(order.id(), classifier.classify(tasks.of(projects.get(order.projectId()), order.modelId(),
                    OptionalLong.of(order.versionId()), "prompt-trial"), items));
        } catch (Refused e) {
            prompts.failed(order.id(), e.getMessage());
        } finally {
            events.publish(order.projectId(), ProjectEvents.Kind.RUN);
        }
    }

    @Override
    public void givenUp(JobContext job, String why) {
        prompts.order(job.payload().path("trial").asLong()).filter(order -> order.state() != PromptTrial.State.DONE).ifPresent(order -> {
            prompts.failed(order.id(), why);
            events.publish(order.projectId(), ProjectEvents.Kind.RUN);
        });
    }
}
