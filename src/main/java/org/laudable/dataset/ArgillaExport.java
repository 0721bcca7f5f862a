package org.laudable.dataset;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.laudable.engine.parquet.ParquetSink;
import org.laudable.engine.parquet.ParquetSink.Column;
import org.laudable.engine.parquet.ParquetSink.Kind;

/**
 * An export as Argilla writes its datasets, with one question, {@code label}: a response for each person who said so
 * ('none of these' is a completed record without one), what models say as the suggestion.
 */
final class ArgillaExport implements ExportWriter {
    private static final List<Column> COLUMNS = List.of(new Column("id", Kind.TEXT), new Column("status", Kind.TEXT),
            new Column("text", Kind.TEXT), new Column("label.suggestion", Kind.TEXT), new Column("label.suggestion.score", Kind.FLOAT),
            new Column("label.suggestion.agent", Kind.TEXT), new Column("label.responses", Kind.TEXTS),
            new Column("label.responses.users", Kind.TEXTS), new Column("label.responses.status", Kind.TEXTS),
            new Column("outcome", Kind.TEXT), new Column("origin", Kind.TEXT), new Column("labeled_at", Kind.TIME), new Column("metadata", Kind.TEXT));

    private final ParquetSink out;

    ArgillaExport(OutputStream stream) throws IOException {
        out = new ParquetSink(stream, COLUMNS, Map.of());
    }

    @Override
    public void write(ExportedRow row) throws IOException {
        boolean said = row.outcome() != null && row.byPeople();
        List<String> people = !said || row.label() == null ? List.of() : row.annotators().isEmpty() ? List.of(row.by()) : row.annotators();
        ExportedRow.Guess guess = row.label() != null && !said ? new ExportedRow.Guess(row.label(), row.confidence(), row.model())
                : row.guesses().isEmpty() ? new ExportedRow.Guess(null, null, null) : row.guesses().getFirst();
        out.write(row.id(), said ? "completed" : "pending", row.text(), guess.label(), guess.confidence(), guess.source(),
                Collections.nCopies(people.size(), row.label()), people, Collections.nCopies(people.size(), "submitted"), row.outcome(), row.by(),
                row.labeledAt() == null ? null : row.labeledAt().toEpochMilli(), row.metadata());
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
