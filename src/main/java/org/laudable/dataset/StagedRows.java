package org.laudable.dataset;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.laudable.dataset.file.CheckedRow;

/** A batch of rows in the text format of PostgreSQL's COPY. */
final class StagedRows {
    /** The columns, in the order in which {@link #add} writes them. */
    static final String COLUMNS = "row_number, body, fingerprint, external_id, metadata, known_class_id, shuffle, suggested_class_id, suggested_confidence, suggested_source";

    private static final String NULL = "\\N";

    private final StringBuilder text = new StringBuilder();

    /**
     * Adds a row; returns how many characters it takes.
     *
     * @param knownClass     null if it has none
     * @param suggestedClass null if it has none
     * @param source         who suggests it, if the row does not say
     */
    int add(CheckedRow row, String externalId, Long knownClass, int shuffle, Long suggestedClass, String source) {
        int before = text.length();
        text.append(row.number()).append('\t');
        escaped(row.text());
        text.append("\t\\\\x").append(HexFormat.of().formatHex(row.fingerprint())).append('\t');
        escaped(externalId);
        text.append('\t');
        if (row.metadata() == null) {
            text.append(NULL);
        } else {
            escaped(row.metadata());
        }
        text.append('\t').append(knownClass == null ? NULL : knownClass.toString());
        text.append('\t').append(shuffle).append('\t');
        if (suggestedClass == null) {
            text.append(NULL).append('\t').append(NULL).append('\t').append(NULL);
        } else {
            Float score = row.suggested().score();
            text.append(suggestedClass).append('\t').append(score == null ? NULL : score.toString()).append('\t');
            escaped(row.suggested().source() == null ? source : row.suggested().source());
        }
        text.append('\n');
        return text.length() - before;
    }

    InputStream bytes() {
        return new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    void clear() {
        text.setLength(0);
    }

    private void escaped(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\\' -> text.append("\\\\");
                case '\t' -> text.append("\\t");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                default -> text.append(c);
            }
        }
    }
}
