package org.laudable.dataset.file;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Guesses from names and content what each column is for; a person confirms. */
public final class ColumnGuess {
    private static final List<String> TEXT = List.of("text", "texts", "body", "content", "sentence", "document", "utterance",
            "question", "query", "message", "comment", "review", "description", "title", "name", "beschreibung", "bezeichnung");
    private static final List<String> ID = List.of("id", "_id", "uid", "uuid", "key", "identifier", "external_id", "item_id",
            "row_id", "text_id", "sku", "nummer");
    private static final List<String> LABEL = List.of("label", "labels", "class", "category", "intent", "target", "topic",
            "gold", "sentiment", "klasse", "kategorie", "label_text", "category_name", "group");
    private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9]+([.,][0-9]+)?");

    private ColumnGuess() {}

    static boolean isKnownName(String name) {
        String folded = folded(name);
        return TEXT.contains(folded) || ID.contains(folded) || LABEL.contains(folded);
    }

    /**
     * One use per column: at most one text, one id, one label; the rest is metadata.
     *
     * @param rows a sample of the file
     */
    public static List<FileColumn> guess(List<String> names, List<List<String>> rows) {
        List<List<String>> body = rows.stream().filter(row -> row.size() == names.size()).toList();
        int text = text(names, body);
        int id = byName(names, ID, text).stream().filter(column -> unique(body, column)).findFirst().orElse(-1);
        int label = byName(names, LABEL, text).stream().filter(column -> column != id).findFirst().orElse(-1);
        List<FileColumn> columns = new ArrayList<>();
        for (int column = 0; column < names.size(); column++) {
            ColumnUse use = column == text ? ColumnUse.TEXT : column == id ? ColumnUse.ID
                    : column == label ? ColumnUse.LABEL : suggestion(names.get(column));
            columns.add(new FileColumn(names.get(column), use));
        }
        return columns;
    }

    /** What an own model says has names of its own; anything else is metadata. */
    private static ColumnUse suggestion(String name) {
        return switch (name) {
            case Translation.SUGGESTION -> ColumnUse.SUGGESTION;
            case Translation.SCORE -> ColumnUse.SUGGESTION_SCORE;
            case Translation.SOURCE -> ColumnUse.SUGGESTION_SOURCE;
            default -> ColumnUse.METADATA;
        };
    }

    /** A known name first; else the column with the longest, most varied values that are no numbers. */
    private static int text(List<String> names, List<List<String>> rows) {
        for (int column : byName(names, TEXT, -1)) {
            if (rows.isEmpty() || !numbers(rows, column)) {
                return column;
            }
        }
        int best = -1;
        double bestScore = 0;
        for (int column = 0; column < names.size(); column++) {
            int at = column;
            if (numbers(rows, column) || ID.contains(folded(names.get(column))) || LABEL.contains(folded(names.get(column)))) {
                continue;
            }
            double length = rows.stream().mapToInt(row -> row.get(at).length()).average().orElse(0);
            double variety = rows.isEmpty() ? 0 : values(rows, column).size() / (double) rows.size();
            if (length * variety > bestScore) {
                bestScore = length * variety;
                best = column;
            }
        }
        return best;
    }

    private static List<Integer> byName(List<String> names, List<String> known, int except) {
        List<Integer> found = new ArrayList<>();
        for (String name : known) {
            for (int column = 0; column < names.size(); column++) {
                if (column != except && folded(names.get(column)).equals(name)) {
                    found.add(column);
                }
            }
        }
        return found;
    }

    private static boolean numbers(List<List<String>> rows, int column) {
        return !rows.isEmpty() && rows.stream().allMatch(row -> NUMBER.matcher(row.get(column).strip()).matches());
    }

    /** Mostly: a few repeated ids are refused row by row later. */
    private static boolean unique(List<List<String>> rows, int column) {
        return 2 * values(rows, column).size() > rows.size();
    }

    private static Set<String> values(List<List<String>> rows, int column) {
        Set<String> values = new HashSet<>();
        rows.forEach(row -> values.add(row.get(column)));
        return values;
    }

    private static String folded(String name) {
        return name.strip().toLowerCase(Locale.ROOT).replace(' ', '_').replace('-', '_');
    }
}
