package org.laudable.dataset;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** An export separated by commas, with a header. */
final class CsvExport implements ExportWriter {
    private static final List<String> HEADER = List.of("id", "text", "label", "outcome", "origin", "confidence", "annotators",
            "labeled_at", "seconds", "model_version", "known_label", "metadata");

    private final CsvWriter csv;

    CsvExport(OutputStream out) {
        csv = CsvWriter.builder().build(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        csv.writeRecord(HEADER);
    }

    @Override
    public void write(ExportedRow row) {
        csv.writeRecord(Stream.of(row.id(), row.text(), row.label(), row.outcome(), row.by(), row.confidence(),
                        String.join(" ", row.annotators()), row.labeledAt(), row.seconds(), row.modelVersion(),
                        row.knownLabel(), row.metadata())
                .map(value -> value == null ? "" : value instanceof Number ? value.toString() : ExportWriter.harmless(value.toString()))
                .toList());
    }

    @Override
    public void close() throws IOException {
        csv.close();
    }
}
