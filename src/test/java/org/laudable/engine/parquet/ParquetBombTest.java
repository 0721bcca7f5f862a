package org.laudable.engine.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.airlift.compress.zstd.ZstdCompressor;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.Util;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.laudable.engine.parquet.ParquetSink.Column;
import org.laudable.engine.parquet.ParquetSink.Kind;

/** Files that lie about themselves are refused with a sentence, before anything of the claimed size is reserved. */
class ParquetBombTest {
    private static final int ROWS = 500;

    @TempDir Path folder;
    private Path honest;

    @BeforeEach
    void anHonestFile() throws IOException {
        honest = folder.resolve("honest.parquet");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(honest)); ParquetSink sink = new ParquetSink(out,
                List.of(new Column("text", Kind.TEXT), new Column("n", Kind.LONG), new Column("tags", Kind.TEXTS)), Map.of("by", "test"))) {
            for (int i = 0; i < ROWS; i++) {
                sink.write(i % 9 == 0 ? null : "text " + i, (long) i, i % 5 == 0 ? null : List.of("a", "b" + i % 3));
            }
        }
    }

    @Test
    void an_honest_file_is_read_as_it_was_written() throws Exception {
        try (ParquetSource source = ParquetSource.open(honest)) {
            assertEquals(List.of("text", "n", "tags"), source.columns());
            assertEquals("test", source.notes().get("by"));
            assertEquals(ROWS, source.rows());
            for (long i = 0; i < ROWS; i++) {
                ParquetRow row = source.next();
                assertEquals(Arrays.asList(i % 9 == 0 ? null : "text " + i, i), row.values().subList(0, 2));
                assertEquals(i % 5 == 0 ? "null" : "[\"a\",\"b" + i % 3 + "\"]", row.json(2).toString());
            }
            assertEquals(null, source.next());
        }
    }

    @Test
    void two_billion_rows_in_a_tiny_file_are_refused() throws Exception {
        assertTrue(refusal(forged(meta -> {
            meta.setNum_rows(Integer.MAX_VALUE);
            meta.getRow_groups().getFirst().setNum_rows(Integer.MAX_VALUE);
        })).contains("50 million"));
        refusal(forged(meta -> meta.setNum_rows(Long.MAX_VALUE)));
        refusal(forged(meta -> meta.getRow_groups().getFirst().setNum_rows(-5)));
    }

    @Test
    void columns_beyond_the_end_of_the_file_are_refused() throws Exception {
        refusal(forged(meta -> meta.getRow_groups().getFirst().getColumns().getFirst().getMeta_data().setTotal_compressed_size(1L << 40)));
        refusal(forged(meta -> meta.getRow_groups().getFirst().getColumns().getFirst().getMeta_data().setData_page_offset(Long.MAX_VALUE)));
        refusal(forged(meta -> meta.getRow_groups().getFirst().getColumns().getFirst().getMeta_data().setNum_values(1L << 40)));
        refusal(forged(meta -> meta.getRow_groups().getFirst().getColumns().removeLast()));
    }

    @Test
    void ten_thousand_columns_and_a_hundred_levels_are_refused() throws Exception {
        Path wide = folder.resolve("wide.parquet");
        try (OutputStream out = Files.newOutputStream(wide); ParquetSink sink = new ParquetSink(out,
                IntStream.range(0, 10_000).mapToObj(i -> new Column("c" + i, Kind.LONG)).toList(), Map.of())) {
            sink.write(IntStream.range(0, 10_000).mapToObj(i -> (Object) (long) i).toArray());
        }
        assertTrue(refusal(wide).contains("1,000 columns"));
        assertTrue(refusal(forged(meta -> {
            List<SchemaElement> deep = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                deep.add(new SchemaElement("level" + i).setNum_children(1));
            }
            deep.add(new SchemaElement("leaf").setType(Type.INT64));
            meta.setSchema(deep);
        })).contains("12 levels"));
        refusal(forged(meta -> meta.getSchema().getFirst().setNum_children(Integer.MAX_VALUE)));
    }

    @Test
    void codecs_that_are_not_read_and_columns_in_other_files_are_named() throws Exception {
        assertTrue(refusal(forged(meta -> meta.getRow_groups().getFirst().getColumns().getFirst().getMeta_data().setCodec(CompressionCodec.BROTLI))).contains("BROTLI"));
        assertTrue(refusal(forged(meta -> meta.getRow_groups().getFirst().getColumns().getFirst().setFile_path("/etc/passwd"))).contains("other files"));
    }

    @Test
    void a_page_that_claims_to_unpack_to_gigabytes_is_refused() throws Exception {
        for (int claim : new int[] {ParquetCheck.LARGEST_PAGE + 1, Integer.MAX_VALUE, -1}) {
            byte[] bytes = Files.readAllBytes(honest);
            PageHeader header = Util.readPageHeader(new ByteArrayInputStream(bytes, 4, bytes.length - 4));
            ByteArrayOutputStream before = new ByteArrayOutputStream();
            Util.writePageHeader(header, before);
            ByteArrayOutputStream after = new ByteArrayOutputStream();
            Util.writePageHeader(header.setUncompressed_page_size(claim), after);
            byte[] file = concat(Arrays.copyOf(bytes, 4), after.toByteArray(), Arrays.copyOfRange(bytes, 4 + before.size(), bytes.length));
            int grown = after.size() - before.size();
            Path forged = Files.write(folder.resolve("page.parquet"), file);
            refusal(forged(forged, meta -> meta.getRow_groups().getFirst().getColumns().forEach(chunk -> {
                boolean first = chunk == meta.getRow_groups().getFirst().getColumns().getFirst();
                var column = chunk.getMeta_data();
                column.setTotal_compressed_size(column.getTotal_compressed_size() + (first ? grown : 0));
                column.setData_page_offset(column.getData_page_offset() + (first && !column.isSetDictionary_page_offset() ? 0 : grown));
                if (column.isSetDictionary_page_offset() && !first) {
                    column.setDictionary_page_offset(column.getDictionary_page_offset() + grown);
                }
            })));
        }
    }

    @Test
    void columns_whose_pages_together_fill_the_memory_are_refused() throws Exception {
        try (ParquetSource source = ParquetSource.open(zeros(3, 0, 4_000))) {
            assertEquals(List.of("", "", ""), source.next().values(), "a small file of this make is read");
        }
        ParquetCheck.check(zeros(4, 0, ParquetCheck.LARGEST_PAGE));
        Path large = zeros(1_000, 0, ParquetCheck.LARGEST_PAGE);
        assertTrue(Files.size(large) < 16 << 20, "64 GB in a few MB");
        assertTrue(refusal(large).contains("256 MB"));
        assertTrue(refusal(zeros(5, 0, ParquetCheck.LARGEST_PAGE)).contains("256 MB"));
        assertTrue(refusal(zeros(4, 1_000, ParquetCheck.LARGEST_PAGE)).contains("256 MB"));
    }

    @Test
    void dictionaries_of_millions_of_empty_texts_are_refused() throws Exception {
        try (ParquetSource source = ParquetSource.open(zeros(3, 1_000, 4_000))) {
            assertEquals(List.of("", "", ""), source.next().values());
        }
        assertTrue(refusal(zeros(1, ParquetCheck.LARGEST_PAGE / 4, 4_000)).contains("1,000,000"));
        assertTrue(refusal(zeros(64, 1_000_000, 4_000)).contains("256 MB"));
        ParquetCheck.check(zeros(3, 1_000_000, 4_000));
    }

    /** A file of columns of empty texts: a dictionary of so many, if any, and one page of so many bytes. */
    private Path zeros(int columns, int entries, int page) throws IOException {
        ByteArrayOutputStream chunk = new ByteArrayOutputStream();
        if (entries > 0) {
            byte[] packed = packedZeros(4 * entries);
            Util.writePageHeader(new PageHeader(PageType.DICTIONARY_PAGE, 4 * entries, packed.length)
                    .setDictionary_page_header(new DictionaryPageHeader(entries, Encoding.PLAIN)), chunk);
            chunk.writeBytes(packed);
        }
        int dataAt = chunk.size();
        byte[] packed = packedZeros(page);
        int rows = page / 4;
        Util.writePageHeader(new PageHeader(PageType.DATA_PAGE, page, packed.length)
                .setData_page_header(new DataPageHeader(rows, Encoding.PLAIN, Encoding.RLE, Encoding.RLE)), chunk);
        chunk.writeBytes(packed);
        List<SchemaElement> schema = new ArrayList<>(List.of(new SchemaElement("schema").setNum_children(columns)));
        List<ColumnChunk> chunks = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            long start = 4 + (long) i * chunk.size();
            schema.add(new SchemaElement("c" + i).setType(Type.BYTE_ARRAY).setRepetition_type(FieldRepetitionType.REQUIRED)
                    .setConverted_type(ConvertedType.UTF8));
            ColumnMetaData column = new ColumnMetaData(Type.BYTE_ARRAY, List.of(Encoding.PLAIN), List.of("c" + i), CompressionCodec.ZSTD, rows,
                    page, chunk.size(), start + dataAt);
            chunks.add(new ColumnChunk(start).setMeta_data(entries > 0 ? column.setDictionary_page_offset(start) : column));
        }
        ByteArrayOutputStream footer = new ByteArrayOutputStream();
        Util.writeFileMetaData(new FileMetaData(1, schema, rows, List.of(new RowGroup(chunks, (long) columns * page, rows))), footer);
        Path file = folder.resolve("zeros.parquet");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            out.write("PAR1".getBytes());
            for (int i = 0; i < columns; i++) {
                chunk.writeTo(out);
            }
            footer.writeTo(out);
            out.write(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(footer.size()).array());
            out.write("PAR1".getBytes());
        }
        return file;
    }

    private static byte[] packedZeros(int size) {
        ZstdCompressor zstd = new ZstdCompressor();
        byte[] packed = new byte[zstd.maxCompressedLength(size)];
        return Arrays.copyOf(packed, zstd.compress(new byte[size], 0, size, packed, 0, packed.length));
    }

    @Test
    void a_list_that_claims_two_billion_entries_in_the_table_of_contents_is_refused() {
        // field 2, a list; of structures; 2³¹ of them in five bytes
        byte[] claim = {0x29, (byte) 0xFC, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x07, 0};
        assertEquals(-1, CompactThrift.length(ByteBuffer.wrap(claim)));
        byte[] nested = new byte[10_000];
        Arrays.fill(nested, (byte) 0x1C);
        assertEquals(-1, CompactThrift.length(ByteBuffer.wrap(nested)), "and so are ten thousand structures in each other");
    }

    @Test
    void files_with_flipped_and_missing_bytes_are_read_or_refused_and_nothing_else() throws Exception {
        byte[] bytes = Files.readAllBytes(honest);
        Random random = new Random(11);
        int read = 0;
        int refused = 0;
        Path file = folder.resolve("flipped.parquet");
        for (int n = 0; n < 3_000; n++) {
            byte[] changed = n % 10 == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes.clone();
            for (int flips = n % 10 == 0 ? 0 : 1 + random.nextInt(4); flips > 0; flips--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            }
            Files.write(file, changed);
            try (ParquetSource source = ParquetSource.open(file)) {
                while (source.next() != null) {
                    read++;
                }
            } catch (UnreadableParquet e) {
                refused++;
            }
        }
        System.out.printf("Parquet: 3,000 damaged files, %,d refused, %,d rows read of the others%n", refused, read);
        assertTrue(refused > 500 && read > ROWS, refused + " refused, " + read + " rows read");
    }

    private String refusal(Path file) {
        return assertThrows(UnreadableParquet.class, () -> {
            try (ParquetSource source = ParquetSource.open(file)) {
                while (source.next() != null) {
                    continue;
                }
            }
        }).getMessage();
    }

    private Path forged(Consumer<FileMetaData> lie) throws IOException {
        return forged(honest, lie);
    }

    /** The file with another table of contents. */
    private Path forged(Path file, Consumer<FileMetaData> lie) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(bytes.length - 8);
        FileMetaData meta = Util.readFileMetaData(new ByteArrayInputStream(bytes, bytes.length - 8 - length, length));
        lie.accept(meta);
        ByteArrayOutputStream footer = new ByteArrayOutputStream();
        Util.writeFileMetaData(meta, footer);
        return Files.write(folder.resolve("forged.parquet"), concat(Arrays.copyOf(bytes, bytes.length - 8 - length), footer.toByteArray(),
                ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(footer.size()).array(), "PAR1".getBytes()));
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
