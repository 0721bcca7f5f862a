package org.laudable.llm;

import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.OptionalLong;
import org.laudable.security.CurrentUser;

/** The 'Test' of the providers page: one real, small, paid call through the one path, and what came back. */
@ApplicationScoped
public class ProviderTrial {
    private static final JsonSchema SCHEMA = JsonSchema.builder().name("greeting").rootElement(JsonObjectSchema.builder()
            .addProperty("reply", JsonStringSchema.builder().build()).required("reply").additionalProperties(false).build()).build();

    private final ChatCalls chats;
    private final ProviderRepository providers;
    private final CurrentUser currentUser;

    ProviderTrial(ChatCalls chats, ProviderRepository providers, CurrentUser currentUser) {
        this.chats = chats;
        this.providers = providers;
        this.currentUser = currentUser;
    }

    /** What a test found. */
    public sealed interface Result {

        /**
         * @param answer as the model wrote it
         * @param costMicros in the provider's currency
         * @param logprobs whether it gave log-probabilities
         */
        record Works(String answer, int latencyMillis, long costMicros, boolean logprobs) implements Result {}

        record Fails(Absence reason, String sentence) implements Result {}
    }

    /** Asks the model for one word. For administrators; counts to the provider's month. */
    public Result of(Model model) {
        currentUser.requireAdmin();
        ChatReply reply = chats.ask(new ChatQuestion(model.id(), OptionalLong.empty(), "test", OptionalLong.empty(),
                "You are being tested. Answer with a JSON object whose \"reply\" is the single word: ready",
                "Are you there?", SCHEMA, 1, 200, model.settings().abilities().logprobs(), false));
        return switch (reply) {
            case ChatReply.Answer answer -> {
                providers.tried(model.providerId());
                yield new Result.Works(answer.text(), answer.latencyMillis(), answer.costMicros(), !answer.tokens().isEmpty());
            }
            case ChatReply.Absent absent -> new Result.Fails(absent.reason(), absent.sentence());
        };
    }
}
