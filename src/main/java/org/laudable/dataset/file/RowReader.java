package org.laudable.dataset.file;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/** Reads a file row by row, in memory for one row (or, of Parquet, for one row group as it is packed). */
public abstract sealed class RowReader implements AutoCloseable permits CsvRows, JsonRows, ParquetRows {
    private LongSupplier read = () -> 0;

    /** The columns' names: the header's, or those of the first thousand JSON objects, or 'column 1', 'column 2', … */
    public abstract List<String> columns();

    /** The next row; empty at the end. The header is no row. */
    public abstract Optional<FileRow> next() throws IOException, UnreadableFile;

    /** How many rows there are, where the file says so. */
    public OptionalLong rows() {
        return OptionalLong.empty();
    }

    /** How many of the file's bytes have been read. */
    public long bytesRead() {
        return read.getAsLong();
    }

    @Override
    public abstract void close() throws IOException;

    /**
     * Opens a file.
     *
     * @param columns their names if they are known already; empty: found in the file
     */
    public static RowReader open(Path file, FileFormat format, List<String> columns) throws IOException, UnreadableFile {
        if (format.kind() == FileFormat.Kind.PARQUET) {
            return new ParquetRows(file, format.shape(), columns);
        }
        CountedStream bytes = new CountedStream(Files.newInputStream(file));
        try {
            RowReader reader = open(new BufferedInputStream(bytes, 1 << 16), format, columns);
            reader.read = bytes::count;
            return reader;
        } catch (IOException | UnreadableFile | RuntimeException e) {
            bytes.close();
            throw e;
        }
    }

    /** The same for the content of a file that is read from its beginning to its end. */
    static RowReader open(InputStream bytes, FileFormat format, List<String> columns) throws IOException, UnreadableFile {
        return switch (format.kind()) {
            case CSV -> new CsvRows(characters(bytes, format.charset()), format, columns);
            case JSONL, JSON -> new JsonRows(characters(bytes, format.charset()), format, columns);
            case PARQUET -> throw new IllegalArgumentException("Parquet is read back and forth");
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
