package org.laudable.llm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.laudable.llm.ChatReply.Answer;
import org.laudable.llm.ChatReply.TokenChance;

/** Complete, valid answers by the hash of what was asked, so that the same question is never paid twice. */
@ApplicationScoped
class AnswerCache {
    private final CallRepository calls;
    private final ObjectMapper json;

    AnswerCache(CallRepository calls, ObjectMapper json) {
        this.calls = calls;
        this.json = json;
    }

    private record Kept(String text, List<TokenChance> tokens) {}

    Optional<Answer> find(byte[] hash, JsonSchema schema) {
        return calls.cached(hash).flatMap(stored -> {
            try {
                Kept kept = json.readValue(stored, Kept.class);
                return new SchemaCheck().valid(json.readTree(Outcome.withoutFence(kept.text())), schema.rootElement())
                        .map(valid -> new Answer(valid, kept.text(), kept.tokens(), List.of(), true, 0, 0));
            } catch (JsonProcessingException e) {
                return Optional.empty();
            }
        });
    }

    void keep(byte[] hash, ChatQuestion question, Answer answer) {
        calls.cache(hash, question.modelId(), question.projectId(), json.valueToTree(new Kept(answer.text(), answer.tokens())).toString());
    }
}
