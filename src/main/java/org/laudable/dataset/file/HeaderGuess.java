package org.laudable.dataset.file;

import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/** Tells whether a file's first row names the columns. */
final class HeaderGuess {
    private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9][0-9.,:/ eE+-]*");

    private HeaderGuess() {}

    static boolean isHeader(List<List<String>> rows) {
        if (rows.isEmpty()) {
            return false;
        }
        List<String> first = rows.getFirst().stream().map(String::strip).toList();
        if (first.stream().anyMatch(name -> name.isEmpty() || name.length() > 64 || NUMBER.matcher(name).matches())
                || new HashSet<>(first).size() < first.size()) {
            return false;
        }
        if (first.stream().anyMatch(ColumnGuess::isKnownName)) {
            return true;
        }
        List<List<String>> body = rows.subList(1, rows.size()).stream().filter(row -> row.size() == first.size()).toList();
        if (body.isEmpty() || first.size() == 1) {
            return false;
        }
        for (int column = 0; column < first.size(); column++) {
            int at = column;
            boolean numbers = body.stream().allMatch(row -> NUMBER.matcher(row.get(at).strip()).matches());
            double length = body.stream().mapToInt(row -> row.get(at).length()).average().orElse(0);
            if (numbers || length > 2.5 * first.get(column).length() && length > 20) {
                return true;
            }
        }
        return false;
    }
}
