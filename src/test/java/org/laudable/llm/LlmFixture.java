package org.laudable.llm;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import org.laudable.security.ActingAs;
import org.laudable.testing.Sample;

/** Providers and models for tests, made through the service as an administrator does. */
@ApplicationScoped
public class LlmFixture {
    static final Prices PRICES = new Prices(2_500_000, 1_250_000, 10_000_000);
    static final List<ClassOption> CLASSES = List.of(new ClassOption(1, "refund", "wants money back"),
            new ClassOption(2, "delivery", "parcel late or lost"), new ClassOption(3, "praise", "happy thanks great"));

    private final ProviderService providers;
    private final Sample sample;

    LlmFixture(ProviderService providers, Sample sample) {
        this.providers = providers;
        this.sample = sample;
    }

    static ProviderSettings settings(ProviderKind kind, String url, int concurrency, int timeoutSeconds, OptionalLong monthCap) {
        return new ProviderSettings("Provider " + UUID.randomUUID(), kind, url,
                kind == ProviderKind.AZURE ? Optional.of("2024-10-21") : Optional.empty(), "EUR",
                OptionalInt.empty(), OptionalInt.empty(), concurrency, timeoutSeconds, monthCap);
    }

    static ModelSettings model(boolean jsonSchema, boolean logprobs) {
        return new ModelSettings("dev-llm", PRICES, 16_000, 2_000, new ModelSettings.Abilities(jsonSchema, logprobs, false, true));
    }

    Model model(ProviderSettings settings, ModelSettings model) {
        return model(settings, model, "sk-test-key");
    }

    Model model(ProviderSettings settings, ModelSettings model, String key) {
        return ActingAs.person(sample.admin("llm-admin"), () -> {
            Provider provider = providers.add(settings, Optional.of(key));
            return providers.addModel(provider.id(), model);
        });
    }

    String providerName(Model model) {
        return ActingAs.person(sample.admin("llm-admin"), () -> providers.all()).stream().filter(it -> it.id() == model.providerId())
                .findFirst().orElseThrow().name();
    }

    /** A model that the double answers for, at prices that make a call cost something. */
    public Model openAi(String url) {
        return model(settings(ProviderKind.OPENAI_COMPATIBLE, url, 4, 30, OptionalLong.empty()), model(true, true));
    }

    long project(OptionalLong capMicros) {
        long project = sample.project(sample.person("manager"), "refund", "delivery", "praise");
        if (capMicros.isPresent()) {
            sample.execute("update project set cap_micros = ? where id = ?", capMicros.getAsLong(), project);
        }
        return project;
    }

    Classification task(Model model, long project, int batch) {
        return new Classification(model.id(), OptionalLong.of(project), "Messages of customers of a web shop.", CLASSES, "", batch);
    }

    static List<TextToClassify> texts(int count) {
        String[] beginnings = {"I want my money back for order ", "My parcel is late, order ", "Thanks, great service with order "};
        return java.util.stream.IntStream.range(0, count)
                .mapToObj(i -> new TextToClassify(1000 + i, beginnings[i % 3] + i)).toList();
    }

    static long rightClass(TextToClassify text) {
        return text.text().startsWith("I want") ? 1 : text.text().startsWith("My parcel") ? 2 : 3;
    }
}
