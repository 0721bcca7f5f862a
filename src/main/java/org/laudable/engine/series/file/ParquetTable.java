package org.laudable.engine.series.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.laudable.engine.parquet.ParquetRow;
import org.laudable.engine.parquet.ParquetSource;
import org.laudable.engine.parquet.UnreadableParquet;

/** Rows of a Parquet file; a row that cannot be read has no fields. */
final class ParquetTable implements Table {
    private final ParquetSource source;
    private final List<String> names;
    private long line;

    ParquetTable(SourceEntry entry) throws IOException, UnreadableSource {
        Path file = entry.file().orElseThrow(() ->
                new UnreadableSource("A Parquet file inside of an archive cannot be read. Drop it as it is: it is compressed already."));
        try {
            source = ParquetSource.open(file);
        } catch (UnreadableParquet e) {
            throw new UnreadableSource(e.getMessage());
        }
        names = source.columns();
    }

    static boolean isOne(SourceEntry entry) throws IOException {
        try (InputStream in = entry.open()) {
            return new String(in.readNBytes(4), StandardCharsets.ISO_8859_1).equals(ParquetSource.MAGIC);
        }
    }

    @Override
    public String[] next() throws UnreadableSource {
        if (line++ == 0) {
            return names.toArray(String[]::new);
        }
        try {
            ParquetRow row = source.next();
            if (row == null) {
                return null;
            }
            String[] fields = new String[row.problem() == null ? names.size() : 0];
            for (int i = 0; i < fields.length; i++) {
                fields[i] = row.values().get(i) == null ? "" : row.values().get(i).toString();
            }
            return fields;
        } catch (UnreadableParquet e) {
            throw new UnreadableSource(e.getMessage());
        }
    }

    @Override
    public long line() {
        return line;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
