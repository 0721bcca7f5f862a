package org.laudable.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.laudable.dataset.ExportWriter;

/** Rows with what a model says of them, in one format. The first row says which columns there are. */
interface ScoredRows extends AutoCloseable {

    /** @param said what the model adds; a null is left empty */
    void write(InputRows.Row row, Map<String, ?> said) throws IOException;

    @Override
    void close() throws IOException;

    static ScoredRows to(OutputStream out, boolean jsonl) {
        Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        return jsonl ? new JsonLines(writer) : new Csv(writer);
    }

    /** What the model adds must not hide a column of the same name. */
    private static Map<String, Object> joined(Map<String, ?> row, Map<String, ?> said) {
        Map<String, Object> all = new LinkedHashMap<>(row);
        said.forEach((name, value) -> all.put(row.containsKey(name) ? "predicted_" + name : name, value));
        return all;
    }

    /** Separated by commas; no cell is a formula. */
    final class Csv implements ScoredRows {
        private final Writer out;
        private final CsvWriter csv;
        private boolean begun;

        Csv(Writer out) {
            this.out = out;
            this.csv = CsvWriter.builder().build(out);
        }

        @Override
        public void write(InputRows.Row row, Map<String, ?> said) {
            Map<String, Object> all = joined(row.fields(), said);
            if (!begun) {
                begun = true;
                csv.writeRecord(all.keySet().stream().map(ExportWriter::harmless).toList());
            }
            List<String> cells = new ArrayList<>();
            for (Object value : all.values()) {
                cells.add(value == null ? "" : value instanceof Number || value instanceof Boolean ? value.toString() : harmless(value.toString()));
            }
            csv.writeRecord(cells);
        }

        /** A number that was read may begin with its sign. */
        private static String harmless(String cell) {
            return cell.matches("[+-]?[0-9.]+([eE][+-]?[0-9]+)?") ? cell : ExportWriter.harmless(cell);
        }

        @Override
        public void close() throws IOException {
            csv.flush();
            out.close();
        }
    }

    /** One JSON object a line. */
    final class JsonLines implements ScoredRows {
        private static final ObjectMapper JSON = new ObjectMapper();
        private final Writer out;

        JsonLines(Writer out) {
            this.out = out;
        }

        @Override
        public void write(InputRows.Row row, Map<String, ?> said) throws IOException {
            ObjectNode line = JSON.createObjectNode();
            Map<String, Object> read = new LinkedHashMap<>(row.fields());
            if (row.json() != null) {
                read.clear();
                row.json().properties().forEach(field -> read.put(field.getKey(), field.getValue()));
            }
            joined(read, said).forEach((name, value) -> line.set(name, JSON.valueToTree(value)));
            out.write(JSON.writeValueAsString(line));
            out.write('\n');
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
