package org.laudable.devllm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/** Computes an answer from the request: the class whose name and description share the most words with the text. */
final class KeywordJudge {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final double errorRate;
    private final Function<String, String> truth;
    private final List<Double> certainties = new ArrayList<>();

    /** @param truth the right class of a text where it is known, or null */
    KeywordJudge(double errorRate, Function<String, String> truth) {
        this.errorRate = errorRate;
        this.truth = truth;
    }

    /** An answer of the schema; for the schema of labels, one per item of the user's message. */
    ObjectNode answer(String system, String user, JsonNode schema) {
        if (schema.at("/properties/severity").isObject()) {
            return severity(user);
        }
        if (schema.at("/properties/classes/items/properties/description").isObject()) {
            return descriptions(user);
        }
        if (schema.at("/properties/guideline").isObject()) {
            return guideline(user);
        }
        JsonNode classes = schema.at("/properties/answers/items/properties/class/enum");
        if (!classes.isArray()) {
            return (ObjectNode) example(schema);
        }
        boolean confidence = schema.at("/properties/answers/items/properties/confidence").isObject();
        List<String> names = new ArrayList<>();
        classes.forEach(name -> names.add(name.asText()));
        ObjectNode root = JSON.createObjectNode();
        ArrayNode answers = root.putArray("answers");
        try {
            for (JsonNode item : JSON.readTree(user).path("items")) {
                String text = item.path("text").asText();
                ObjectNode answer = answers.addObject();
                answer.set("id", item.path("id"));
                String said = judge(text, names, system);
                answer.put("class", said);
                double sure = certainty(text, errs(text, names));
                certainties.add(sure);
                if (confidence) {
                    answer.put("confidence", sure);
                }
            }
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            return root;
        }
        return root;
    }

    /** Of each class: its first example. */
    private static ObjectNode descriptions(String user) {
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode list = answer.putArray("classes");
        for (JsonNode one : read(user).path("classes")) {
            list.addObject().put("name", one.path("name").asText()).put("description", "Texts such as: " + one.path("examples").path(0).asText());
        }
        return answer;
    }

    /** A line for each disagreement. */
    private static ObjectNode guideline(String user) {
        StringBuilder lines = new StringBuilder();
        for (JsonNode one : read(user).path("disagreements")) {
            lines.append("- ").append(one.path("text").asText()).append(" (").append(one.path("called").path(0).asText()).append(")\n");
        }
        return JSON.createObjectNode().put("guideline", lines.toString());
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            return JSON.createObjectNode();
        }
    }

    /** Of a window: by its largest deviation; a known event explains it. Errs by calling the usual odd and the odd usual. */
    private ObjectNode severity(String user) {
        ObjectNode answer = JSON.createObjectNode();
        try {
            JsonNode window = JSON.readTree(user);
            double largest = 0;
            String odd = "";
            for (JsonNode channel : window.path("channels")) {
                for (JsonNode value : channel.path("deviations")) {
                    if (Math.abs(value.asDouble()) > largest) {
                        largest = Math.abs(value.asDouble());
                        odd = channel.path("name").asText();
                    }
                }
            }
            boolean explained = !window.path("events").isEmpty();
            double severity = (explained ? 0.2 : 1) / (1 + Math.exp(-1.5 * (largest - 4)));
            boolean errs = share(user + "#error") < errorRate;
            return answer.put("severity", Math.round(100 * (errs ? 1 - severity : severity)) / 100.0).put("reason", explained
                    ? "A known event explains " + odd + ": " + window.path("events").path(0).asText()
                    : odd + " is " + largest + " deviations from its usual level.");
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            return answer.put("severity", 0).put("reason", "no window");
        }
    }

    String judge(String text, List<String> names, String system) {
        String right = truth.apply(text);
        if (right == null || !names.contains(right)) {
            Set<String> words = words(text);
            right = names.getFirst();
            int most = -1;
            for (String name : names) {
                Set<String> shared = words(name + " " + description(name, system));
                shared.retainAll(words);
                if (shared.size() > most) {
                    most = shared.size();
                    right = name;
                }
            }
        }
        if (!errs(text, names)) {
            return right;
        }
        int other = (names.indexOf(right) + 1 + (int) (share(text) * (names.size() - 1))) % names.size();
        return names.get(other).equals(right) ? names.get((other + 1) % names.size()) : names.get(other);
    }

    private boolean errs(String text, List<String> names) {
        return share(text + "#error") < errorRate && names.size() > 1;
    }

    /** How sure it was of each answer, in their order. */
    List<Double> certainties() {
        return certainties;
    }

    /** How sure it claims to be: of its right answers 91 % at least .8, of its wrong ones 30 %. */
    static double certainty(String text, boolean errs) {
        double share = share(text + "#sure");
        return Math.round((errs ? 0.45 + 0.5 * share : 0.72 + 0.27 * Math.sqrt(share)) * 100) / 100.0;
    }

    /** A number in [0, 1) that depends on the text only. */
    static double share(String text) {
        long mixed = text.hashCode() * 0x9E3779B97F4A7C15L;
        mixed ^= mixed >>> 32;
        return ((mixed * 0xBF58476D1CE4E5B9L) >>> 11) / (double) (1L << 53);
    }

    private static JsonNode example(JsonNode schema) {
        if (schema.path("enum").isArray()) {
            return schema.path("enum").get(0);
        }
        return switch (schema.path("type").asText()) {
            case "array" -> JSON.createArrayNode();
            case "integer", "number" -> JSON.getNodeFactory().numberNode(1);
            case "boolean" -> JSON.getNodeFactory().booleanNode(true);
            case "string" -> JSON.getNodeFactory().textNode("ready");
            default -> {
                ObjectNode object = JSON.createObjectNode();
                schema.path("properties").properties().forEach(it -> object.set(it.getKey(), example(it.getValue())));
                yield object;
            }
        };
    }

    private static String description(String name, String system) {
        return system.lines().filter(line -> line.startsWith("- " + name + ":")).findFirst()
                .map(line -> line.substring(name.length() + 3)).orElse("");
    }

    private static Set<String> words(String text) {
        return new HashSet<>(Arrays.asList(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+")));
    }
}
