package org.laudable.anomaly;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.laudable.dataset.ExportWriter;
import org.laudable.engine.parquet.ParquetSink;
import org.laudable.engine.parquet.ParquetSink.Column;
import org.laudable.engine.parquet.ParquetSink.Kind;

/** Writes the points of a series with what is said of each. */
interface PointTable extends Closeable {

    /**
     * @param score   NaN before there is one
     * @param flagged whether it is beyond the cut; counts only with a score
     * @param label   null: nobody says anything
     */
    void write(long millis, double[] values, double score, boolean flagged, String label, String origin) throws IOException;

    static PointTable to(OutputStream out, PointFormat format, List<String> channels) throws IOException {
        return format == PointFormat.CSV ? new Csv(out, channels) : new Parquet(out, channels);
    }

    /** Separated by commas; a value that is missing is an empty field. */
    final class Csv implements PointTable {
        private final CsvWriter csv;
        private final String[] row;

        Csv(OutputStream out, List<String> channels) {
            csv = CsvWriter.builder().build(new OutputStreamWriter(out, StandardCharsets.UTF_8));
            row = new String[channels.size() + 5];
            fill("time", "score", "flagged", "label", "origin");
            for (int c = 0; c < channels.size(); c++) {
                row[1 + c] = ExportWriter.harmless(channels.get(c));
            }
            csv.writeRecord(row);
        }

        @Override
        public void write(long millis, double[] values, double score, boolean flagged, String label, String origin) {
            for (int c = 0; c < values.length; c++) {
                row[1 + c] = Double.isNaN(values[c]) ? "" : number(values[c]);
            }
            boolean scored = !Double.isNaN(score);
            fill(Instant.ofEpochMilli(millis).toString(), scored ? Double.toString(rounded(score)) : "", !scored ? "" : flagged ? "1" : "0",
                    label == null ? "" : label, origin == null ? "" : origin);
            csv.writeRecord(row);
        }

        private void fill(String time, String... last) {
            row[0] = time;
            System.arraycopy(last, 0, row, row.length - last.length, last.length);
        }

        private static String number(double value) {
            return value == Math.rint(value) && Math.abs(value) < 1e15 ? Long.toString((long) value) : Double.toString(value);
        }

        @Override
        public void close() throws IOException {
            csv.close();
        }
    }

    /** A column a channel; a value that is missing is null. */
    final class Parquet implements PointTable {
        private final ParquetSink sink;

        Parquet(OutputStream out, List<String> channels) throws IOException {
            List<String> names = new ArrayList<>(List.of("time", "score", "flagged", "label", "origin"));
            List<Column> columns = new ArrayList<>(List.of(new Column("time", Kind.TIME)));
            for (String channel : channels) {
                String name = channel;
                for (int n = 2; names.contains(name); n++) {
                    name = channel + "-" + n;
                }
                names.add(name);
                columns.add(new Column(name, Kind.DOUBLE));
            }
            columns.addAll(List.of(new Column("score", Kind.DOUBLE), new Column("flagged", Kind.BOOLEAN), new Column("label", Kind.TEXT),
                    new Column("origin", Kind.TEXT)));
            sink = new ParquetSink(out, columns, Map.of());
        }

        @Override
        public void write(long millis, double[] values, double score, boolean flagged, String label, String origin) throws IOException {
            Object[] row = new Object[values.length + 5];
            row[0] = millis;
            for (int c = 0; c < values.length; c++) {
                row[1 + c] = Double.isNaN(values[c]) ? null : (Object) values[c];
            }
            row[values.length + 1] = Double.isNaN(score) ? null : (Object) rounded(score);
            row[values.length + 2] = Double.isNaN(score) ? null : (Object) flagged;
            row[values.length + 3] = label;
            row[values.length + 4] = origin;
            sink.write(row);
        }

        @Override
        public void close() throws IOException {
            sink.close();
        }
    }

    private static double rounded(double score) {
        return Math.round(score * 1e5) / 1e5;
    }
}
