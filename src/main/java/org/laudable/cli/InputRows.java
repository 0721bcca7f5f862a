package org.laudable.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.laudable.dataset.file.FileFormat;
import org.laudable.dataset.file.FileRow;
import org.laudable.dataset.file.FileSniffer;
import org.laudable.dataset.file.RowReader;
import org.laudable.dataset.file.UnreadableFile;

/** Rows of a file, by the names of its columns. */
final class InputRows implements AutoCloseable {
    private final RowReader reader;
    private final Path file;

    private InputRows(RowReader reader, Path file) {
        this.reader = reader;
        this.file = file;
    }

    /** @throws CommandFailed if it is no table */
    static InputRows open(Path file) throws IOException {
        try {
            FileFormat format = FileSniffer.sniff(file, file.getFileName().toString());
            return new InputRows(RowReader.open(file, format, List.of()), file);
        } catch (UnreadableFile e) {
            throw new CommandFailed(file + ": " + e.getMessage(), e);
        }
    }

    List<String> columns() {
        return reader.columns();
    }

    /**
     * @param json    the whole object of a JSON line; null for other files
     * @param problem why it cannot be used; null if it can
     */
    record Row(long number, Map<String, String> fields, ObjectNode json, String problem) {}

    Optional<Row> next() throws IOException {
        try {
            return reader.next().map(this::row);
        } catch (UnreadableFile e) {
            throw new CommandFailed(file + ": " + e.getMessage(), e);
        }
    }

    private Row row(FileRow row) {
        Map<String, String> fields = new LinkedHashMap<>();
        List<String> columns = reader.columns();
        String problem = row.problem() == null && row.json() == null && row.fields().size() != columns.size()
                ? "%d columns instead of %d".formatted(row.fields().size(), columns.size()) : row.problem();
        for (int c = 0; c < columns.size(); c++) {
            fields.put(columns.get(c), problem == null && c < row.fields().size() ? row.fields().get(c) : null);
        }
        return new Row(row.number(), fields, row.json(), problem);
    }

    /** The column of this name, whatever its case. @throws CommandFailed if there is none */
    String column(String wanted) {
        return columns().stream().filter(wanted::equals).findFirst()
                .or(() -> columns().stream().filter(name -> name.strip().equalsIgnoreCase(wanted.strip())).findFirst())
                .orElseThrow(() -> new CommandFailed("%s has no column '%s'; it has %s.".formatted(file, wanted, String.join(", ", columns()))));
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
