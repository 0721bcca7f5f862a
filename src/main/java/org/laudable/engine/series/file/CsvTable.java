package org.laudable.engine.series.file;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.StringArrayHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Rows of a text file with separated fields. */
final class CsvTable implements Table {
    private final CsvReader<String[]> csv;
    private final CloseableIterator<String[]> rows;
    private long line;

    CsvTable(InputStream bytes, char delimiter) throws IOException, UnreadableSource {
        csv = CsvReader.builder().fieldSeparator(delimiter).commentStrategy(CommentStrategy.NONE).skipEmptyLines(true)
                .allowExtraFields(true).allowMissingFields(true).allowExtraCharsAfterClosingQuote(true).detectBomHeader(true)
                .build(StringArrayHandler.of(), bytes, StandardCharsets.UTF_8);
        rows = csv.iterator();
    }

    @Override
    public String[] next() throws IOException, UnreadableSource {
        try {
            if (!rows.hasNext()) {
                return null;
            }
            line++;
            return rows.next();
        } catch (CsvParseException e) {
            throw new UnreadableSource("The table breaks off at row %,d: a quote that never ends, or a field of more than 16 million characters."
                    .formatted(line + 1));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public long line() {
        return line;
    }

    @Override
    public void close() throws IOException {
        csv.close();
    }
}
