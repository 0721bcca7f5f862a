package org.laudable.llm.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.laudable.llm.Model;
import org.laudable.llm.ModelSettings;
import org.laudable.llm.Prices;
import org.laudable.llm.Provider;
import org.laudable.llm.ProviderKind;
import org.laudable.llm.ProviderSettings;

/** A provider as REST shows it; its key goes in and never comes out. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Provider")
record ProviderJson(long id, int version, String name, ProviderKind kind, String baseUrl, String apiVersion, String currency,
        Integer requestsPerMinute, Integer tokensPerMinute, int concurrency, int timeoutSeconds, Long monthCapMicros, boolean hasKey,
        boolean enabled, Instant triedAt) {

    static ProviderJson of(Provider one) {
        ProviderSettings it = one.settings();
        return new ProviderJson(one.id(), one.version(), it.name(), it.kind(), it.baseUrl(), it.apiVersion().orElse(null), it.currency(),
                it.requestsPerMinute().isPresent() ? (Integer) it.requestsPerMinute().getAsInt() : null,
                it.tokensPerMinute().isPresent() ? (Integer) it.tokensPerMinute().getAsInt() : null, it.concurrency(), it.timeoutSeconds(),
                it.monthCapMicros().isPresent() ? (Long) it.monthCapMicros().getAsLong() : null, one.hasKey(), one.enabled(),
                one.triedAt().orElse(null));
    }

    /** All providers; there are few. */
    @Schema(name = "ProviderList")
    record Providers(List<ProviderJson> providers) {}

    /** What a provider is set to, whole. */
    @Schema(name = "ProviderSettings", examples = "{\"name\": \"House\", \"kind\": \"OPENAI\", \"baseUrl\": \"https://models.example.com/v1\","
            + " \"currency\": \"USD\", \"concurrency\": 4, \"timeoutSeconds\": 60, \"key\": \"…\"}")
    record Settings(@NotBlank @Size(max = 80) String name, @NotNull ProviderKind kind, @NotBlank @Size(max = 500) String baseUrl,
            @Size(max = 40) String apiVersion, @NotNull @Pattern(regexp = "[A-Z]{3}") String currency, @Min(1) Integer requestsPerMinute,
            @Min(1) Integer tokensPerMinute, @Min(1) @Max(256) int concurrency, @Min(1) @Max(900) int timeoutSeconds, @Min(0) Long monthCapMicros,
            @Schema(description = "Stored encrypted and never shown; absent on a change: the one it has stays", writeOnly = true) @Size(max = 4000) String key) {

        ProviderSettings settings() {
            return new ProviderSettings(name.strip(), kind, baseUrl.strip(), Optional.ofNullable(apiVersion), currency,
                    requestsPerMinute == null ? OptionalInt.empty() : OptionalInt.of(requestsPerMinute),
                    tokensPerMinute == null ? OptionalInt.empty() : OptionalInt.of(tokensPerMinute), concurrency, timeoutSeconds,
                    monthCapMicros == null ? OptionalLong.empty() : OptionalLong.of(monthCapMicros));
        }

        Settings withoutKey() {
            return new Settings(name, kind, baseUrl, apiVersion, currency, requestsPerMinute, tokensPerMinute, concurrency, timeoutSeconds,
                    monthCapMicros, null);
        }
    }

    /** A model with what it can do and costs: millionths of the provider's currency per million tokens. */
    @Schema(name = "LanguageModel")
    record ModelJson(long id, int version, String name, long inputMicros, long cachedInputMicros, long outputMicros, int contextTokens,
            int maxOutputTokens, boolean retired) {
        static ModelJson of(Model one) {
            Prices prices = one.settings().prices();
            return new ModelJson(one.id(), one.version(), one.name(), prices.inputMicros(), prices.cachedInputMicros(), prices.outputMicros(),
                    one.settings().contextTokens(), one.settings().maxOutputTokens(), one.retired());
        }
    }

    @Schema(name = "LanguageModelList")
    record Models(List<ModelJson> models) {}

    @Schema(name = "NewLanguageModel")
    record NewModel(@NotBlank @Size(max = 200) String name, @Min(0) long inputMicros, @Min(0) long cachedInputMicros, @Min(0) long outputMicros,
            @Min(256) @Max(10_000_000) int contextTokens, @Min(16) @Max(1_000_000) int maxOutputTokens, boolean jsonSchema, boolean logprobs) {
        ModelSettings settings() {
            return new ModelSettings(name.strip(), new Prices(inputMicros, cachedInputMicros, outputMicros), contextTokens, maxOutputTokens,
                    new ModelSettings.Abilities(jsonSchema, logprobs, false, true));
        }
    }
}
