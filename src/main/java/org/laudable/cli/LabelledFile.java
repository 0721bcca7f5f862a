package org.laudable.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.laudable.engine.text.replay.LabelledTexts;

/** Reads texts with their labels from CSV, TSV or JSON Lines. Rows without a text or label are left out and counted. */
final class LabelledFile {

    private final Path file;
    private final String text;
    private final String label;
    private final Optional<String> split;
    private final List<String> texts = new ArrayList<>();
    private final List<String> labels = new ArrayList<>();
    private final List<String> splits = new ArrayList<>();
    private int leftOut;

    private LabelledFile(Path file, String text, String label, Optional<String> split) {
        this.file = file;
        this.text = text;
        this.label = label;
        this.split = split;
    }

    /**
     * Reads a whole file.
     *
     * @throws CommandFailed if it cannot be read, lacks a column, or holds no two classes
     */
    static LabelledTexts read(Path file, String text, String label, Optional<String> split, Consumer<String> notes) {
        if (!Files.isRegularFile(file)) {
            throw new CommandFailed("There is no file " + file + ".");
        }
        LabelledFile reader = new LabelledFile(file, text, label, split);
        try {
            if (reader.extension().matches("jsonl|ndjson|json")) {
                reader.readJsonLines();
            } else {
                reader.readCsv();
            }
        } catch (CharacterCodingException e) {
            throw new CommandFailed(file + " is not UTF-8; convert it first.", e);
        } catch (IOException | CsvParseException e) {
            throw new CommandFailed("%s could not be read: %s".formatted(file, e.getMessage()), e);
        }
        return reader.result(notes);
    }

    private LabelledTexts result(Consumer<String> notes) {
        if (leftOut > 0) {
            notes.accept("%,d rows without a text or a label were left out.".formatted(leftOut));
        }
        if (labels.stream().distinct().count() < 2) {
            throw new CommandFailed("%s holds %,d usable rows with %d class(es) in column '%s'; a replay needs at least two classes."
                    .formatted(file, texts.size(), labels.stream().distinct().count(), label));
        }
        String name = file.getFileName().toString();
        return LabelledTexts.of(name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : name, texts, labels, splits);
    }

    private String extension() {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private void readCsv() throws IOException {
        char separator = separator();
        try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            skipByteOrderMark(in);
            try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().fieldSeparator(separator).ofNamedCsvRecord(in)) {
                boolean first = true;
                for (NamedCsvRecord row : csv) {
                    if (first) {
                        requireColumns(row.getHeader());
                        first = false;
                    }
                    add(row.findField(text).orElse(""), row.findField(label).orElse(""), split.flatMap(row::findField).orElse(""));
                }
            } catch (java.io.UncheckedIOException e) {
                throw e.getCause();
            }
        }
    }

    private static void skipByteOrderMark(BufferedReader in) throws IOException {
        in.mark(1);
        if (in.read() != '\uFEFF') {
            in.reset();
        }
    }

    /** A tab if the first line has one, else a semicolon if it has that and no comma, else a comma. */
    private char separator() throws IOException {
        try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            String header = Optional.ofNullable(in.readLine()).orElse("");
            return header.contains("\t") ? '\t' : header.contains(";") && !header.contains(",") ? ';' : ',';
        }
    }

    private void readJsonLines() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            skipByteOrderMark(in);
            boolean first = true;
            int number = 0;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                number++;
                if (line.isBlank()) {
                    continue;
                }
                JsonNode row = parse(mapper, line, number);
                if (first) {
                    List<String> names = new ArrayList<>();
                    row.fieldNames().forEachRemaining(names::add);
                    requireColumns(names);
                    first = false;
                }
                add(row.path(text).asText(""), row.path(label).asText(""), split.map(s -> row.path(s).asText("")).orElse(""));
            }
        }
    }

    private JsonNode parse(ObjectMapper mapper, String line, int number) {
        try {
            JsonNode row = mapper.readTree(line);
            if (row.isObject()) {
                return row;
            }
        } catch (JsonProcessingException e) {
            throw new CommandFailed("Line %,d of %s is not JSON: %s".formatted(number, file, e.getOriginalMessage()), e);
        }
        throw new CommandFailed("Line %,d of %s is not a JSON object.".formatted(number, file));
    }

    private void requireColumns(List<String> columns) {
        List<String> wanted = new ArrayList<>(List.of(text, label));
        split.ifPresent(wanted::add);
        for (String name : wanted) {
            if (!columns.contains(name)) {
                throw new CommandFailed("%s has no column '%s'; it has %s.".formatted(file, name, String.join(", ", columns)));
            }
        }
    }

    private void add(String textValue, String labelValue, String splitValue) {
        if (textValue.isBlank() || labelValue.isBlank()) {
            leftOut++;
            return;
        }
        texts.add(textValue);
        labels.add(labelValue.strip());
        if (split.isPresent()) {
            splits.add(splitValue.strip());
        }
    }
}
