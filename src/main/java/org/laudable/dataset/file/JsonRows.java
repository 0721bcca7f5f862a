package org.laudable.dataset.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

/** Rows of a file of JSON objects, one a line or all in one list, said in flat columns where another tool wrote them. */
final class JsonRows extends RowReader {
    static final int DEEPEST = 100;
    private static final int LOOKED_AT = 1_000;
    private static final int MOST_COLUMNS = 1_000;
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build()).build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    private final JsonTexts texts;
    private final Translation translation;
    private final boolean translated;
    private final List<String> columns;
    private final Queue<FileRow> waiting = new ArrayDeque<>();

    JsonRows(Reader reader, FileFormat format, List<String> known) throws IOException, UnreadableFile {
        texts = JsonTexts.of(reader, format.kind() == FileFormat.Kind.JSON);
        translation = format.shape().translation();
        translated = format.shape() != Shape.PLAIN;
        columns = known.isEmpty() ? lookAhead() : known;
    }

    @Override
    public List<String> columns() {
        return columns;
    }

    @Override
    public Optional<FileRow> next() throws IOException, UnreadableFile {
        return Optional.ofNullable(waiting.isEmpty() ? read() : waiting.remove()).map(row -> row.in(columns));
    }

    private List<String> lookAhead() throws IOException, UnreadableFile {
        Set<String> names = new LinkedHashSet<>();
        for (FileRow row = read(); row != null; row = read()) {
            waiting.add(row);
            if (row.json() != null) {
                row.json().fieldNames().forEachRemaining(names::add);
            }
            if (names.size() > MOST_COLUMNS) {
                throw new UnreadableFile("The objects of this file have more than 1,000 different fields. Put what varies into one field, or leave it out.");
            }
            if (waiting.size() >= LOOKED_AT) {
                break;
            }
        }
        return translated ? Translation.inOrder(names) : List.copyOf(names);
    }

    private FileRow read() throws IOException, UnreadableFile {
        String text = texts.next();
        if (text == null) {
            return null;
        }
        long number = texts.number();
        if (text.length() > JsonTexts.LONGEST) {
            return FileRow.unreadable(number, text, "the %s is longer than 4,000,000 characters".formatted(texts.noun()));
        }
        try {
            JsonNode node = JSON.readTree(text);
            if (!(node instanceof ObjectNode object)) {
                return FileRow.unreadable(number, text, "the %s is no JSON object".formatted(texts.noun()));
            }
            Translated row = translation.of(object);
            return row.problem() != null ? FileRow.unreadable(number, text, row.problem()) : FileRow.of(number, row);
        } catch (JsonProcessingException e) {
            return FileRow.unreadable(number, text, "the %s is not valid JSON: %s".formatted(texts.noun(), e.getOriginalMessage()));
        }
    }

    /** The objects of a file's beginning, however it ends; for finding out whose they are. */
    static List<ObjectNode> sample(Reader head, boolean list, int most) throws IOException {
        List<ObjectNode> found = new java.util.ArrayList<>();
        try (JsonTexts texts = JsonTexts.of(head, list)) {
            for (String text = texts.next(); text != null && found.size() < most; text = texts.next()) {
                try {
                    if (text.length() <= JsonTexts.LONGEST && JSON.readTree(text) instanceof ObjectNode object) {
                        found.add(object);
                    }
                } catch (JsonProcessingException e) {
                    continue; // a bad row says nothing of the others
                }
            }
        } catch (UnreadableFile e) {
            return found; // the head ends in the middle of an item
        }
        return found;
    }

    @Override
    public void close() throws IOException {
        texts.close();
    }
}
