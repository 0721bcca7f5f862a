package org.laudable.dataset.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.laudable.engine.text.NormalizedText;

/** Takes a row apart by the columns' uses and decides whether it may go in. */
public final class RowCheck {
    static final int LONGEST_TEXT = 100_000;
    static final int LONGEST_ID = 500;
    static final int MOST_METADATA_BYTES = 32 * 1024;
    private static final int LONGEST_SOURCE = 100;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<FileColumn> columns;
    private final int text;
    private final int id;
    private final int label;
    private final int suggestion;
    private final int score;
    private final int source;
    private final Set<String> notMetadata = new HashSet<>();

    /** @throws IllegalArgumentException if no column holds the text */
    public RowCheck(List<FileColumn> columns) {
        this.columns = columns;
        text = indexOf(ColumnUse.TEXT);
        id = indexOf(ColumnUse.ID);
        label = indexOf(ColumnUse.LABEL);
        suggestion = indexOf(ColumnUse.SUGGESTION);
        score = indexOf(ColumnUse.SUGGESTION_SCORE);
        source = indexOf(ColumnUse.SUGGESTION_SOURCE);
        if (text < 0) {
            throw new IllegalArgumentException("No column holds the text");
        }
        columns.stream().filter(column -> column.use() != ColumnUse.METADATA).map(FileColumn::name).forEach(notMetadata::add);
    }

    public CheckedRow check(FileRow row) {
        if (row.problem() != null) {
            return CheckedRow.refused(row.number(), row.problem());
        }
        if (row.fields().size() != columns.size()) {
            return CheckedRow.refused(row.number(), "%d columns instead of %d".formatted(row.fields().size(), columns.size()));
        }
        String body = row.fields().get(text);
        if (body.isBlank()) {
            return CheckedRow.refused(row.number(), "the text is empty");
        }
        if (body.length() > LONGEST_TEXT) {
            return CheckedRow.refused(row.number(), "the text has %,d characters, more than 100,000%s".formatted(body.length(),
                    row.json() == null && body.indexOf('\n') >= 0 ? " (a quote that is never closed?)" : ""));
        }
        if (row.json() != null && row.json().path(columns.get(text).name()).isContainerNode()) {
            return CheckedRow.refused(row.number(), "the text is a list or an object, not a text");
        }
        for (int column = 0; column < columns.size(); column++) {
            if (columns.get(column).use() != ColumnUse.IGNORED) {
                String name = columns.get(column).name();
                Optional<String> problem = Characters.problem(row.fields().get(column));
                if (problem.isPresent()) {
                    return CheckedRow.refused(row.number(), "'%s' %s".formatted(name, problem.get()));
                }
            }
        }
        NormalizedText normalized = NormalizedText.of(body);
        if (normalized.value().isEmpty()) {
            return CheckedRow.refused(row.number(), "the text is empty");
        }
        String externalId = id < 0 ? null : row.fields().get(id).strip();
        if (externalId != null && (externalId.isEmpty() || externalId.length() > LONGEST_ID)) {
            return CheckedRow.refused(row.number(), externalId.isEmpty() ? "the id is empty" : "the id is longer than 500 characters");
        }
        String metadata = metadata(row);
        if (metadata != null && metadata.getBytes(StandardCharsets.UTF_8).length > MOST_METADATA_BYTES) {
            return CheckedRow.refused(row.number(), "the metadata is larger than 32 KB");
        }
        if (metadata != null && metadata.contains("\\u0000")) {
            return CheckedRow.refused(row.number(), "the metadata holds control characters (NUL): binary data?");
        }
        String known = label < 0 ? "" : row.fields().get(label).strip();
        CheckedRow.Suggested suggested = suggested(row.fields());
        return new CheckedRow(row.number(), body, externalId, known.isEmpty() ? null : known, metadata,
                normalized.fingerprint(), suggested, leftOut(row, suggested), null);
    }

    private CheckedRow.Suggested suggested(List<String> fields) {
        String proposed = suggestion < 0 ? "" : fields.get(suggestion).strip();
        if (proposed.isEmpty()) {
            return null;
        }
        String model = source < 0 ? "" : fields.get(source).strip();
        return new CheckedRow.Suggested(proposed, score < 0 ? null : sureness(fields.get(score)),
                model.isEmpty() ? null : model.substring(0, Math.min(LONGEST_SOURCE, model.length())));
    }

    private List<LeftOut> leftOut(FileRow row, CheckedRow.Suggested suggested) {
        boolean odd = suggested != null && suggested.score() == null && score >= 0 && !row.fields().get(score).isBlank();
        return odd ? Stream.concat(row.leftOut().stream(), Stream.of(LeftOut.ODD_SCORE)).toList() : row.leftOut();
    }

    /** Null unless it is a number from 0 to 1: scores of other scales cannot be compared with ours. */
    private static Float sureness(String field) {
        try {
            float value = Float.parseFloat(field.strip());
            return value >= 0 && value <= 1 ? value : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** JSON values keep their types; what a JSON line holds beyond the known columns is kept too. */
    private String metadata(FileRow row) {
        ObjectNode object = JSON.createObjectNode();
        if (row.json() != null) {
            for (var field : row.json().properties()) {
                JsonNode value = field.getValue();
                if (!notMetadata.contains(field.getKey()) && !value.isNull()) {
                    object.set(field.getKey(), value);
                }
            }
        } else {
            for (int column = 0; column < columns.size(); column++) {
                String value = row.fields().get(column);
                if (columns.get(column).use() == ColumnUse.METADATA && !value.isEmpty()) {
                    object.put(columns.get(column).name(), value);
                }
            }
        }
        return object.isEmpty() ? null : object.toString();
    }

    private int indexOf(ColumnUse use) {
        for (int column = 0; column < columns.size(); column++) {
            if (columns.get(column).use() == use) {
                return column;
            }
        }
        return -1;
    }
}
