package org.laudable.llm;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.openai.client.OpenAIClient;
import com.openai.core.JsonValue;
import com.openai.core.MultipartField;
import com.openai.errors.OpenAIException;
import com.openai.models.files.FileCreateParams;
import com.openai.models.files.FilePurpose;
import com.openai.models.finetuning.jobs.FineTuningJob;
import com.openai.models.finetuning.jobs.JobCreateParams;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.laudable.Refused;
import org.laudable.project.Project;
import org.laudable.project.ProjectDirectory;

/**
 * One step of a fine-tuning at a time: upload and start, look how far it is, settle. Steps find out from the table and
 * from the provider where they are; a job that was started just before a kill is found again by its mark.
 */
@ApplicationScoped
class FineTuneWork {
    /** Passes over the examples; fixed, so that the most it can cost is known. */
    static final int EPOCHS = 3;
    private static final String MARK = "laudable";
    private static final long LONGEST_SECONDS = 7 * 24 * 3600L;

    private final FineTuneRepository tunes;
    private final ChatModels models;
    private final ClassifyTasks tasks;
    private final TextClassifier classifier;
    private final Metering metering;
    private final ProviderRepository providers;
    private final ProjectDirectory projects;
    private final ObjectMapper json;

    FineTuneWork(FineTuneRepository tunes, ChatModels models, ClassifyTasks tasks, TextClassifier classifier, Metering metering,
            ProviderRepository providers, ProjectDirectory projects, ObjectMapper json) {
        this.tunes = tunes;
        this.models = models;
        this.tasks = tasks;
        this.classifier = classifier;
        this.metering = metering;
        this.providers = providers;
        this.projects = projects;
        this.json = json;
    }

    /** The examples as the provider wants them: each a conversation just like the loop's own calls. */
    String file(long projectId, long modelId) {
        Project project = projects.get(projectId);
        Classification task = tasks.of(project, modelId, project.loop().oracle().promptVersionId() == null ? OptionalLong.empty()
                : OptionalLong.of(project.loop().oracle().promptVersionId()), "fine-tune");
        StringBuilder lines = new StringBuilder();
        for (FineTuneRepository.Example example : tunes.examples(projectId)) {
            ChatQuestion question = classifier.question(task, List.of(new TextToClassify(1, example.text())), List.of(), true);
            ObjectNode line = json.createObjectNode();
            var messages = line.putArray("messages");
            messages.addObject().put("role", "system").put("content", question.system());
            messages.addObject().put("role", "user").put("content", question.user());
            ObjectNode answer = json.createObjectNode();
            answer.putArray("answers").addObject().put("id", 1).put("class", example.className());
            messages.addObject().put("role", "assistant").put("content", answer.toString());
            lines.append(line).append('\n');
        }
        return lines.toString();
    }

    /** The most training on the file can cost, in the provider's currency: a token is at least one byte. */
    static long mostMicros(String file, long trainingMicros) {
        return new Prices(trainingMicros, trainingMicros, 0).upperBound(Math.toIntExact((long) EPOCHS * bytes(file)), 0);
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** Does what is due now; returns at once if the provider is still at work. */
    void step(long id) {
        FineTuneRepository.Work work = tunes.work(id).filter(it -> !it.state().ended()).orElse(null);
        if (work == null) {
            return;
        }
        try (ChatModels.Lease lease = models.borrow(work.modelId())) {
            step(work, lease);
        } catch (Refused e) {
            fail(work, e.getMessage());
        }
    }

    private void step(FineTuneRepository.Work work, ChatModels.Lease lease) {
        long id = work.id();
        OpenAIClient client = lease.openAi();
        try {
            if (work.state() == FineTune.State.UPLOADING) {
                begin(work, lease, client);
            } else {
                follow(work, lease, client);
            }
        } catch (OpenAIException e) {
            String said = lease.withoutKey(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
            if (e instanceof com.openai.errors.OpenAIServiceException refused && refused.statusCode() >= 400 && refused.statusCode() < 500
                    && refused.statusCode() != 429 && refused.statusCode() != 408) {
                fail(work, "The provider refused: " + said);
            } else {
                tunes.remote(id, "The provider could not be asked, tried again: " + said);
            }
        }
    }

    private void begin(FineTuneRepository.Work work, ChatModels.Lease lease, OpenAIClient client) {
        if (work.cancelRequested()) {
            end(work, FineTune.State.CANCELLED, Optional.empty(), lease, "");
            return;
        }
        String file = file(work.projectId(), work.modelId());
        if (work.callId() == null && !reserve(work, lease, file)) {
            return;
        }
        Optional<FineTuningJob> begun = client.fineTuning().jobs().list().data().stream()
                .filter(job -> job.metadata().map(it -> it._additionalProperties().get(MARK)).filter(mark -> mark.toString().equals(mark(work))).isPresent())
                .findFirst();
        if (begun.isPresent()) {
            tunes.running(work.id(), begun.get().trainingFile(), begun.get().id());
            return;
        }
        String uploaded = client.files().create(FileCreateParams.builder().purpose(FilePurpose.FINE_TUNE)
                .file(MultipartField.<InputStream>builder().value(new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)))
                        .filename("laudable-" + work.id() + ".jsonl").contentType("application/jsonl").build()).build()).id();
        FineTuningJob job = client.fineTuning().jobs().create(JobCreateParams.builder().model(lease.model().name()).trainingFile(uploaded)
                .hyperparameters(JobCreateParams.Hyperparameters.builder().nEpochs(EPOCHS).build())
                .metadata(JobCreateParams.Metadata.builder().putAdditionalProperty(MARK, JsonValue.from(mark(work))).build())
                .suffix("laudable-" + work.projectId()).build());
        tunes.running(work.id(), uploaded, job.id());
        tunes.remote(work.id(), job.status().asString());
    }

