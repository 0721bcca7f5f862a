package org.laudable.llm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.LogProb;
import dev.langchain4j.model.openai.OpenAiChatResponseMetadata;
import dev.langchain4j.model.output.FinishReason;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.laudable.Refused;
import org.laudable.llm.ChatReply.Absent;
import org.laudable.llm.ChatReply.Alternative;
import org.laudable.llm.ChatReply.Answer;
import org.laudable.llm.ChatReply.TokenChance;
import org.laudable.llm.client.Exchange;

/**
 * How one try ended: an answer or an absence, what is written about it, and whether another try may help.
 *
 * @param name as in {@code llm_call.outcome}
 * @param detail one sentence, or null
 * @param again whether to try again at once
 * @param providersFault whether it counts against the provider (circuit breaker)
 */
record Outcome(String name, String detail, Optional<Answer> answer, Absence absence, boolean again, boolean providersFault) {
    private static final int LONGEST_DETAIL = 300;

    static Outcome ofAnswer(ChatResponse response, JsonSchema schema, ObjectReader json) {
        String text = response.aiMessage().text();
        if (response.finishReason() == FinishReason.LENGTH) {
            return absent(Absence.CUT, "The answer reached the output limit and is cut.");
        }
        if (response.finishReason() == FinishReason.CONTENT_FILTER) {
            return absent(Absence.REFUSED, "The provider's filter held the answer back.");
        }
        if (text == null || text.isBlank()) {
            return absent(Absence.GARBAGE, "The answer is empty.");
        }
        try {
            JsonNode read = json.readTree(withoutFence(text));
            SchemaCheck check = new SchemaCheck();
            Optional<JsonNode> valid = check.valid(read, schema.rootElement());
            if (valid.isEmpty()) {
                return absent(Absence.GARBAGE, "The answer is JSON of another form than asked for.");
            }
            Answer answer = new Answer(valid.get(), text, tokens(response), check.dropped(), false, 0, 0);
            return check.dropped().isEmpty()
                    ? new Outcome("ANSWERED", null, Optional.of(answer), null, false, false)
                    : new Outcome("PARTIAL", check.dropped().size() + " part(s) of the answer did not have the form asked for.",
                            Optional.of(answer), null, false, false);
        } catch (IOException e) {
            return absent(Absence.GARBAGE, "The answer is no complete JSON.");
        }
    }

    static Outcome ofFailure(RuntimeException failure, Exchange exchange, ChatModels.Lease lease) {
        String said = clipped(lease.withoutKey(said(exchange.body())));
        int status = exchange.status();
        if (cause(failure, Refused.class).isPresent()) {
            return absent(Absence.ADDRESS_REFUSED, cause(failure, Refused.class).get().getMessage());
        }
        if (status >= 200 && status < 300) {
            return cause(failure, ContentFilteredException.class).isPresent()
                    ? absent(Absence.REFUSED, "The model declined" + (said.isEmpty() ? "." : ": " + said))
                    : absent(Absence.GARBAGE, "The provider answered with something that is no chat completion.");
        }
        String end = said.isEmpty() ? "." : ": " + said;
        return switch (status) {
            case 0 -> noAnswer(failure, exchange, lease);
            case 401, 403 -> absent(Absence.UNAUTHORIZED, "The provider refused the key (" + status + "). Check it under Providers → "
                    + lease.provider().name() + ".");
            case 429 -> new Outcome(Absence.RATE_LIMITED.name(), "The provider has had too many requests (429)" + end,
                    Optional.empty(), Absence.RATE_LIMITED, true, false);
            case 408, 409, 425 -> new Outcome(Absence.PROVIDER_ERROR.name(), "The provider was not ready (" + status + ")" + end,
                    Optional.empty(), Absence.PROVIDER_ERROR, true, true);
            default -> status >= 500
                    ? new Outcome(Absence.PROVIDER_ERROR.name(), "The provider failed (" + status + ")" + end, Optional.empty(),
                            Absence.PROVIDER_ERROR, true, true)
                    : absent(Absence.PROVIDER_ERROR, "The provider did not accept the request (" + status + ")" + end);
        };
    }

    ChatReply reply(int latencyMillis) {
        return answer.<ChatReply>map(it -> new Answer(it.json(), it.text(), it.tokens(), it.dropped(), false, 0, latencyMillis))
                .orElseGet(() -> new Absent(absence, detail));
    }

    private static Outcome noAnswer(RuntimeException failure, Exchange exchange, ChatModels.Lease lease) {
        if (cause(failure, dev.langchain4j.exception.TimeoutException.class).isPresent()) {
            return new Outcome(Absence.TIMEOUT.name(), "No complete answer within "
                    + lease.provider().settings().timeoutSeconds() + " s.", Optional.empty(), Absence.TIMEOUT, true, true);
        }
        return new Outcome(Absence.UNREACHABLE.name(), exchange.wasSent() ? "The connection broke before the answer was complete."
                : "The provider could not be reached.", Optional.empty(), Absence.UNREACHABLE, true, true);
    }

    private static Outcome absent(Absence reason, String sentence) {
        return new Outcome(reason.name(), sentence, Optional.empty(), reason, false, false);
    }

    /** The message inside a provider's error body or refusal, if it has one. */
    private static String said(String body) {
        try {
            JsonNode root = new com.fasterxml.jackson.databind.ObjectMapper().readTree(body);
            for (String path : List.of("/error/message", "/choices/0/message/refusal", "/error", "/message")) {
                if (root.at(path).isTextual()) {
                    return root.at(path).asText();
                }
            }
            return "";
        } catch (JsonProcessingException e) {
            return "";
        }
    }

    private static String clipped(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= LONGEST_DETAIL ? line : line.substring(0, LONGEST_DETAIL) + "…";
    }

    /** Models without schema support like to wrap JSON into a code fence. */
    static String withoutFence(String text) {
        String it = text.strip();
        if (it.toLowerCase(Locale.ROOT).startsWith("```") && it.endsWith("```") && it.indexOf('\n') > 0) {
            return it.substring(it.indexOf('\n') + 1, it.length() - 3);
        }
        return it;
    }

    private static List<TokenChance> tokens(ChatResponse response) {
        if (!(response.metadata() instanceof OpenAiChatResponseMetadata openAi) || openAi.logProbs() == null) {
            return List.of();
        }
        return openAi.logProbs().stream().filter(it -> it.token() != null && it.logprob() != null)
                .map(it -> new TokenChance(it.token(), it.logprob(), alternatives(it))).toList();
    }

    private static List<Alternative> alternatives(LogProb token) {
        return token.topLogprobs() == null ? List.of() : token.topLogprobs().stream()
                .filter(it -> it.token() != null && it.logprob() != null)
                .map(it -> new Alternative(it.token(), it.logprob())).toList();
    }

    private static <T extends Throwable> Optional<T> cause(Throwable failure, Class<T> type) {
        for (Throwable it = failure; it != null; it = it.getCause() == it ? null : it.getCause()) {
            if (type.isInstance(it)) {
                return Optional.of(type.cast(it));
            }
        }
        return Optional.empty();
    }
}
