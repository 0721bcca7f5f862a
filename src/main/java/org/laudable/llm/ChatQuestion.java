package org.laudable.llm;

import dev.langchain4j.model.chat.request.json.JsonSchema;
import java.util.OptionalLong;

/**
 * One request to a model whose answer is JSON of a given form.
 *
 * @param projectId whose budget pays; empty: only the provider's monthly cap holds (an administrator's test)
 * @param runId whose cap for language models holds beside the project's; empty: none
 * @param purpose what it is for, as shown on the calls page: 'classify', 'test'
 * @param promptVersionId the version {@code system} was made from
 * @param system the instructions; never any text of an item
 * @param user the data, as JSON
 * @param items how many items it asks about
 * @param maxOutputTokens the most the answer may have
 * @param logprobs whether log-probabilities are wanted, where the model gives them
 * @param cacheable whether an earlier answer to the very same request will do
 */
public record ChatQuestion(long modelId, OptionalLong projectId, OptionalLong runId, String purpose, OptionalLong promptVersionId, String system,
        String user, JsonSchema schema, int items, int maxOutputTokens, boolean logprobs, boolean cacheable) {

    public ChatQuestion(long modelId, OptionalLong projectId, String purpose, OptionalLong promptVersionId, String system, String user,
            JsonSchema schema, int items, int maxOutputTokens, boolean logprobs, boolean cacheable) {
        this(modelId, projectId, OptionalLong.empty(), purpose, promptVersionId, system, user, schema, items, maxOutputTokens, logprobs,
                cacheable);
    }
}