    private static String mark(FineTuneRepository.Work work) {
        return "fine-tune-" + work.id();
    }

    /** Holds the most it can cost, as a call like any other; false if the budget does not cover it. */
    private boolean reserve(FineTuneRepository.Work work, ChatModels.Lease lease, String file) {
        long price = lease.model().settings().trainingMicros();
        ModelSettings settings = lease.model().settings();
        Model training = new Model(lease.model().id(), lease.model().version(), lease.model().providerId(), new ModelSettings(settings.name(),
                new Prices(price, price, 0), settings.contextTokens(), settings.maxOutputTokens(), settings.abilities(), price), false);
        ChatQuestion question = new ChatQuestion(work.modelId(), OptionalLong.of(work.projectId()), "fine-tune", OptionalLong.empty(), "", "", null,
                1, 1, false, false);
        Metering.Reserved reserved = QuarkusTransaction.requiringNew().call(() -> {
            Metering.Reserved it = metering.reserve(new CallRepository.Intent(UUID.randomUUID(), 1,
                    new CallRepository.Intent.Lease(lease.provider(), training), question, hash(file)), mostMicros(file, price), LONGEST_SECONDS);
            if (it instanceof Metering.Reserved.Granted granted) {
                tunes.reserved(work.id(), granted.callId());
            }
            return it;
        });
        if (reserved instanceof Metering.Reserved.Denied denied) {
            fail(work, denied.sentence());
            return false;
        }
        return true;
    }

    private void follow(FineTuneRepository.Work work, ChatModels.Lease lease, OpenAIClient client) {
        FineTuningJob job = work.cancelRequested() ? client.fineTuning().jobs().cancel(work.remoteJob())
                : client.fineTuning().jobs().retrieve(work.remoteJob());
        tunes.remote(work.id(), job.status().asString());
        switch (job.status().value()) {
            case SUCCEEDED -> end(work, FineTune.State.SUCCEEDED, Optional.of(job), lease, "");
            case CANCELLED -> end(work, FineTune.State.CANCELLED, Optional.of(job), lease, "");
            case FAILED -> end(work, FineTune.State.FAILED, Optional.of(job), lease,
                    job.error().map(it -> "The provider could not train: " + lease.withoutKey(it.message())).orElse("The provider could not train and did not say why."));
            default -> { }
        }
    }

    private void end(FineTuneRepository.Work work, FineTune.State state, Optional<FineTuningJob> job, ChatModels.Lease lease, String error) {
        Long tokens = job.flatMap(FineTuningJob::trainedTokens).orElse(null);
        Optional<String> name = job.flatMap(FineTuningJob::fineTunedModel).filter(it -> state == FineTune.State.SUCCEEDED);
        Long call = tunes.work(work.id()).map(FineTuneRepository.Work::callId).orElse(null);
        long cost = 0;
        if (call != null) {
            Metering.Ending ending = new Metering.Ending(state == FineTune.State.SUCCEEDED ? "ANSWERED" : state == FineTune.State.CANCELLED ? "CANCELLED"
                    : Absence.PROVIDER_ERROR.name(), error.isEmpty() ? null : error, 0);
            if (tokens != null) {
                cost = metering.settle(call, ending, new Usage(Math.toIntExact(tokens), 0, 0));
            } else if (state == FineTune.State.SUCCEEDED) {
                cost = metering.settleFully(call, ending, true);
            } else {
                metering.release(call, ending);
            }
        }
        long settled = cost;
        QuarkusTransaction.requiringNew().run(() -> {
            Long result = name.map(it -> resultModel(lease, it)).orElse(null);
            tunes.ended(work.id(), state, name.orElse(null), result, tokens, settled, error.isEmpty() ? null : error);
        });
    }

    /** The trained model becomes one of the provider's, at the prices of the one it came from: an administrator may correct them. */
    private long resultModel(ChatModels.Lease lease, String name) {
        ModelSettings base = lease.model().settings();
        return providers.models(lease.provider().id()).stream().filter(it -> it.name().equals(name)).findFirst().map(Model::id)
                .orElseGet(() -> providers.insertModel(lease.provider().id(), new ModelSettings(name, base.prices(), base.contextTokens(),
                        base.maxOutputTokens(), new ModelSettings.Abilities(base.abilities().jsonSchema(), base.abilities().logprobs(), false,
                        base.abilities().temperatureZero()))));
    }

    private void fail(FineTuneRepository.Work work, String sentence) {
        Long call = tunes.work(work.id()).map(FineTuneRepository.Work::callId).orElse(null);
        if (call != null && work.remoteJob() == null) {
            metering.release(call, new Metering.Ending(Absence.PROVIDER_ERROR.name(), sentence, 0));
        }
        tunes.ended(work.id(), FineTune.State.FAILED, null, null, null, null, sentence);
    }

    private static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
