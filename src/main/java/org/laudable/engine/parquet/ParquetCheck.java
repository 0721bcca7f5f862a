package org.laudable.engine.parquet;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.Util;

/**
 * Looks through what a Parquet file says of itself before anything is read: everything that claims a size, a count or a
 * place must fit into the file and under the limits, or the file is refused whole.
 */
final class ParquetCheck {
    static final int MOST_COLUMNS = 1_000;
    static final int DEEPEST = 12;
    static final long MOST_ROWS = 50_000_000;
    static final long LARGEST_GROUP = 512L << 20;
    static final int LARGEST_PAGE = 64 << 20;
    /** Of what is unpacked at the same time: of each column of a row group a page and the dictionary. */
    static final long MOST_UNPACKED = 256L << 20;
    static final int MOST_ENTRIES = 1_000_000;
    /** What an entry of a dictionary of texts costs beside its bytes: two objects and what points to them. */
    private static final int ENTRY = 64;
    private static final int LARGEST_FOOTER = 32 << 20;
    private static final int LARGEST_HEADER = 256 << 10;
    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final Set<CompressionCodec> CODECS = EnumSet.of(CompressionCodec.UNCOMPRESSED, CompressionCodec.SNAPPY, CompressionCodec.GZIP,
            CompressionCodec.ZSTD, CompressionCodec.LZ4_RAW);

    private final FileChannel file;
    private final long size;
    private final ByteBuffer window = ByteBuffer.allocate(LARGEST_HEADER);

    private ParquetCheck(FileChannel file) throws IOException {
        this.file = file;
        this.size = file.size();
    }

