package org.laudable.dataset.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tasks of Label Studio: {@code data} holds the texts, {@code annotations} (earlier: {@code completions}) and
 * {@code predictions} regions, of which {@code choices} are classes.
 *
 * <p>The control seen first gives the label; others get a column {@code label.<name>} each.
 */
final class LabelStudioTasks implements Translation {
    private final Map<String, String> controls = new LinkedHashMap<>();

    @Override
    public Translated of(ObjectNode task) {
        if (!(task.get("data") instanceof ObjectNode data)) {
            return Translated.refused("the task has no object 'data'");
        }
        List<LeftOut> leftOut = new ArrayList<>();
        ObjectNode row = JsonNodeFactory.instance.objectNode();
        JsonNode ours = data.path("laudable");
        JsonNode id = ours.hasNonNull("id") ? ours.get("id") : task.get("id");
        if (id != null && id.isValueNode() && !id.isNull()) {
            row.put(ID, id.asText());
        }
        data.properties().forEach(field -> row.set(switch (field.getKey()) {
            case ID -> "data.id";
            case LABEL -> "data.label";
            default -> field.getKey();
        }, field.getValue()));
        if (task.get("meta") instanceof ObjectNode meta && !meta.isEmpty()) {
            row.set("meta", meta);
        }
        answers(task.has("annotations") ? task.get("annotations") : task.path("completions"), row, leftOut);
        predictions(task.path("predictions"), row, leftOut);
        task.path("drafts").forEach(draft -> leftOut.add(LeftOut.DRAFT));
        return Translated.of(row, leftOut);
    }

    private void answers(JsonNode annotations, ObjectNode row, List<LeftOut> leftOut) {
        Map<String, Votes> votes = new LinkedHashMap<>();
        List<String> people = new ArrayList<>();
        for (JsonNode annotation : annotations) {
            if (annotation.path("was_cancelled").asBoolean(false)) {
                leftOut.add(LeftOut.SKIPPED);
                continue;
            }
            person(annotation.path("completed_by")).ifPresent(people::add);
            Map<String, Set<String>> chosen = new LinkedHashMap<>();
            for (JsonNode region : annotation.path("result")) {
                Optional<List<String>> choices = choices(region);
                if (choices.isPresent()) {
                    chosen.computeIfAbsent(column(region), c -> new LinkedHashSet<>()).addAll(choices.get());
                } else {
                    leftOut.add(LeftOut.OTHER_REGIONS);
                }
            }
            if (annotation.path("result").isEmpty()) {
                chosen.put(LABEL, Set.of());
            }
            chosen.forEach((column, said) -> votes.computeIfAbsent(column, c -> new Votes()).add(said));
        }
        votes.forEach((column, said) -> said.settle(row, column, leftOut));
        if (!people.isEmpty()) {
            var names = row.putArray(ANNOTATORS);
            people.forEach(names::add);
        }
    }

    private void predictions(JsonNode predictions, ObjectNode row, List<LeftOut> leftOut) {
        boolean taken = false;
        for (JsonNode prediction : predictions) {
            for (JsonNode region : prediction.path("result")) {
                Optional<List<String>> choices = choices(region);
                if (choices.isEmpty()) {
                    leftOut.add(LeftOut.OTHER_REGIONS);
                } else if (!column(region).equals(LABEL)) {
                    leftOut.add(LeftOut.OTHER_QUESTIONS);
                } else if (taken || choices.get().size() != 1) {
                    leftOut.add(taken ? LeftOut.MORE_PREDICTIONS : LeftOut.SEVERAL_LABELS);
                } else {
                    taken = true;
                    row.put(SUGGESTION, choices.get().getFirst());
                    JsonNode score = region.path("score").isNumber() ? region.get("score") : prediction.path("score");
                    if (score.isNumber()) {
                        row.set(SCORE, score);
                    }
                    String version = prediction.path("model_version").asText("");
                    if (!version.isBlank()) {
                        row.put(SOURCE, version);
                    }
                }
            }
        }
    }

    private String column(JsonNode region) {
        String name = region.path("from_name").asText("");
        return controls.computeIfAbsent(name, n -> controls.isEmpty() ? LABEL : LABEL + "." + n);
    }

    /** What was chosen for the whole text; a choice about a marked part of it is none. */
    private static Optional<List<String>> choices(JsonNode region) {
        JsonNode value = region.path("value");
        JsonNode choices = value.path("choices");
        if (!choices.isArray() || value.has("start") || value.has("end") || value.has("x")) {
            return Optional.empty();
        }
        List<String> said = new ArrayList<>();
        for (JsonNode one : choices) {
            // in a taxonomy a choice is the path to it
            said.add(one.isArray() ? one.path(one.size() - 1).asText() : one.asText());
        }
        return Optional.of(said);
    }

    private static Optional<String> person(JsonNode completedBy) {
        JsonNode who = completedBy.isObject() ? completedBy.has("email") ? completedBy.get("email") : completedBy.path("id") : completedBy;
        return who.isValueNode() && !who.isNull() && !who.asText().isBlank() ? Optional.of(who.asText()) : Optional.empty();
    }
}
