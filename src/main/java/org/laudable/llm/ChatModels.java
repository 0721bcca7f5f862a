package org.laudable.llm;

import com.openai.client.OpenAIClient;
import com.openai.client.OpenAIClientImpl;
import com.openai.core.ClientOptions;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.googleai.GoogleAiGeminiChatModel;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.laudable.Refused;
import org.laudable.llm.client.CircuitBreaker;
import org.laudable.llm.client.PinnedHttpClient;
import org.laudable.llm.client.PinnedOpenAiHttp;
import org.laudable.llm.client.ProviderAddresses;
import org.laudable.llm.client.ProviderGate;

/**
 * Turns the rows of providers and models into LangChain4j chat models. The rows are read at every call, so a change
 * holds from the next one on, on every replica; what was built from older rows is closed when its last call has ended.
 */
@ApplicationScoped
class ChatModels {
    private static final int TOP_LOGPROBS = 10;

    private final ProviderRepository providers;
    private final KeyVault vault;
    private final ProviderAddresses urls;
    private final Vertx vertx;
    private final Map<Long, Connection> connections = new HashMap<>();

    ChatModels(ProviderRepository providers, KeyVault vault, ProviderAddresses urls, Vertx vertx) {
        this.providers = providers;
        this.vault = vault;
        this.urls = urls;
        this.vertx = vertx;
    }

    /** A model in use; close it after the call. */
    record Lease(Provider provider, Model model, ChatModel chat, Connection connection) implements AutoCloseable {

        ProviderGate gate() {
            return connection.gate;
        }

        CircuitBreaker breaker() {
            return connection.breaker;
        }

        /** What a message of the provider must not repeat to us: its key, if it echoes it. */
        String withoutKey(String text) {
            return connection.key.isEmpty() ? text : text.replace(connection.key, "…");
        }

        /** The provider's own client, for what is no chat: files and fine-tuning jobs. Over the same pinned connections. */
        OpenAIClient openAi() {
            return connection.openAi();
        }

        ChatRequestParameters parameters(int maxOutputTokens, JsonSchema schema, boolean logprobs) {
            boolean bound = model.settings().abilities().jsonSchema();
            ResponseFormat format = bound
                    ? ResponseFormat.builder().type(ResponseFormatType.JSON).jsonSchema(schema).build() : null;
            Double temperature = model.settings().abilities().temperatureZero() ? 0.0 : null;
            return switch (provider.settings().kind()) {
                case OLLAMA, GEMINI -> ChatRequestParameters.builder()
                        .maxOutputTokens(maxOutputTokens).temperature(temperature).responseFormat(format).build();
                case OPENAI, AZURE -> openAi(temperature, format, logprobs).maxCompletionTokens(maxOutputTokens).build();
                case OPENAI_COMPATIBLE, ANTHROPIC -> openAi(temperature, format, logprobs).maxOutputTokens(maxOutputTokens).build();
            };
        }

        private static OpenAiChatRequestParameters.Builder openAi(Double temperature, ResponseFormat format, boolean logprobs) {
            OpenAiChatRequestParameters.Builder parameters = OpenAiChatRequestParameters.builder();
            parameters.temperature(temperature).responseFormat(format);
            return logprobs ? parameters.logprobs(true).topLogprobs(TOP_LOGPROBS) : parameters;
        }

        @Override
        public void close() {
            connection.release();
        }
    }

    /** @throws Refused if the model cannot be called as things stand */
    Lease borrow(long modelId) {
        Model model = providers.findModel(modelId).orElseThrow(() -> new Refused("This model does not exist any more."));
        Provider provider = providers.find(model.providerId()).orElseThrow();
        if (!provider.enabled()) {
            throw new Refused("The provider " + provider.name() + " is disabled.");
        }
        if (model.retired()) {
            throw new Refused("The model " + model.name() + " is retired.");
        }
        Connection connection = connect(provider);
        try {
            return new Lease(provider, model, connection.chat(model), connection);
        } catch (RuntimeException e) {
            connection.release();
            throw e;
        }
    }

