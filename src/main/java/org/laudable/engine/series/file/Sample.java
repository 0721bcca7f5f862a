package org.laudable.engine.series.file;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The first rows of a table.
 *
 * @param header names of the columns; null: the first row is data
 */
record Sample(char delimiter, String[] header, List<String[]> rows) {

    static Sample of(byte[] head, int limit, int mostRows) throws IOException, UnreadableSource {
        for (int i = 0; i < head.length && !utf16(head); i++) {
            if (head[i] == 0) {
                throw new UnreadableSource("This is not a text file. Series are read from CSV, TXT, Parquet, gzip and zip files.");
            }
        }
        char delimiter = delimiter(head);
        List<String[]> rows = new ArrayList<>();
        try (CsvTable table = new CsvTable(new ByteArrayInputStream(head), delimiter)) {
            for (String[] row = table.next(); row != null && rows.size() <= mostRows; row = table.next()) {
                rows.add(row);
            }
        }
        if (head.length == limit && rows.size() > 2) {
            rows.removeLast();
        }
        if (rows.isEmpty()) {
            throw new UnreadableSource("The file has no rows.");
        }
        boolean header = isHeader(rows);
        String[] names = header ? named(rows.getFirst()) : null;
        return new Sample(delimiter, names, header ? rows.subList(1, rows.size()) : rows);
    }

    /** The first rows of a table that names its columns. */
    static Sample of(Table table, int mostRows) throws IOException, UnreadableSource {
        String[] names = named(table.next());
        List<String[]> rows = new ArrayList<>();
        for (String[] row = table.next(); row != null && rows.size() < mostRows; row = table.next()) {
            rows.add(row);
        }
        return new Sample(',', names, rows);
    }

    int width() {
        return header != null ? header.length : rows.getFirst().length;
    }

    String field(int row, int column) {
        String[] fields = rows.get(row);
        return column < fields.length ? fields[column].strip() : "";
    }

    /** Whether every field is a number or a gap. */
    boolean numeric() {
        for (String[] row : rows) {
            for (String field : row) {
                if (Double.isNaN(Numbers.parse(field)) && !Numbers.gap(field)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Whether it is one column of 0 and 1. */
    boolean binary() {
        for (String[] row : rows) {
            if (row.length != 1 || !row[0].strip().matches("[01](\\.0+)?")) {
                return false;
            }
        }
        return true;
    }

    private static boolean utf16(byte[] head) {
        return head.length > 1 && (head[0] == (byte) 0xff && head[1] == (byte) 0xfe || head[0] == (byte) 0xfe && head[1] == (byte) 0xff);
    }

    private static char delimiter(byte[] head) {
        Charset charset = utf16(head) ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
        String[] lines = new String(head, 0, Math.min(head.length, 1 << 14), charset).split("\r\n|\n|\r", 12);
        char best = ',';
        long most = 0;
        for (char candidate : new char[] {',', ';', '\t', '|'}) {
            long least = Long.MAX_VALUE;
            for (int i = 0; i < Math.min(lines.length - (lines.length > 1 ? 1 : 0), 10); i++) {
                if (!lines[i].isBlank()) {
                    least = Math.min(least, lines[i].chars().filter(c -> c == candidate).count());
                }
            }
            boolean stronger = candidate == ';' ? least >= most && least > 0 && least != Long.MAX_VALUE : least > most && least != Long.MAX_VALUE;
            if (stronger) {
                most = least;
                best = candidate;
            }
        }
        return best;
    }

    /** The first row has a name where the others have numbers or times. */
    private static boolean isHeader(List<String[]> rows) {
        String[] first = rows.getFirst();
        for (String field : first) {
            String bare = field.strip();
            if (bare.isEmpty() || !Double.isNaN(Numbers.parse(bare)) || ColumnGuess.isTime(bare)) {
                continue;
            }
            if (!Numbers.gap(bare) && !Numbers.infinite(bare)) {
                return true;
            }
        }
        return false;
    }

    private static String[] named(String[] row) {
        String[] names = new String[row.length];
        List<String> taken = new ArrayList<>();
        for (int i = 0; i < row.length; i++) {
            String base = row[i].strip().isEmpty() ? "column-" + (i + 1) : row[i].strip();
            String name = base.length() > 150 ? base.substring(0, 150) : base;
            for (int n = 2; taken.contains(name); n++) {
                name = base + "-" + n;
            }
            taken.add(name);
            names[i] = name;
        }
        return names;
    }
}
