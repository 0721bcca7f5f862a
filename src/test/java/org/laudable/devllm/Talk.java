package org.laudable.devllm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** One request and what is answered to it, in both protocols' forms. */
record Talk(JsonNode request, String content, String finish, Fault fault, List<String> classes, List<Double> certainties, int inputTokens,
        int cachedTokens, int outputTokens) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String REFUSAL = "I'm sorry, I can't help with that.";

    static Talk of(JsonNode request, boolean ollama, KeywordJudge judge, Fault fault, Set<String> seenSystem) {
        String system = message(request, "system");
        String user = message(request, "user");
        JsonNode schema = ollama ? request.path("format") : request.at("/response_format/json_schema/schema");
        JsonNode asked = schema.isObject() ? schema : schemaInWords(system);
        ObjectNode answer = asked.isObject() ? judge.answer(system, user, asked) : JSON.createObjectNode().put("reply", "ready");
        if (fault == Fault.WRONG_CLASS && answer.at("/answers/0").isObject()) {
            ((ObjectNode) answer.at("/answers/0")).put("class", "a class nobody asked for");
        }
        String text = fault == Fault.REFUSAL ? REFUSAL : asked.isObject() ? answer.toString() : "ready";
        int limit = Math.max(request.path("max_tokens").asInt(0), Math.max(request.path("max_completion_tokens").asInt(0),
                request.at("/options/num_predict").asInt(0)));
        List<String> pieces = Pieces.of(text);
        String finish = "stop";
        if (limit > 0 && pieces.size() > limit) {
            pieces = pieces.subList(0, limit);
            finish = "length";
        }
        text = String.join("", pieces);
        int output = pieces.size();
        if (fault == Fault.CUT_JSON) {
            text = text.substring(0, text.length() * 2 / 3);
        }
        int input = Pieces.count(system) + Pieces.count(user) + (schema.isObject() ? Pieces.count(schema.toString()) : 0) + 8;
        int cached = system.isEmpty() || seenSystem.add(system) ? 0 : Pieces.count(system);
        if (fault == Fault.OVERBILL) {
            output += 1_000_000;
        }
        List<String> classes = new ArrayList<>();
        asked.at("/properties/answers/items/properties/class/enum").forEach(it -> classes.add(it.asText()));
        return new Talk(request, text, finish, fault, classes, judge.certainties(), input, ollama ? 0 : cached, output);
    }

    ObjectNode openAi(String id) {
        ObjectNode root = JSON.createObjectNode().put("id", id).put("object", "chat.completion")
                .put("created", 1_700_000_000).put("model", request.path("model").asText()).put("system_fingerprint", "dev")
                .put("service_tier", "default").put("a_field_of_tomorrow", true);
        ObjectNode choice = root.putArray("choices").addObject().put("index", 0).put("finish_reason", finish);
        ObjectNode message = choice.putObject("message").put("role", "assistant");
        message.putArray("annotations");
        if (fault == Fault.REFUSAL) {
            message.putNull("content").put("refusal", content);
            choice.putNull("logprobs");
        } else {
            message.put("content", content).putNull("refusal");
            if (request.path("logprobs").asBoolean()) {
                choice.putObject("logprobs").putNull("refusal").set("content", logprobs());
            } else {
                choice.putNull("logprobs");
            }
        }
        root.set("usage", usage());
        return root;
    }

    List<String> openAiParts(String id) {
        List<String> parts = new ArrayList<>();
        ObjectNode chunk = JSON.createObjectNode().put("id", id).put("object", "chat.completion.chunk")
                .put("created", 1_700_000_000).put("model", request.path("model").asText());
        for (String piece : Pieces.of(content)) {
            ObjectNode part = chunk.deepCopy();
            part.putArray("choices").addObject().put("index", 0).putNull("finish_reason").putObject("delta").put("content", piece);
            parts.add("data: " + part + "\n\n");
        }
        ObjectNode end = chunk.deepCopy();
        end.putArray("choices").addObject().put("index", 0).put("finish_reason", finish).putObject("delta");
        parts.add("data: " + end + "\n\n");
        if (request.at("/stream_options/include_usage").asBoolean()) {
            ObjectNode last = chunk.deepCopy();
            last.putArray("choices");
            last.set("usage", usage());
            parts.add("data: " + last + "\n\n");
        }
        parts.add("data: [DONE]\n\n");
        return parts;
    }

    ObjectNode ollama() {
        ObjectNode root = JSON.createObjectNode().put("model", request.path("model").asText()).put("created_at", "2025-01-01T00:00:00Z");
        root.putObject("message").put("role", "assistant").put("content", content);
        return root.put("done", true).put("done_reason", finish).put("total_duration", 1).put("load_duration", 1)
                .put("prompt_eval_count", inputTokens).put("prompt_eval_duration", 1).put("eval_count", outputTokens).put("eval_duration", 1);
    }

    List<String> ollamaParts() {
        List<String> parts = new ArrayList<>();
        for (String piece : Pieces.of(content)) {
            ObjectNode part = JSON.createObjectNode().put("model", request.path("model").asText()).put("created_at", "2025-01-01T00:00:00Z");
            part.putObject("message").put("role", "assistant").put("content", piece);
            parts.add(part.put("done", false) + "\n");
        }
        ObjectNode end = ollama();
        ((ObjectNode) end.path("message")).put("content", "");
        parts.add(end + "\n");
        return parts;
    }

    private ObjectNode usage() {
        ObjectNode usage = JSON.createObjectNode().put("prompt_tokens", inputTokens).put("completion_tokens", outputTokens)
                .put("total_tokens", inputTokens + outputTokens);
        usage.putObject("prompt_tokens_details").put("cached_tokens", cachedTokens).put("audio_tokens", 0);
        usage.putObject("completion_tokens_details").put("reasoning_tokens", 0);
        return usage;
    }

    /** The first piece of a class is as sure as its text says; the other classes share the rest. All other pieces are certain. */
    private ArrayNode logprobs() {
        ArrayNode tokens = JSON.createArrayNode();
        int nth = 0;
        int at = 0;
        for (String piece : Pieces.of(content)) {
            boolean beginsClass = content.substring(0, at).endsWith("\"class\":\"");
            double sure = beginsClass && nth < certainties.size() ? certainties.get(nth++) : 0.9999;
            ObjectNode token = token(tokens.addObject(), piece, sure);
            ArrayNode top = token.putArray("top_logprobs");
            token(top.addObject(), piece, sure);
            if (beginsClass) {
                classes.stream().map(name -> Pieces.of(name).getFirst()).distinct().filter(first -> !first.equals(piece)).limit(3)
                        .forEach(first -> token(top.addObject(), first, (1 - sure) / 4));
            }
            at += piece.length();
        }
        return tokens;
    }

    private static ObjectNode token(ObjectNode node, String piece, double probability) {
        node.put("token", piece).put("logprob", Math.log(probability));
        ArrayNode bytes = node.putArray("bytes");
        for (byte single : piece.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
            bytes.add(single & 0xff);
        }
        return node;
    }

    /** Models without schema support get the schema in the instructions, after this sentence. */
    private static JsonNode schemaInWords(String system) {
        int at = system.indexOf("nothing but JSON of this schema:");
        try {
            return at < 0 ? JSON.missingNode() : JSON.readTree(system.substring(system.indexOf('{', at)));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            return JSON.missingNode();
        }
    }

    private static String message(JsonNode request, String role) {
        for (JsonNode message : request.path("messages")) {
            String its = message.path("role").asText();
            if (its.equals(role) || role.equals("system") && its.equals("developer")) {
                JsonNode content = message.path("content");
                return content.isTextual() ? content.asText() : content.path(0).path("text").asText();
            }
        }
        return "";
    }
}
