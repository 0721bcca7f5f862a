package org.laudable.dataset.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A row as read.
 *
 * @param number  the line it starts at, the file's first line being 1
 * @param fields  one value per column, in the columns' order; fewer or more if the row is malformed
 * @param json    the whole object of a JSON text; null for other files
 * @param problem why it cannot be read at all; null if it can
 * @param leftOut what another tool's row said that has no place here
 */
public record FileRow(long number, List<String> fields, ObjectNode json, String problem, List<LeftOut> leftOut) {
    private static final int SHOWN = 2_000;

    static FileRow of(long number, List<String> fields) {
        return new FileRow(number, fields, null, null, List.of());
    }

    static FileRow of(long number, Translated row) {
        return new FileRow(number, List.of(), row.row(), null, row.leftOut());
    }

    static FileRow unreadable(long number, String line, String problem) {
        return new FileRow(number, List.of(line), null, problem, List.of());
    }

    /** The same with a field for each column; a row without an object stays as it is. */
    FileRow in(List<String> columns) {
        return json == null ? this : new FileRow(number, columns.stream().map(name -> value(json.get(name))).toList(), json, problem, leftOut);
    }

    private static String value(JsonNode node) {
        return node == null || node.isNull() ? "" : node.isValueNode() ? node.asText() : node.toString();
    }

    /** The row in one line for a report, cut at 2,000 characters, without what a database cannot hold. */
    public String content() {
        StringBuilder out = new StringBuilder();
        for (String field : fields) {
            if (!out.isEmpty()) {
                out.append('\t');
            }
            out.append(field, 0, Math.min(field.length(), SHOWN));
            if (out.length() >= SHOWN) {
                break;
            }
        }
        out.setLength(Math.min(out.length(), SHOWN));
        return Characters.printable(out);
    }
}
