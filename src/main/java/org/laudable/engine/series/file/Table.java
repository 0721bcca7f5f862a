package org.laudable.engine.series.file;

import java.io.IOException;

/** Rows of fields as text, one after the other; where a file names its columns, the names are its first row. */
sealed interface Table extends AutoCloseable permits CsvTable, ParquetTable {

    /** @param delimiter between the fields of a text file */
    static Table open(SourceEntry entry, char delimiter) throws IOException, UnreadableSource {
        return ParquetTable.isOne(entry) ? new ParquetTable(entry) : new CsvTable(entry.open(), delimiter);
    }

    /** The next row, or null. */
    String[] next() throws IOException, UnreadableSource;

    /** How many rows have been read, blank ones not counted. */
    long line();

    @Override
    void close() throws IOException;
}
