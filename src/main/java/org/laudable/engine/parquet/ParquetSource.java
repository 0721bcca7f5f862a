package org.laudable.engine.parquet;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/** A Parquet file, row by row; needs the memory of one row group as it is packed, and of a page and a dictionary for each column. */
public final class ParquetSource implements AutoCloseable {
    /** What a file of this kind begins with. */
    public static final String MAGIC = "PAR1";

    private final ParquetFileReader reader;
    private final MessageType schema;
    private final MessageColumnIO columns;
    private RecordReader<ParquetRow> records;
    private long left;

    private ParquetSource(ParquetFileReader reader) {
        this.reader = reader;
        this.schema = reader.getFileMetaData().getSchema();
        this.columns = new ColumnIOFactory().getColumnIO(schema);
    }

    /** @throws UnreadableParquet if it is damaged, encrypted, or beyond the limits; nothing of it was read then */
    public static ParquetSource open(Path file) throws IOException, UnreadableParquet {
        ParquetCheck.check(file);
        ParquetFileReader reader = null;
        try {
            reader = ParquetFileReader.open(new LocalInputFile(file), ParquetReadOptions.builder(new PlainParquetConfiguration())
                    .withCodecFactory(new Codecs()).useStatsFilter(false).useDictionaryFilter(false).useColumnIndexFilter(false)
                    .useBloomFilter(false).build());
            return new ParquetSource(reader);
        } catch (RuntimeException | IOException e) {
            if (reader != null) {
                reader.close();
            }
            throw UnreadableParquet.damaged();
        }
    }

    /** The names of its columns. */
    public List<String> columns() {
        return schema.getFields().stream().map(Type::getName).toList();
    }

    /** What its writer noted beside the columns. */
    public Map<String, String> notes() {
        return reader.getFileMetaData().getKeyValueMetaData();
    }

    public long rows() {
        return reader.getRowGroups().stream().mapToLong(BlockMetaData::getRowCount).sum();
    }

    /** The next row, or null. */
    public ParquetRow next() throws UnreadableParquet {
        try {
            while (left == 0) {
                records = null; // or its pages were held beside the next ones
                PageReadStore group = reader.readNextRowGroup();
                if (group == null) {
                    return null;
                }
                records = columns.getRecordReader(group, new RowAssembly(schema));
                left = group.getRowCount();
            }
            left--;
            return records.read();
        } catch (RuntimeException | IOException e) {
            throw UnreadableParquet.damaged();
        }
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
