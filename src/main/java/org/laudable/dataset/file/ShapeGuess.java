package org.laudable.dataset.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;

/** Tells from a file's first objects which tool wrote them. */
final class ShapeGuess {
    private static final Set<String> ANSWERS = Set.of("accept", "reject", "ignore");

    private ShapeGuess() {}

    /** The shape that most of the objects have; plain if none has. */
    static Shape of(List<ObjectNode> objects) {
        for (Shape shape : Shape.values()) {
            if (shape != Shape.PLAIN && 2 * objects.stream().filter(one -> fits(one, shape)).count() > objects.size()) {
                return shape;
            }
        }
        return Shape.PLAIN;
    }

    private static boolean fits(ObjectNode row, Shape shape) {
        return switch (shape) {
            case PLAIN -> true;
            case LABEL_STUDIO -> row.path("data").isObject() && !row.has("text");
            case ARGILLA -> row.path("fields").isObject() && !row.has("text") || argillaColumns(row);
            case PRODIGY -> row.has("text") && (row.has("_task_hash") || row.has("_input_hash") || ANSWERS.contains(row.path("answer").asText())
                    || row.path("options").isArray());
            case SPACY -> row.has("text") && row.path("cats").isObject();
            case DOCCANO -> (row.has("text") || row.path("data").isTextual()) && doccanoLabels(row.has("label") ? row.get("label") : row.path("labels"));
        };
    }

    /** Columns of a dataset that Argilla wrote. */
    static boolean argillaColumns(ObjectNode row) {
        boolean found = false;
        for (var names = row.fieldNames(); names.hasNext() && !found;) {
            String name = names.next();
            found = name.endsWith(".responses") || name.endsWith(".suggestion") || name.endsWith("-suggestion-metadata");
        }
        return found;
    }

    /** A list; what stands in it are classes, or marks inside of the text. */
    private static boolean doccanoLabels(JsonNode labels) {
        return labels.isArray() && (labels.isEmpty() || labels.get(0).isTextual() || labels.get(0).isNumber() || labels.get(0).isArray());
    }
}
