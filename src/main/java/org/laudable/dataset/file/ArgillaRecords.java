package org.laudable.dataset.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Records of Argilla, as objects ({@code fields}, {@code responses}, {@code suggestions}) or as the columns of its
 * datasets: {@code label.responses}, {@code label.suggestion} since version 2, {@code label}, {@code label-suggestion}
 * before. The question seen first gives the label; others get a column {@code label.<name>} each.
 */
final class ArgillaRecords implements Translation {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, String> questions = new LinkedHashMap<>();

    @Override
    public Translated of(ObjectNode entry) {
        List<LeftOut> leftOut = new ArrayList<>();
        ObjectNode row = JsonNodeFactory.instance.objectNode();
        ObjectNode responses = JsonNodeFactory.instance.objectNode();
        ObjectNode suggestions = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> field : entry.properties()) {
            switch (field.getKey()) {
                case "fields", "metadata" -> { } // later, so that their keys take no other's name
                case "responses" -> responses(field.getValue(), responses);
                case "suggestions" -> suggestions(field.getValue(), suggestions);
                case "external_id" -> row.set(ID, field.getValue());
                case "vectors", "_server_id" -> { }
                default -> column(field.getKey(), field.getValue(), row, responses, suggestions);
            }
        }
        entry.path("fields").properties().forEach(one -> row.set(one.getKey().equals(TEXT) ? TEXT : free("fields.", one.getKey(), row), one.getValue()));
        Set<String> people = new LinkedHashSet<>();
        responses.properties().forEach(one -> settle(one.getKey(), one.getValue(), row, people, leftOut));
        suggestions.properties().forEach(one -> suggest(one.getKey(), one.getValue(), row, leftOut));
        if (!people.isEmpty()) {
            var names = row.putArray(ANNOTATORS);
            people.forEach(names::add);
        }
        parsed(entry.path("metadata")).properties().forEach(one -> row.set(free("metadata.", one.getKey(), row), one.getValue()));
        return Translated.of(row, leftOut);
    }

    /** A name that neither means something here nor is taken. */
    private static String free(String prefix, String key, ObjectNode row) {
        return row.has(key) || Translation.means(key) ? prefix + key : key;
    }

    /** A column of a dataset: the ending of its name says what it is. */
    private static void column(String name, JsonNode value, ObjectNode row, ObjectNode responses, ObjectNode suggestions) {
        if (name.endsWith(".responses")) {
            for (int i = 0; i < value.size(); i++) {
                answer(responses, cut(name, ".responses"), i).set("value", value.get(i));
            }
        } else if (name.endsWith(".responses.users")) {
            for (int i = 0; i < value.size(); i++) {
                answer(responses, cut(name, ".responses.users"), i).set("user_id", value.get(i));
            }
        } else if (name.endsWith(".responses.status")) {
            for (int i = 0; i < value.size(); i++) {
                answer(responses, cut(name, ".responses.status"), i).set("status", value.get(i));
            }
        } else if (name.endsWith(".suggestion")) {
            suggestion(suggestions, cut(name, ".suggestion")).set("value", value);
        } else if (name.endsWith(".suggestion.score")) {
            suggestion(suggestions, cut(name, ".suggestion.score")).set("score", value);
        } else if (name.endsWith(".suggestion.agent")) {
            suggestion(suggestions, cut(name, ".suggestion.agent")).set("agent", value);
        } else if (name.endsWith("-suggestion")) {
            suggestion(suggestions, cut(name, "-suggestion")).set("value", value);
        } else if (name.endsWith("-suggestion-metadata")) {
            spread(value, suggestion(suggestions, cut(name, "-suggestion-metadata")));
        } else if (value.isArray() && !value.isEmpty() && value.get(0).has("user_id") && value.get(0).has("value")) {
            responses.set(name, value);
        } else {
            row.set(name, value);
        }
    }

    /** Either {@code {question: [{value, user_id}]}} or {@code [{values: {question: {value}}, status, user_id}]}. */
    private static void responses(JsonNode given, ObjectNode responses) {
        if (given.isObject()) {
            given.properties().forEach(one -> responses.set(one.getKey(), one.getValue()));
        }
        if (given.isArray()) {
            for (JsonNode one : given) {
                for (Map.Entry<String, JsonNode> value : one.path("values").properties()) {
                    ObjectNode answer = answer(responses, value.getKey(), responses.path(value.getKey()).size());
                    answer.set("value", value.getValue().path("value"));
                    answer.set("user_id", one.path("user_id"));
                    answer.set("status", one.path("status"));
                }
            }
        }
    }

    /** Either {@code {question: {value, score, agent}}} or {@code [{question_name, value, score, agent}]}. */
    private static void suggestions(JsonNode given, ObjectNode suggestions) {
        if (given.isObject()) {
            given.properties().forEach(one -> suggestions.set(one.getKey(), one.getValue()));
        }
        if (given.isArray()) {
            given.forEach(one -> suggestions.set(one.path("question_name").asText(""), one));
        }
    }

    private void settle(String question, JsonNode answers, ObjectNode row, Set<String> people, List<LeftOut> leftOut) {
        Votes votes = new Votes();
        for (JsonNode answer : answers) {
            String status = answer.path("status").asText("submitted");
            JsonNode value = answer.path("value");
            if (status.equals("draft")) {
                leftOut.add(LeftOut.DRAFT);
            } else if (status.equals("discarded") || value.isNull() || value.isMissingNode()) {
                leftOut.add(LeftOut.SKIPPED);
            } else if (value.isObject() || value.isArray() && !value.isEmpty() && value.get(0).isContainerNode()) {
                leftOut.add(LeftOut.OTHER_REGIONS);
            } else {
                List<String> labels = new ArrayList<>();
                if (value.isArray()) {
                    value.forEach(one -> labels.add(one.asText()));
                } else {
                    labels.add(value.asText());
                }
                votes.add(labels);
                String person = answer.path("user_id").asText("");
                if (!person.isBlank() && !person.equals("null")) {
                    people.add(person);
                }
            }
        }
        votes.settle(row, column(question), leftOut);
    }

    private void suggest(String question, JsonNode said, ObjectNode row, List<LeftOut> leftOut) {
        JsonNode value = said.path("value");
        if (value.isNull() || value.isMissingNode()) {
            return;
        }
        if (value.isContainerNode()) {
            leftOut.add(LeftOut.OTHER_REGIONS);
        } else if (!column(question).equals(LABEL)) {
            leftOut.add(LeftOut.OTHER_QUESTIONS);
        } else {
            row.set(SUGGESTION, value);
            if (said.path("score").isNumber()) {
                row.set(SCORE, said.get("score"));
            }
            if (said.path("agent").isTextual()) {
                row.set(SOURCE, said.get("agent"));
            }
        }
    }

    private String column(String question) {
        return questions.computeIfAbsent(question, q -> questions.isEmpty() ? LABEL : LABEL + "." + q);
    }

    private static ObjectNode answer(ObjectNode responses, String question, int place) {
        var answers = responses.withArray("/" + escaped(question));
        while (answers.size() <= place) {
            answers.addObject();
        }
        return answers.get(place) instanceof ObjectNode there ? there : answers.objectNode();
    }

    private static ObjectNode suggestion(ObjectNode suggestions, String question) {
        return suggestions.get(question) instanceof ObjectNode there ? there : suggestions.putObject(question);
    }

    private static void spread(JsonNode from, ObjectNode into) {
        if (from.isObject()) {
            from.properties().forEach(one -> into.set(one.getKey(), one.getValue()));
        }
    }

    /** Datasets of version 1 hold the metadata as text. */
    private static JsonNode parsed(JsonNode metadata) {
        if (!metadata.isTextual()) {
            return metadata;
        }
        try {
            return JSON.readTree(metadata.asText());
        } catch (JsonProcessingException e) {
            return JsonNodeFactory.instance.objectNode().set("metadata", metadata);
        }
    }

    private static String cut(String name, String ending) {
        return name.substring(0, name.length() - ending.length());
    }

    private static String escaped(String pointer) {
        return pointer.replace("~", "~0").replace("/", "~1");
    }
}
