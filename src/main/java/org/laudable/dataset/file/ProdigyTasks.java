package org.laudable.dataset.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Tasks of Prodigy's text classification: {@code answer} says what became of {@code label} (one class, yes or no) or of
 * {@code accept} (chosen out of {@code options}); without it they are what a model or recipe proposes.
 */
final class ProdigyTasks implements Translation {

    @Override
    public Translated of(ObjectNode task) {
        List<LeftOut> leftOut = new ArrayList<>();
        ObjectNode row = task.deepCopy();
        JsonNode options = row.remove("options");
        JsonNode accepted = row.remove("accept");
        JsonNode label = row.remove(LABEL);
        JsonNode score = row.remove("score");
        String answer = row.path("answer").asText("");
        row.remove("answer");
        if (row.remove("tokens") != null) {
            leftOut.add(LeftOut.TOKENS);
        }
        List<String> classes = accepted != null && accepted.isArray() ? chosen(accepted, options)
                : label != null && label.isTextual() ? List.of(label.asText()) : List.of();
        switch (answer) {
            case "accept" -> {
                Votes votes = new Votes();
                votes.add(classes);
                votes.settle(row, LABEL, leftOut);
            }
            case "reject" -> {
                leftOut.add(classes.isEmpty() ? LeftOut.NO_CHOICE : LeftOut.REJECTED);
                if (!classes.isEmpty()) {
                    row.put("rejected", String.join(", ", classes));
                }
            }
            case "ignore" -> leftOut.add(LeftOut.SKIPPED);
            default -> {
                if (classes.size() == 1) {
                    row.put(SUGGESTION, classes.getFirst());
                    if (score != null && score.isNumber()) {
                        row.set(SCORE, score);
                        score = null;
                    }
                } else if (classes.size() > 1) {
                    leftOut.add(LeftOut.SEVERAL_LABELS);
                }
            }
        }
        if (score != null) {
            row.set("score", score);
        }
        if (row.get("meta") instanceof ObjectNode meta && !row.has(ID) && meta.hasNonNull(ID) && meta.get(ID).isValueNode()) {
            row.set(ID, meta.remove(ID));
        }
        return Translated.of(row, leftOut);
    }

    /** An option's id is the class, unless it is a mere number; then its text is. */
    private static List<String> chosen(JsonNode accepted, JsonNode options) {
        List<String> chosen = new ArrayList<>();
        for (JsonNode id : accepted) {
            String name = id.asText();
            if (id.isNumber() && options != null) {
                for (JsonNode option : options) {
                    if (option.path(ID).asText().equals(id.asText()) && option.path(TEXT).isTextual()) {
                        name = option.get(TEXT).asText();
                    }
                }
            }
            chosen.add(name);
        }
        return chosen;
    }
}
