package org.laudable.llm;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.laudable.LaudableConfig;
import org.laudable.PeriodicTask;
import org.laudable.Refused;
import org.laudable.jobs.JobContext;
import org.laudable.jobs.JobHandler;
import org.laudable.jobs.JobPriority;
import org.laudable.jobs.JobService;
import org.laudable.live.ProjectEvents;
import org.laudable.project.ProjectAccess;
import org.laudable.project.Role;
import org.laudable.security.AuditLog;
import org.laudable.security.User;

/** Fine-tuning of a provider's model on a project's labels: say what it costs, start, follow, cancel. For managers. */
@ApplicationScoped
public class FineTuneService implements JobHandler {
    static final String KIND = "llm.fine-tune";
    /** Providers train on nothing less. */
    private static final int FEWEST = 10;
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
    private static final double BYTES_PER_TOKEN = 3.7;

    private final FineTuneRepository tunes;
    private final FineTuneWork work;
    private final ProviderRepository providers;
    private final ProjectAccess access;
    private final JobService jobs;
    private final ProjectEvents events;
    private final AuditLog log;
    private final PeriodicTask timer = new PeriodicTask("fine-tunes", this::look, "Trainings could not be looked at");

    FineTuneService(FineTuneRepository tunes, FineTuneWork work, ProviderRepository providers, ProjectAccess access, JobService jobs,
            ProjectEvents events, AuditLog log) {
        this.tunes = tunes;
        this.work = work;
        this.providers = providers;
        this.access = access;
        this.jobs = jobs;
        this.events = events;
        this.log = log;
    }

    /** @param likelyMicros in {@code currency}, the provider's */
    public record Cost(int examples, long tokens, long likelyMicros, long mostMicros, String currency) {}

    /** Newest first. */
    @Transactional
    public List<FineTune> of(long projectId) {
        access.require(projectId, Role.MANAGER);
        return tunes.of(projectId);
    }

    /**
     * What training on all labels there are now would cost.
     *
     * @throws Refused if there are too few labels, or the model cannot be trained
     */
    @Transactional
    public Cost estimate(long projectId, long modelId) {
        access.require(projectId, Role.MANAGER);
        Model model = trainable(modelId);
        int examples = examples(projectId);
        String file = work.file(projectId, modelId);
        long tokens = Math.round(FineTuneWork.EPOCHS * file.getBytes(StandardCharsets.UTF_8).length / BYTES_PER_TOKEN);
        long price = model.settings().trainingMicros();
        return new Cost(examples, tokens, (long) Math.ceil(tokens * (double) price / 1e6), FineTuneWork.mostMicros(file, price),
                providers.find(model.providerId()).orElseThrow().settings().currency());
    }

    @Transactional
    public long start(long projectId, long modelId) {
        User user = access.require(projectId, Role.MANAGER);
        trainable(modelId);
        if (tunes.of(projectId).stream().anyMatch(it -> !it.state().ended())) {
            throw new Refused("A model is being trained already. Wait for it, or cancel it.");
        }
        long id = tunes.insert(projectId, modelId, examples(projectId));
        log.record("fine-tune.started", "fine-tune:" + id, projectId, Map.of("model", modelId));
        submit(id, projectId, user.id());
        return id;
    }

    @Transactional
    public void cancel(long projectId, long id) {
        User user = access.require(projectId, Role.MANAGER);
        if (tunes.of(projectId).stream().noneMatch(it -> it.id() == id && !it.state().ended())) {
            throw new Refused("This training is over already.");
        }
        tunes.requestCancel(id);
        log.record("fine-tune.cancelled", "fine-tune:" + id, projectId, Map.of());
        submit(id, projectId, user.id());
    }

    private Model trainable(long modelId) {
        Model model = providers.usableModels().stream().filter(it -> it.id() == modelId).findFirst()
                .orElseThrow(() -> new Refused("This model cannot be called now."));
        if (!model.settings().abilities().fineTuning()) {
            throw new Refused("The provider does not offer training for " + model.name() + ". An administrator sets that under Providers.");
        }
        return model;
    }

    private int examples(long projectId) {
        int count = tunes.examples(projectId).size();
        if (count < FEWEST) {
            throw new Refused("Training needs at least " + FEWEST + " labels by people; there are " + count + ".");
        }
        return count;
    }

    private void submit(long id, long projectId, Long by) {
        jobs.submitOnce(KIND, projectId, JsonNodeFactory.instance.objectNode().put("fineTune", id), by, JobPriority.NORMAL);
    }

    void begin(@Observes StartupEvent event, LaudableConfig config) {
        if (config.role().worksOnJobs()) {
            timer.start(LOOK_EVERY);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        timer.stop();
    }

    private void look() {
        for (FineTuneRepository.Work it : tunes.unfinished()) {
            if (it.state() == FineTune.State.RUNNING) {
                work.step(it.id()); // looking twice does no harm; only what starts or cancels needs a job of its own
                events.publish(it.projectId(), ProjectEvents.Kind.RUN);
            } else {
                submit(it.id(), it.projectId(), null);
            }
        }
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void run(JobContext job) {
        work.step(job.payload().path("fineTune").asLong());
        events.publish(job.projectId(), ProjectEvents.Kind.RUN);
    }
}
