package org.laudable.llm;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;

/** The language models that can be called now, by name; no keys, no prices. For everybody who sets up a project. */
@ApplicationScoped
public class UsableModels {
    private final ProviderRepository providers;

    UsableModels(ProviderRepository providers) {
        this.providers = providers;
    }

    /** A model with its provider's name. */
    public record UsableModel(long id, String provider, String name, boolean logprobs, boolean fineTuning) {
        public String title() {
            return provider + " · " + name;
        }
    }

    /** By provider and name. */
    @Transactional
    public List<UsableModel> all() {
        return providers.usableModels().stream().map(this::usable).toList();
    }

    /** A model by its id, usable or not any more. */
    @Transactional
    public Optional<UsableModel> find(long modelId) {
        return providers.findModel(modelId).map(this::usable);
    }

    /** Whether it can be called now. */
    @Transactional
    public boolean usable(long modelId) {
        return providers.usableModels().stream().anyMatch(model -> model.id() == modelId);
    }

    /** How many calls a model's provider takes at the same time. */
    @Transactional
    public int concurrency(long modelId) {
        return providers.findModel(modelId).flatMap(model -> providers.find(model.providerId()))
                .map(provider -> provider.settings().concurrency()).orElse(1);
    }

    private UsableModel usable(Model model) {
        return new UsableModel(model.id(), providers.find(model.providerId()).orElseThrow().name(), model.name(),
                model.settings().abilities().logprobs(), model.settings().abilities().fineTuning());
    }
}
