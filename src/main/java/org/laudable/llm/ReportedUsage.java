package org.laudable.llm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;

/**
 * Reads the token counts out of an answer's body as it came, in OpenAI's, Ollama's and Gemini's form. Independent of the
 * library's reading, which loses them where the answer is a refusal or cut.
 */
final class ReportedUsage {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ReportedUsage() {}

    static Optional<Usage> in(String body) {
        try {
            JsonNode root = JSON.readTree(body);
            JsonNode openAi = root.path("usage");
            if (openAi.path("prompt_tokens").isIntegralNumber()) {
                return Optional.of(new Usage(openAi.path("prompt_tokens").asInt(),
                        openAi.path("prompt_tokens_details").path("cached_tokens").asInt(0),
                        openAi.path("completion_tokens").asInt(0)));
            }
            if (root.path("prompt_eval_count").isIntegralNumber() || root.path("eval_count").isIntegralNumber()) {
                return Optional.of(new Usage(root.path("prompt_eval_count").asInt(0), 0, root.path("eval_count").asInt(0)));
            }
            JsonNode gemini = root.path("usageMetadata");
            if (gemini.path("promptTokenCount").isIntegralNumber()) {
                return Optional.of(new Usage(gemini.path("promptTokenCount").asInt(),
                        gemini.path("cachedContentTokenCount").asInt(0),
                        gemini.path("candidatesTokenCount").asInt(0) + gemini.path("thoughtsTokenCount").asInt(0)));
            }
            return Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
