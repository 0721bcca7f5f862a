package org.laudable.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.laudable.dataset.file.ColumnGuess;
import org.laudable.dataset.file.ColumnUse;
import org.laudable.engine.linear.FloatMatrix;
import org.laudable.engine.text.OnnxTextEncoder;
import org.laudable.engine.text.TextEncoder;
import org.laudable.engine.text.TextScorer;
import org.laudable.model.file.BundleFile;
import org.laudable.model.file.TextModelFile;
import org.laudable.model.file.UnusableBundle;

/** A text model over a file: reads, scores and writes some hundred rows at a time. */
final class TextPrediction {
    private static final int PIECE = 256;
    private static final int HEAD = 200;

    private final TextScorer scorer;
    private final String textColumn;
    private final boolean chances;

    /** @param textColumn null: to be found */
    TextPrediction(BundleFile model, String textColumn, boolean chances) throws IOException, UnusableBundle {
        this.scorer = TextModelFile.scorer(model);
        this.textColumn = textColumn;
        this.chances = chances;
    }

    /** @return the exit code: 0, also where single rows could not be read */
    int run(Path input, ScoredRows out, PrintWriter err) throws IOException {
        long refused = 0;
        try (InputRows rows = InputRows.open(input); TextEncoder encoder = OnnxTextEncoder.bgeSmall()) {
            Deque<InputRows.Row> head = new ArrayDeque<>();
            for (Optional<InputRows.Row> row = rows.next(); row.isPresent(); row = head.size() < HEAD ? rows.next() : Optional.empty()) {
                head.add(row.get());
            }
            if (head.isEmpty()) {
                throw new CommandFailed(input + " holds no rows.");
            }
            String column = textColumn == null ? found(rows, head, input) : rows.column(textColumn);
            List<InputRows.Row> piece = new ArrayList<>();
            for (Optional<InputRows.Row> row = next(head, rows); row.isPresent(); row = next(head, rows)) {
                piece.add(row.get());
                if (piece.size() == PIECE) {
                    refused += score(piece, column, encoder, out, err);
                    piece.clear();
                }
            }
            refused += score(piece, column, encoder, out, err);
        }
        if (refused > 0) {
            err.printf("Rows that got no label: %,d.%n", refused);
        }
        return 0;
    }

    private static Optional<InputRows.Row> next(Deque<InputRows.Row> head, InputRows rows) throws IOException {
        return head.isEmpty() ? rows.next() : Optional.of(head.poll());
    }

    private static String found(InputRows rows, Deque<InputRows.Row> head, Path input) {
        List<List<String>> sample = head.stream().filter(row -> row.problem() == null)
                .map(row -> row.fields().values().stream().map(value -> value == null ? "" : value).toList()).toList();
        return ColumnGuess.guess(rows.columns(), sample).stream().filter(column -> column.use() == ColumnUse.TEXT).findFirst()
                .orElseThrow(() -> new CommandFailed("Which column of %s holds the text? Say so with --text; it has %s."
                        .formatted(input, String.join(", ", rows.columns())))).name();
    }

    private int score(List<InputRows.Row> piece, String column, TextEncoder encoder, ScoredRows out, PrintWriter err) throws IOException {
        List<String> texts = piece.stream().filter(row -> readable(row, column)).map(row -> row.fields().get(column)).toList();
        Optional<FloatMatrix> p = texts.isEmpty() ? Optional.empty() : Optional.of(scorer.predict(texts, encoder.encodeAll(texts)));
        int at = 0;
        for (InputRows.Row row : piece) {
            if (readable(row, column)) {
                out.write(row, said(p.orElseThrow(), at++));
            } else {
                err.printf("Line %d: %s%n", row.number(), row.problem() != null ? row.problem() : "there is no text in column '" + column + "'");
                out.write(row, nothing());
            }
        }
        return piece.size() - texts.size();
    }

    private static boolean readable(InputRows.Row row, String column) {
        return row.problem() == null && row.fields().get(column) != null && !row.fields().get(column).isBlank();
    }

    private Map<String, Object> said(FloatMatrix p, int row) {
        Map<String, Object> said = new LinkedHashMap<>();
        int best = p.argMax(row);
        said.put("label", scorer.classes().get(best).name());
        said.put("confidence", p.get(row, best));
        if (chances) {
            for (int c = 0; c < p.cols(); c++) {
                said.put("chance " + scorer.classes().get(c).name(), p.get(row, c));
            }
        }
        return said;
    }

    private Map<String, Object> nothing() {
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("label", null);
        said.put("confidence", null);
        if (chances) {
            scorer.classes().forEach(one -> said.put("chance " + one.name(), null));
        }
        return said;
    }
}
