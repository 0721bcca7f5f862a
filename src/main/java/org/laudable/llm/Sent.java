package org.laudable.llm;

import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.internal.JsonSchemaElementUtils;
import dev.langchain4j.model.chat.request.ChatRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A request as it goes out, with the most and the likely number of its tokens.
 *
 * <p>The most: a token stands for at least one byte in every tokenizer in use, so the UTF-8 bytes of messages and schema
 * (twice, should a provider put it into the prompt with decoration) bound the input, and so does the model's context.
 *
 * @param hash of everything the answer depends on: the model, the messages, the schema, the parameters
 * @param bytes of the input, the schema counted twice
 * @param mostMicros the most one try can cost, in the provider's currency
 * @param likelyTokens for the limit per minute
 */
record Sent(ChatQuestion question, ChatRequest chat, byte[] hash, long bytes, long mostMicros, long likelyTokens) {
    private static final int FRAME_TOKENS = 256;
    private static final int BYTES_PER_TOKEN = 3;

    static Sent of(ChatModels.Lease lease, ChatQuestion question) {
        ModelSettings model = lease.model().settings();
        int output = Math.min(question.maxOutputTokens(), model.maxOutputTokens());
        boolean logprobs = question.logprobs() && model.abilities().logprobs();
        String schema = schemaText(question);
        String system = model.abilities().jsonSchema() ? question.system()
                : question.system() + "\n\nAnswer with nothing but JSON of this schema:\n" + schema;
        ChatRequest chat = ChatRequest.builder()
                .messages(SystemMessage.from(system), UserMessage.from(question.user()))
                .parameters(lease.parameters(output, question.schema(), logprobs)).build();
        long bytes = bytes(system) + bytes(question.user()) + 2L * bytes(schema) + FRAME_TOKENS;
        int mostInput = (int) Math.min(bytes, model.contextTokens());
        byte[] hash = hash(lease.provider().settings().kind().name(), lease.provider().settings().baseUrl(), model.name(), system,
                question.user(), schema, Integer.toString(output), Boolean.toString(logprobs),
                Boolean.toString(model.abilities().temperatureZero()));
        return new Sent(question, chat, hash, bytes, model.prices().upperBound(mostInput, output), bytes / BYTES_PER_TOKEN + output / 4);
    }

    private static String schemaText(ChatQuestion question) {
        return dev.langchain4j.internal.Json.toJson(JsonSchemaElementUtils.toMap(question.schema().rootElement()));
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static byte[] hash(String... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                digest.update(Integer.toString(bytes.length).getBytes(StandardCharsets.US_ASCII));
                digest.update((byte) ':');
                digest.update(bytes);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
