package org.laudable.engine.parquet;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/** Writes a Parquet file, packed with snappy, row by row; needs the memory of one row group of 16 MB. */
public final class ParquetSink implements AutoCloseable {
    private static final int ROW_GROUP = 16 << 20;
    private static final int PAGE = 1 << 20;

    private final ParquetWriter<Object[]> writer;

    /** What a column holds. */
    public enum Kind {
        TEXT,
        LONG,
        FLOAT,
        DOUBLE,
        BOOLEAN,
        /** Milliseconds since 1970, as a moment. */
        TIME,
        /** A list of texts. */
        TEXTS
    }

    /** A column; every value may be missing. */
    public record Column(String name, Kind kind) {}

    /**
     * @param out   left open
     * @param notes kept beside the columns
     */
    public ParquetSink(OutputStream out, List<Column> columns, Map<String, String> notes) throws IOException {
        writer = new Builder(new Target(out), columns, notes).withConf(new PlainParquetConfiguration()).withCodecFactory(new Codecs())
                .withCompressionCodec(CompressionCodecName.SNAPPY).withRowGroupSize((long) ROW_GROUP).withPageSize(PAGE)
                .withWriteMode(ParquetFileWriter.Mode.OVERWRITE).build();
    }

    /** @param values one a column: {@link String}, {@link Number}, {@link Boolean}, a list of texts, or null */
    public void write(Object... values) throws IOException {
        writer.write(values);
    }

    /** Writes what is left and the table of contents. */
    @Override
    public void close() throws IOException {
        writer.close();
    }

    private static MessageType schema(List<Column> columns) {
        var message = Types.buildMessage();
        for (Column column : columns) {
            Type type = switch (column.kind()) {
                case TEXT -> Types.optional(PrimitiveTypeName.BINARY).as(LogicalTypeAnnotation.stringType()).named(column.name());
                case LONG -> Types.optional(PrimitiveTypeName.INT64).named(column.name());
                case FLOAT -> Types.optional(PrimitiveTypeName.FLOAT).named(column.name());
                case DOUBLE -> Types.optional(PrimitiveTypeName.DOUBLE).named(column.name());
                case BOOLEAN -> Types.optional(PrimitiveTypeName.BOOLEAN).named(column.name());
                case TIME -> Types.optional(PrimitiveTypeName.INT64)
                        .as(LogicalTypeAnnotation.timestampType(true, LogicalTypeAnnotation.TimeUnit.MILLIS)).named(column.name());
                case TEXTS -> Types.optionalList().optionalElement(PrimitiveTypeName.BINARY).as(LogicalTypeAnnotation.stringType()).named(column.name());
            };
            message.addField(type);
        }
        return message.named("schema");
    }

    private static final class Builder extends ParquetWriter.Builder<Object[], Builder> {
        private final List<Column> columns;
        private final Map<String, String> notes;

        Builder(OutputFile file, List<Column> columns, Map<String, String> notes) {
            super(file);
            this.columns = columns;
            this.notes = notes;
        }

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        protected WriteSupport<Object[]> getWriteSupport(Configuration conf) {
            return new Rows(columns, notes);
        }

        @Override
        protected WriteSupport<Object[]> getWriteSupport(ParquetConfiguration conf) {
            return new Rows(columns, notes);
        }
    }

    private static final class Rows extends WriteSupport<Object[]> {
        private final List<Column> columns;
        private final Map<String, String> notes;
        private RecordConsumer out;

        Rows(List<Column> columns, Map<String, String> notes) {
            this.columns = columns;
            this.notes = notes;
        }

        @Override
        public WriteContext init(Configuration conf) {
            return new WriteContext(schema(columns), notes);
        }

        @Override
        public WriteContext init(ParquetConfiguration conf) {
            return new WriteContext(schema(columns), notes);
        }

        @Override
        public void prepareForWrite(RecordConsumer consumer) {
            out = consumer;
        }

        @Override
        public void write(Object[] row) {
            out.startMessage();
            for (int i = 0; i < row.length; i++) {
                if (row[i] != null) {
                    out.startField(columns.get(i).name(), i);
                    value(columns.get(i).kind(), row[i]);
                    out.endField(columns.get(i).name(), i);
                }
            }
            out.endMessage();
        }

        private void value(Kind kind, Object value) {
            switch (kind) {
                case TEXT -> out.addBinary(Binary.fromString((String) value));
                case LONG, TIME -> out.addLong(((Number) value).longValue());
                case FLOAT -> out.addFloat(((Number) value).floatValue());
                case DOUBLE -> out.addDouble(((Number) value).doubleValue());
                case BOOLEAN -> out.addBoolean((Boolean) value);
                case TEXTS -> texts((List<?>) value);
            }
        }

        private void texts(List<?> values) {
            out.startGroup();
            if (!values.isEmpty()) {
                out.startField("list", 0);
                for (Object one : values) {
                    out.startGroup();
                    if (one != null) {
                        out.startField("element", 0);
                        out.addBinary(Binary.fromString(one.toString()));
                        out.endField("element", 0);
                    }
                    out.endGroup();
                }
                out.endField("list", 0);
            }
            out.endGroup();
        }
    }

    private record Target(OutputStream out) implements OutputFile {
        @Override
        public PositionOutputStream create(long blockSize) {
            return new PositionOutputStream() {
                private long position;

                @Override
                public long getPos() {
                    return position;
                }

                @Override
                public void write(int one) throws IOException {
                    out.write(one);
                    position++;
                }

                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    out.write(bytes, offset, length);
                    position += length;
                }

                @Override
                public void flush() throws IOException {
                    out.flush();
                }
            };
        }

        @Override
        public PositionOutputStream createOrOverwrite(long blockSize) {
            return create(blockSize);
        }

        @Override
        public boolean supportsBlockSize() {
            return false;
        }

        @Override
        public long defaultBlockSize() {
            return 0;
        }
    }
}