    static void check(Path path) throws IOException, UnreadableParquet {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            new ParquetCheck(file).check();
        } catch (RuntimeException e) {
            throw UnreadableParquet.damaged(); // the parser stumbles over what no writer writes
        }
    }

    private void check() throws IOException, UnreadableParquet {
        ByteBuffer end = size < 12 ? null : read(size - 8, 8);
        if (end == null || !read(0, 4).equals(ByteBuffer.wrap(MAGIC))) {
            throw UnreadableParquet.damaged();
        }
        int length = end.order(ByteOrder.LITTLE_ENDIAN).getInt();
        byte[] magic = new byte[4];
        end.get(magic);
        if (new String(magic, StandardCharsets.US_ASCII).equals("PARE")) {
            throw new UnreadableParquet("The Parquet file is encrypted. Write it without encryption.");
        }
        if (!java.util.Arrays.equals(magic, MAGIC) || length <= 0 || length > size - 12) {
            throw UnreadableParquet.damaged();
        }
        if (length > LARGEST_FOOTER) {
            throw new UnreadableParquet("The Parquet file's table of contents is larger than 32 MB. Write it with fewer columns and larger row groups.");
        }
        ByteBuffer footer = read(size - 8 - length, length);
        if (CompactThrift.length(footer) < 0) {
            throw UnreadableParquet.damaged();
        }
        FileMetaData meta = parsed(footer.array(), length, Util::readFileMetaData);
        int columns = columns(meta.getSchema());
        long rows = 0;
        for (RowGroup group : meta.getRow_groups()) {
            group(group, columns, size - 8 - length);
            rows += group.getNum_rows();
        }
        if (rows != meta.getNum_rows()) {
            throw UnreadableParquet.damaged();
        }
        if (rows > MOST_ROWS) {
            throw new UnreadableParquet("The Parquet file has %,d rows; 50 million can be read. Split it.".formatted(rows));
        }
    }

    private interface Parser<T> {
        T parse(InputStream bytes) throws IOException;
    }

    /** What a parser cannot read of bytes that are all there is no fault of the disk. */
    private static <T> T parsed(byte[] bytes, int length, Parser<T> parser) throws UnreadableParquet {
        try {
            return parser.parse(new ByteArrayInputStream(bytes, 0, length));
        } catch (IOException e) {
            throw UnreadableParquet.damaged();
        }
    }

    /** How many columns hold values, lists and structures taken apart. */
    private static int columns(List<SchemaElement> schema) throws UnreadableParquet {
        Deque<Integer> open = new ArrayDeque<>();
        int leaves = 0;
        for (int i = 0; i < schema.size(); i++) {
            SchemaElement element = schema.get(i);
            while (!open.isEmpty() && open.peek() == 0) {
                open.pop();
            }
            if (open.isEmpty() != (i == 0)) {
                throw UnreadableParquet.damaged();
            }
            if (i > 0) {
                open.push(open.pop() - 1);
            }
            if (element.isSetType()) {
                leaves++;
            } else if (element.getNum_children() <= 0 || element.getNum_children() > schema.size()) {
                throw UnreadableParquet.damaged();
            } else {
                open.push(element.getNum_children());
            }
            if (leaves > MOST_COLUMNS) {
                throw new UnreadableParquet("The Parquet file has more than 1,000 columns. Leave out those that are not needed.");
            }
            if (open.size() > DEEPEST) {
                throw new UnreadableParquet("The Parquet file's columns are nested deeper than 12 levels. Flatten them.");
            }
        }
        if (leaves == 0 || open.stream().anyMatch(left -> left > 0)) {
            throw UnreadableParquet.damaged();
        }
        return leaves;
    }

    private void group(RowGroup group, int columns, long end) throws IOException, UnreadableParquet {
        if (group.getNum_rows() < 0 || group.getColumns().size() != columns) {
            throw UnreadableParquet.damaged();
        }
        long bytes = 0;
        long unpacked = 0;
        for (ColumnChunk chunk : group.getColumns()) {
            ColumnMetaData column = chunk.getMeta_data();
            if (column == null || chunk.isSetFile_path()) {
                throw new UnreadableParquet("The Parquet file's columns lie in other files. Write it as one file.");
            }
            if (!CODECS.contains(column.getCodec())) {
                throw new UnreadableParquet("The Parquet file is compressed with %s. Write it with snappy, gzip, zstd or lz4_raw.".formatted(column.getCodec()));
            }
            long start = column.isSetDictionary_page_offset() && column.getDictionary_page_offset() > 0
                    ? Math.min(column.getDictionary_page_offset(), column.getData_page_offset()) : column.getData_page_offset();
            long length = column.getTotal_compressed_size();
            if (start < 4 || length < 0 || start > end || length > end - start || column.getNum_values() < 0) {
                throw UnreadableParquet.damaged();
            }
            bytes += length;
            unpacked += pages(start, start + length, column);
        }
        if (bytes > LARGEST_GROUP) {
            throw new UnreadableParquet("A row group of the Parquet file has more than 512 MB. Write it with smaller row groups (row_group_size).");
        }
        if (unpacked > MOST_UNPACKED) {
            throw new UnreadableParquet(("Of a row group of the Parquet file a page and the dictionary of each column unpack to %,d bytes; 256 MB "
                    + "are held at once. Write it with smaller pages (data_page_size), or leave out columns that are not needed.").formatted(unpacked));
        }
    }

    /**
     * Each page must lie in its column, and unpack to no more than 64 MB.
     *
     * @return the memory that the column takes while it is read: its largest page and its dictionary
     */
    private long pages(long start, long end, ColumnMetaData column) throws IOException, UnreadableParquet {
        long values = column.getNum_values();
        long at = start;
        long seen = 0;
        long largest = 0;
        long dictionary = 0;
        while (at < end && seen < values) {
            ByteBuffer head = window((int) Math.min(LARGEST_HEADER, end - at), at);
            int length = CompactThrift.length(head);
            if (length <= 0) {
                throw UnreadableParquet.damaged();
            }
            PageHeader page = parsed(head.array(), length, Util::readPageHeader);
            int packed = page.getCompressed_page_size();
            int unpacked = page.getUncompressed_page_size();
            at += length;
            if (packed < 0 || unpacked < 0 || packed > end - at) {
                throw UnreadableParquet.damaged();
            }
            if (unpacked > LARGEST_PAGE) {
                throw new UnreadableParquet("A page of the Parquet file unpacks to %,d bytes; 64 MB are read at once. Write it with smaller pages."
                        .formatted(unpacked));
            }
            at += packed;
            if (page.isSetDictionary_page_header()) {
                dictionary += dictionary(page, column.getType());
            } else {
                largest = Math.max(largest, unpacked);
                seen += values(page);
            }
        }
        if (seen != values) {
            throw UnreadableParquet.damaged();
        }
        return largest + dictionary;
    }

    /** What it takes, unpacked and taken apart. */
    private static long dictionary(PageHeader page, Type type) throws UnreadableParquet {
        int entries = page.getDictionary_page_header().getNum_values();
        int unpacked = page.getUncompressed_page_size();
        int shortest = type == Type.FIXED_LEN_BYTE_ARRAY ? 1 : 4;
        if (entries < 0 || entries > unpacked / shortest) {
            throw UnreadableParquet.damaged();
        }
        if (entries > MOST_ENTRIES) {
            throw new UnreadableParquet("A dictionary of the Parquet file has %,d entries; 1,000,000 are read. Write it with smaller dictionaries, or without them (use_dictionary)."
                    .formatted(entries));
        }
        return unpacked + (type == Type.BYTE_ARRAY || type == Type.FIXED_LEN_BYTE_ARRAY || type == Type.INT96 ? (long) ENTRY * entries : 0);
    }

    private static long values(PageHeader page) throws UnreadableParquet {
        int count = page.isSetData_page_header() ? page.getData_page_header().getNum_values()
                : page.isSetData_page_header_v2() ? page.getData_page_header_v2().getNum_values() : 0;
        if (count < 0) {
            throw UnreadableParquet.damaged();
        }
        return count;
    }

    private ByteBuffer window(int length, long position) throws IOException, UnreadableParquet {
        // most headers are short: the whole window is read only for one that is not
        window.clear().limit(Math.min(length, 256));
        fill(position);
        if (CompactThrift.length(window) < 0 && length > 256) {
            window.clear().limit(length);
            fill(position);
        }
        return window;
    }

    private void fill(long position) throws IOException, UnreadableParquet {
        int start = window.position();
        while (window.hasRemaining()) {
            if (file.read(window, position + window.position() - start) < 0) {
                throw UnreadableParquet.damaged();
            }
        }
        window.flip();
    }

    private ByteBuffer read(long position, int length) throws IOException, UnreadableParquet {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (file.read(bytes, position + bytes.position()) < 0) {
                throw UnreadableParquet.damaged();
            }
        }
        return bytes.flip();
    }
}
