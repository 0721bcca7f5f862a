package org.laudable.dataset.file;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

/** Rows of a file with one JSON object a line. */
final class JsonRows extends RowReader {
    private static final int LONGEST_LINE = 4_000_000;
    private static final int LOOKED_AT = 1_000;
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    private final BufferedReader reader;
    private final List<String> columns;
    private final Queue<FileRow> waiting = new ArrayDeque<>();
    private long line;

    JsonRows(Reader reader, List<String> known) throws IOException {
        this.reader = new BufferedReader(reader, 1 << 16);
        columns = known.isEmpty() ? lookAhead() : known;
    }

    @Override
    public List<String> columns() {
        return columns;
    }

    @Override
    public Optional<FileRow> next() throws IOException {
        return Optional.ofNullable(waiting.isEmpty() ? read() : waiting.remove()).map(this::inColumns);
    }

    private FileRow inColumns(FileRow row) {
        return row.json() == null ? row : new FileRow(row.number(),
                columns.stream().map(name -> value(row.json().get(name))).toList(), row.json(), null);
    }

    private List<String> lookAhead() throws IOException {
        Set<String> names = new LinkedHashSet<>();
        for (FileRow row = read(); row != null; row = read()) {
            waiting.add(row);
            if (row.json() != null) {
                row.json().fieldNames().forEachRemaining(names::add);
            }
            if (waiting.size() >= LOOKED_AT) {
                break;
            }
        }
        return List.copyOf(names);
    }

    private FileRow read() throws IOException {
        String text;
        do {
            text = readLine();
            if (text == null) {
                return null;
            }
        } while (text.isBlank());
        if (text.length() > LONGEST_LINE) {
            return FileRow.unreadable(line, text, "the line is longer than 4,000,000 characters");
        }
        try {
            JsonNode node = JSON.readTree(text);
            return node instanceof ObjectNode object
                    ? new FileRow(line, List.of(), object, null)
                    : FileRow.unreadable(line, text, "the line is no JSON object");
        } catch (JsonProcessingException e) {
            return FileRow.unreadable(line, text, "the line is not valid JSON: " + e.getOriginalMessage());
        }
    }

    /** A line without its end; one that is too long comes back one character longer than allowed. */
    private String readLine() throws IOException {
        StringBuilder out = new StringBuilder();
        for (int c = reader.read(); c >= 0; c = reader.read()) {
            if (c == '\n') {
                line++;
                return out.toString();
            }
            if (c != '\r' && out.length() <= LONGEST_LINE) {
                out.append((char) c);
            }
        }
        if (out.isEmpty()) {
            return null;
        }
        line++;
        return out.toString();
    }

    private static String value(JsonNode node) {
        return node == null || node.isNull() ? "" : node.isValueNode() ? node.asText() : node.toString();
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
