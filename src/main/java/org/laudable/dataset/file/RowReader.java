package org.laudable.dataset.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.util.List;
import java.util.Optional;

/** Reads a file row by row, in memory for one row. */
public abstract sealed class RowReader implements AutoCloseable permits CsvRows, JsonRows {

    /** The columns' names: the header's, or those of the first thousand JSON lines, or 'column 1', 'column 2', … */
    public abstract List<String> columns();

    /** The next row; empty at the end. The header is no row. */
    public abstract Optional<FileRow> next() throws IOException, UnreadableFile;

    @Override
    public abstract void close() throws IOException;

    /**
     * Opens a file.
     *
     * @param columns their names if they are known already; empty: found in the file
     */
    public static RowReader open(InputStream bytes, FileFormat format, List<String> columns) throws IOException, UnreadableFile {
        return switch (format.kind()) {
            case CSV -> new CsvRows(characters(bytes, format.charset()), format, columns);
            case JSONL -> new JsonRows(characters(bytes, format.charset()), columns);
        };
    }

    /** Decodes; what the encoding cannot read becomes {@link Characters#UNREADABLE}, and a byte order mark goes. */
    private static Reader characters(InputStream bytes, String charset) throws IOException {
        PushbackReader reader = new PushbackReader(new InputStreamReader(bytes, Charset.forName(charset).newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE).onUnmappableCharacter(CodingErrorAction.REPLACE)
                .replaceWith(String.valueOf(Characters.UNREADABLE))));
        int first = reader.read();
        if (first >= 0 && first != 0xFEFF) {
            reader.unread(first);
        }
        return reader;
    }
}
