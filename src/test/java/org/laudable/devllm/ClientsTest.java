package org.laudable.devllm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.errors.RateLimitException;
import com.openai.models.batches.Batch;
import com.openai.models.batches.BatchCreateParams;
import com.openai.models.ResponseFormatJsonSchema;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.files.FileCreateParams;
import com.openai.models.files.FilePurpose;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.http.client.jdk.JdkHttpClient;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonIntegerSchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients written by others, unchanged, against the double: the official openai-java, LangChain4j's OpenAI and Ollama. */
class ClientsTest {
    private static final String SYSTEM = "You label texts.\n- refund: wants money back\n- delivery: parcel late or lost";
    private static final String USER = "{\"items\":[{\"id\":1,\"text\":\"my parcel is lost\"},{\"id\":2,\"text\":\"I want my money\"}]}";
    private static final ObjectMapper JSON = new ObjectMapper();
    private DevLlm server;

    enum Client {OPENAI_JAVA, LANGCHAIN4J_OPENAI, LANGCHAIN4J_OLLAMA}

    record Said(String text, long input, long output, String finish) {}

    @BeforeEach
    void start() throws IOException {
        server = DevLlm.start(0, Behaviour.PERFECT);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void structured_output_and_usage_arrive_as_the_server_counted_them(Client client) throws IOException {
        Said said = ask(client, 500);

        assertEquals("delivery", JSON.readTree(said.text()).at("/answers/0/class").asText());
        assertEquals("refund", JSON.readTree(said.text()).at("/answers/1/class").asText());
        Books.Entry entry = server.books().entries().getFirst();
        assertEquals(entry.inputTokens(), said.input());
        assertEquals(entry.outputTokens(), said.output());
        assertEquals("stop", said.finish());
    }

    @ParameterizedTest
    @EnumSource
    void an_output_limit_cuts_and_says_so(Client client) {
        Said said = ask(client, 10);

        assertEquals("length", said.finish());
        assertEquals(10, said.output());
        assertThrows(IOException.class, () -> JSON.readerFor(Map.class).readValue(said.text()));
    }

    @ParameterizedTest
    @EnumSource
    void a_failing_server_is_an_error_in_every_client(Client client) {
        server.behave(Behaviour.faulty(1, Fault.SERVER_ERROR));
        assertThrows(RuntimeException.class, () -> ask(client, 500));
        server.behave(Behaviour.faulty(1, Fault.TOO_MANY));
        assertThrows(RuntimeException.class, () -> ask(client, 500));
    }

    @Test
    void the_official_client_reads_logprobs_models_refusals_streams_and_limits() {
        OpenAIClient openAi = openAi();
        assertTrue(openAi.models().list().data().stream().anyMatch(model -> model.id().equals("dev-llm")));

        ChatCompletion completion = openAi.chat().completions().create(openAiParameters(500).logprobs(true).topLogprobs(5).build());
        var tokens = completion.choices().getFirst().logprobs().orElseThrow().content().orElseThrow();
        String text = completion.choices().getFirst().message().content().orElseThrow();
        assertEquals(text, String.join("", tokens.stream().map(token -> token.token()).toList()));
        assertTrue(tokens.stream().anyMatch(token -> token.topLogprobs().size() > 1));

        StringBuilder streamed = new StringBuilder();
        try (var stream = openAi.chat().completions().createStreaming(openAiParameters(500).build())) {
            stream.stream().flatMap(chunk -> chunk.choices().stream()).forEach(choice -> choice.delta().content().ifPresent(streamed::append));
        }
        assertEquals(text, streamed.toString());

        server.behave(Behaviour.faulty(1, Fault.REFUSAL));
        assertTrue(openAi.chat().completions().create(openAiParameters(500).build()).choices().getFirst().message().refusal().isPresent());
        server.behave(Behaviour.faulty(1, Fault.TOO_MANY));
        RateLimitException limited = assertThrows(RateLimitException.class, () -> openAi.chat().completions().create(openAiParameters(500).build()));
        assertEquals(List.of("0"), limited.headers().values("Retry-After"));
    }

    /** Files and batches as OpenAI's API reference has them (Batch API, read through openai-java 4.6.1). */
    @Test
    void the_official_client_runs_a_batch_from_a_file_to_its_answers() throws Exception {
        OpenAIClient openAi = openAi();
        String line = """
                {"custom_id":"%s","method":"POST","url":"/v1/chat/completions","body":{"model":"dev-llm","messages":[{"role":"user","content":"hello"}]}}
                """;
        String input = line.formatted("first") + line.formatted("second");
        String file = openAi.files().create(FileCreateParams.builder().purpose(FilePurpose.BATCH).file(input.getBytes(StandardCharsets.UTF_8)).build()).id();

        Batch begun = openAi.batches().create(BatchCreateParams.builder().inputFileId(file)
                .endpoint(BatchCreateParams.Endpoint.V1_CHAT_COMPLETIONS).completionWindow(BatchCreateParams.CompletionWindow._24H).build());
        Batch done = openAi.batches().retrieve(begun.id());

        assertEquals(Batch.Status.COMPLETED, done.status());
        String output = new String(openAi.files().content(done.outputFileId().orElseThrow()).body().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(2, output.lines().count());
        assertTrue(output.contains("\"custom_id\":\"second\"") && output.contains("chat.completion"), output);
    }

    @Test
    void the_error_rate_is_the_share_of_wrong_answers_and_always_hits_the_same_texts() {
        List<String> texts = Stream.iterate(0, i -> i + 1).limit(2_000).map(i -> "parcel number " + i).toList();
        KeywordJudge judge = new KeywordJudge(.1, text -> "delivery");
        List<String> classes = List.of("refund", "delivery", "praise");
        List<String> first = texts.stream().map(text -> judge.judge(text, classes, "")).toList();

        long wrong = first.stream().filter(it -> !it.equals("delivery")).count();

        assertTrue(wrong > 150 && wrong < 250, wrong + " of 2000");
        assertEquals(first, texts.stream().map(text -> judge.judge(text, classes, "")).toList());
    }

    private Said ask(Client client, int maxTokens) {
        Supplier<ChatModel> model = switch (client) {
            case OPENAI_JAVA -> null;
            case LANGCHAIN4J_OPENAI -> () -> OpenAiChatModel.builder().httpClientBuilder(JdkHttpClient.builder()).baseUrl(server.openAiUrl())
                    .apiKey("k").modelName("dev-llm").maxRetries(0).strictJsonSchema(true)
                    .supportedCapabilities(Capability.RESPONSE_FORMAT_JSON_SCHEMA).build();
            case LANGCHAIN4J_OLLAMA -> () -> OllamaChatModel.builder().httpClientBuilder(JdkHttpClient.builder()).baseUrl(server.ollamaUrl())
                    .modelName("dev-llm").maxRetries(0).supportedCapabilities(Capability.RESPONSE_FORMAT_JSON_SCHEMA).build();
        };
        if (model == null) {
            ChatCompletion completion = openAi().chat().completions().create(openAiParameters(maxTokens).build());
            var choice = completion.choices().getFirst();
            return new Said(choice.message().content().orElseThrow(), completion.usage().orElseThrow().promptTokens(),
                    completion.usage().orElseThrow().completionTokens(), choice.finishReason().toString());
        }
        var response = model.get().chat(ChatRequest.builder().messages(SystemMessage.from(SYSTEM), UserMessage.from(USER))
                .parameters(ChatRequestParameters.builder().maxOutputTokens(maxTokens).responseFormat(ResponseFormat.builder()
                        .type(ResponseFormatType.JSON).jsonSchema(schema()).build()).build()).build());
        return new Said(response.aiMessage().text(), response.tokenUsage().inputTokenCount(), response.tokenUsage().outputTokenCount(),
                response.finishReason().name().toLowerCase(java.util.Locale.ROOT));
    }

    private static JsonSchema schema() {
        return JsonSchema.builder().name("labels").rootElement(JsonObjectSchema.builder().addProperty("answers", JsonArraySchema.builder()
                .items(JsonObjectSchema.builder().addProperty("id", JsonIntegerSchema.builder().build())
                        .addEnumProperty("class", List.of("refund", "delivery")).required("id", "class").build()).build())
                .required("answers").build()).build();
    }

    private OpenAIClient openAi() {
        return OpenAIOkHttpClient.builder().baseUrl(server.openAiUrl()).apiKey("k").maxRetries(0).build();
    }

    private static ChatCompletionCreateParams.Builder openAiParameters(int maxTokens) {
        Map<String, Object> item = Map.of("type", "object", "properties", Map.of("id", Map.of("type", "integer"),
                "class", Map.of("type", "string", "enum", List.of("refund", "delivery"))));
        Map<String, Object> properties = Map.of("answers", Map.of("type", "array", "items", item));
        return ChatCompletionCreateParams.builder().model("dev-llm").addSystemMessage(SYSTEM).addUserMessage(USER)
                .maxCompletionTokens(maxTokens).responseFormat(ResponseFormatJsonSchema.builder().jsonSchema(
                        ResponseFormatJsonSchema.JsonSchema.builder().name("labels").strict(true)
                                .schema(ResponseFormatJsonSchema.JsonSchema.Schema.builder().putAdditionalProperty("type", JsonValue.from("object"))
                                        .putAdditionalProperty("properties", JsonValue.from(properties)).build()).build()).build());
    }
}
