package org.laudable.dataset.file;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Rows of a file with separated columns. */
final class CsvRows extends RowReader {
    private static final char NO_QUOTE = '\0';

    private final CsvReader<CsvRecord> csv;
    private final CloseableIterator<CsvRecord> records;
    private final List<String> columns;
    private CsvRecord waiting;
    private long lastLine;

    CsvRows(Reader reader, FileFormat format, List<String> known) throws IOException, UnreadableFile {
        csv = CsvReader.builder()
                .fieldSeparator(format.delimiter())
                .quoteCharacter(format.quoted() ? '"' : NO_QUOTE)
                .commentStrategy(CommentStrategy.NONE)
                .skipEmptyLines(true)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .allowExtraCharsAfterClosingQuote(true)
                .ofCsvRecord(reader);
        records = csv.iterator();
        waiting = read();
        List<String> names = waiting == null ? List.of() : format.header() ? waiting.getFields() : numbered(waiting.getFieldCount());
        if (format.header()) {
            waiting = waiting == null ? null : read();
        }
        columns = known.isEmpty() ? distinct(names) : known;
    }

    @Override
    public List<String> columns() {
        return columns;
    }

    @Override
    public Optional<FileRow> next() throws IOException, UnreadableFile {
        if (waiting == null) {
            return Optional.empty();
        }
        FileRow row = FileRow.of(waiting.getStartingLineNumber(), waiting.getFields());
        waiting = read();
        return Optional.of(row);
    }

    private CsvRecord read() throws IOException, UnreadableFile {
        try {
            if (!records.hasNext()) {
                return null;
            }
            CsvRecord csvRecord = records.next();
            lastLine = csvRecord.getStartingLineNumber();
            return csvRecord;
        } catch (CsvParseException e) {
            throw new UnreadableFile("After line %,d the file cannot be read: a quote that is never closed? Mend it, or read the file without quotes."
                    .formatted(lastLine));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static List<String> numbered(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> "column " + i).toList();
    }

    /** Empty and repeated names get their place instead, so that each column can be told from the others. */
    private static List<String> distinct(List<String> names) {
        return IntStream.range(0, names.size()).mapToObj(i -> {
            String name = Characters.printable(names.get(i).strip());
            boolean unclear = name.isEmpty() || names.subList(0, i).stream().anyMatch(other -> other.strip().equals(name));
            return unclear ? "column " + (i + 1) : name;
        }).toList();
    }

    @Override
    public void close() throws IOException {
        csv.close();
    }
}
