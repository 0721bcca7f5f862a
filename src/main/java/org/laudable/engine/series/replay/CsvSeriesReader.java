package org.laudable.engine.series.replay;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.laudable.engine.series.Series;

/** Wide CSV: a time column first (or named so), a label column, every other column a channel. */
final class CsvSeriesReader {

    private CsvSeriesReader() {
    }

    static List<LabelledSeries> read(Path folder, String... labelNames) throws IOException {
        List<LabelledSeries> all = new ArrayList<>();
        for (Path file : SeriesFiles.below(folder, name -> name.endsWith(".csv") || name.endsWith(".csv.gz"))) {
            all.add(file(file, labelNames));
        }
        return all;
    }

    private record Row(long seconds, double[] values, boolean anomalous) {
    }

    private static LabelledSeries file(Path file, String... labelNames) throws IOException {
        List<CsvRecord> lines = records(file);
        if (lines.size() < 2) {
            throw new UnreadableSeries("%s has no rows.".formatted(file.getFileName()));
        }
        String[] header = lines.getFirst().getFields().toArray(new String[0]);
        int label = column(header, labelNames);
        int time = Math.max(0, column(header, "timestamp", "time", "timestamps", "date", "datetime"));
        if (label < 0) {
            throw new UnreadableSeries("%s has no column %s.".formatted(file.getFileName(), String.join(" or ", labelNames)));
        }
        List<Integer> channels = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int c = 0; c < header.length; c++) {
            if (c != label && c != time) {
                channels.add(c);
                names.add(header[c].strip());
            }
        }
        List<Row> rows = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            String[] fields = lines.get(i).getFields().toArray(new String[0]);
            if (fields.length != header.length) {
                throw new UnreadableSeries("%s, line %d: %d fields, the header has %d."
                        .formatted(file.getFileName(), i + 1, fields.length, header.length));
            }
            double[] values = new double[channels.size()];
            for (int c = 0; c < values.length; c++) {
                values[c] = SeriesFiles.number(fields[channels.get(c)], file, i + 1);
            }
            double truth = SeriesFiles.number(fields[label], file, i + 1);
            rows.add(new Row(SeriesFiles.seconds(fields[time], file, i + 1), values, truth > 0));
        }
        rows.sort(Comparator.comparingLong(Row::seconds));
        return series(SeriesFiles.stem(file), names, rows);
    }

    private static List<CsvRecord> records(Path file) throws IOException {
        try (CsvReader<CsvRecord> csv = CsvReader.builder().ofCsvRecord(String.join("\n", SeriesFiles.lines(file)))) {
            return csv.stream().toList();
        } catch (CsvParseException e) {
            throw new UnreadableSeries("%s is not CSV: %s".formatted(file.getFileName(), e.getMessage()), e);
        }
    }

    private static LabelledSeries series(String name, List<String> names, List<Row> rows) {
        int n = rows.size();
        long[] seconds = new long[n];
        double[][] values = new double[names.size()][n];
        boolean[] anomalous = new boolean[n];
        for (int t = 0; t < n; t++) {
            seconds[t] = rows.get(t).seconds();
            anomalous[t] = rows.get(t).anomalous();
            for (int c = 0; c < values.length; c++) {
                values[c][t] = rows.get(t).values()[c];
            }
        }
        return new LabelledSeries(new Series(name, names, seconds, values, 0), anomalous);
    }

    private static int column(String[] header, String... names) {
        for (String name : names) {
            for (int c = 0; c < header.length; c++) {
                if (header[c].strip().toLowerCase(Locale.ROOT).equals(name)) {
                    return c;
                }
            }
        }
        return -1;
    }
}