    /** Whether calls to a provider are being held back after many failures. */
    synchronized boolean heldBack(long providerId) {
        Connection connection = connections.get(providerId);
        return connection != null && connection.breaker.isOpen();
    }

    private synchronized Connection connect(Provider provider) {
        Connection known = connections.get(provider.id());
        if (known == null || known.version != provider.version()) {
            String key = providers.keyCipher(provider.id()).map(cipher -> vault.open(provider.id(), cipher)).orElse("");
            connections.put(provider.id(), new Connection(provider, key));
            if (known != null) {
                known.release();
            }
            known = connections.get(provider.id());
        }
        known.users.incrementAndGet();
        return known;
    }

    void stop(@Observes ShutdownEvent event) {
        synchronized (this) {
            connections.values().forEach(Connection::release);
            connections.clear();
        }
    }

    /** What all models of one version of a provider share. Held by the registry and by each call; the last one closes it. */
    final class Connection {
        private final Provider provider;
        private final int version;
        private final String key;
        private final PinnedHttpClient http;
        private final ProviderGate gate;
        private final CircuitBreaker breaker = new CircuitBreaker();
        private final AtomicInteger users = new AtomicInteger(1);
        private final Map<Long, Built> built = new HashMap<>();

        private Connection(Provider provider, String key) {
            ProviderSettings settings = provider.settings();
            this.provider = provider;
            this.version = provider.version();
            this.key = key;
            this.http = new PinnedHttpClient(vertx, urls, Duration.ofSeconds(settings.timeoutSeconds()), settings.concurrency());
            this.gate = new ProviderGate(settings.requestsPerMinute(), settings.tokensPerMinute(), settings.concurrency());
        }

        private void release() {
            if (users.decrementAndGet() == 0) {
                http.close();
            }
        }

        private synchronized ChatModel chat(Model model) {
            Built known = built.get(model.id());
            if (known == null || known.version != model.version()) {
                known = new Built(model.version(), build(model));
                built.put(model.id(), known);
            }
            return known.chat;
        }

        private OpenAIClient openAi() {
            return new OpenAIClientImpl(ClientOptions.builder().httpClient(new PinnedOpenAiHttp(http)).baseUrl(provider.settings().baseUrl())
                    .apiKey(key.isEmpty() ? "none" : key).maxRetries(2).build());
        }

        private ChatModel build(Model model) {
            ProviderSettings settings = provider.settings();
            Duration timeout = Duration.ofSeconds(settings.timeoutSeconds());
            return switch (settings.kind()) {
                case OLLAMA -> OllamaChatModel.builder().httpClientBuilder(http.builder()).baseUrl(settings.baseUrl())
                        .modelName(model.name()).timeout(timeout).maxRetries(0)
                        .supportedCapabilities(Capability.RESPONSE_FORMAT_JSON_SCHEMA).build();
                case GEMINI -> GoogleAiGeminiChatModel.builder().httpClientBuilder(http.builder()).baseUrl(settings.baseUrl())
                        .apiKey(key).modelName(model.name()).timeout(timeout).maxRetries(0)
                        .supportedCapabilities(Capability.RESPONSE_FORMAT_JSON_SCHEMA).build();
                case OPENAI, OPENAI_COMPATIBLE, AZURE, ANTHROPIC -> {
                    var openAi = OpenAiChatModel.builder().httpClientBuilder(http.builder()).baseUrl(settings.baseUrl())
                            .apiKey(key.isEmpty() ? "none" : key).modelName(model.name()).timeout(timeout).maxRetries(0)
                            .strictJsonSchema(true).supportedCapabilities(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
                    if (settings.kind() == ProviderKind.AZURE) {
                        openAi.customHeaders(Map.of("api-key", key))
                                .customQueryParams(Map.of("api-version", settings.apiVersion().orElseThrow()));
                    }
                    yield openAi.build();
                }
            };
        }
    }

    private record Built(int version, ChatModel chat) {}
}
