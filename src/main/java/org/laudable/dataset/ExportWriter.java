package org.laudable.dataset;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Writes exported rows in one format, in UTF-8. */
public interface ExportWriter extends AutoCloseable {
    void write(ExportedRow row) throws IOException;

    @Override
    void close() throws IOException;

    static ExportWriter to(OutputStream out, ExportFormat format) throws IOException {
        return switch (format) {
            case CSV -> new Csv(out);
            case JSONL -> new JsonLines(out);
        };
    }

    /**
     * A cell no spreadsheet takes for a formula: one that begins like a formula gets an apostrophe in front.
     */
    public static String harmless(String cell) {
        return !cell.isEmpty() && "=+-@\t\r".indexOf(cell.charAt(0)) >= 0 ? "'" + cell : cell;
    }

    /** Separated by commas, with a header. */
    final class Csv implements ExportWriter {
        private static final List<String> HEADER = List.of("id", "text", "label", "outcome", "origin", "confidence", "annotators",
                "labeled_at", "seconds", "model_version", "known_label", "metadata");

        private final CsvWriter csv;

        Csv(OutputStream out) {
            csv = CsvWriter.builder().build(new OutputStreamWriter(out, StandardCharsets.UTF_8));
            csv.writeRecord(HEADER);
        }

        @Override
        public void write(ExportedRow row) {
            csv.writeRecord(Stream.of(row.id(), row.text(), row.label(), row.outcome(), lower(row.origin()), row.confidence(),
                            String.join(" ", row.annotators()), row.labeledAt(), row.seconds(), row.modelVersion(),
                            row.knownLabel(), row.metadata())
                    .map(value -> value == null ? "" : value instanceof Number ? value.toString() : harmless(value.toString()))
                    .toList());
        }

        @Override
        public void close() throws IOException {
            csv.close();
        }
    }

    /** One JSON object a line. */
    final class JsonLines implements ExportWriter {
        private static final ObjectMapper JSON = new ObjectMapper();

        private final Writer out;
        private final JsonGenerator json;

        JsonLines(OutputStream stream) throws IOException {
            out = new OutputStreamWriter(stream, StandardCharsets.UTF_8);
            json = JSON.createGenerator(out).setRootValueSeparator(null);
            json.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
        }

        @Override
        public void write(ExportedRow row) throws IOException {
            json.writeStartObject();
            json.writeStringField("id", row.id());
            json.writeStringField("text", row.text());
            json.writeStringField("label", row.label());
            json.writeStringField("outcome", row.outcome());
            json.writeStringField("origin", lower(row.origin()));
            number("confidence", row.confidence());
            json.writeArrayFieldStart("annotators");
            for (String name : row.annotators()) {
                json.writeString(name);
            }
            json.writeEndArray();
            json.writeStringField("labeled_at", row.labeledAt() == null ? null : row.labeledAt().toString());
            number("seconds", row.seconds());
            number("model_version", row.modelVersion());
            json.writeStringField("known_label", row.knownLabel());
            json.writeFieldName("metadata");
            json.writeRawValue(row.metadata() == null ? "{}" : row.metadata());
            json.writeEndObject();
            json.writeRaw('\n');
        }

        private void number(String name, Number value) throws IOException {
            json.writeFieldName(name);
            if (value == null) {
                json.writeNull();
            } else {
                json.writeNumber(value.toString());
            }
        }

        @Override
        public void close() throws IOException {
            json.close();
        }
    }

    private static String lower(Origin origin) {
        return origin == null ? null : origin.name().toLowerCase(Locale.ROOT);
    }
}
