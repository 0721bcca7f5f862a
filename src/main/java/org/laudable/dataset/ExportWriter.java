package org.laudable.dataset;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Writes exported rows in one format, text in UTF-8, with the memory of a few rows. */
public interface ExportWriter extends AutoCloseable {
    void write(ExportedRow row) throws IOException;

    @Override
    void close() throws IOException;

    /** @param classes the names of the project's classes in their order */
    static ExportWriter to(OutputStream out, ExportFormat format, List<String> classes) throws IOException {
        return switch (format) {
            case CSV -> new CsvExport(out);
            case JSONL -> new JsonLinesExport(out);
            case LABEL_STUDIO -> new LabelStudioExport(out);
            case DOCCANO -> new DoccanoExport(out);
            case PRODIGY -> new ProdigyExport(out, classes);
            case SPACY -> new SpacyExport(out, classes);
            case PARQUET -> ParquetExport.names(out);
            case HUGGING_FACE -> ParquetExport.numbers(out, classes);
            case ARGILLA -> new ArgillaExport(out);
        };
    }

    /**
     * A cell no spreadsheet takes for a formula: one that begins like a formula gets an apostrophe in front.
     */
    static String harmless(String cell) {
        return !cell.isEmpty() && "=+-@\t\r".indexOf(cell.charAt(0)) >= 0 ? "'" + cell : cell;
    }
}
