package org.laudable.engine.parquet;

import io.airlift.compress.Decompressor;
import io.airlift.compress.MalformedInputException;
import io.airlift.compress.lz4.Lz4Decompressor;
import io.airlift.compress.snappy.SnappyCompressor;
import io.airlift.compress.snappy.SnappyDecompressor;
import io.airlift.compress.zstd.ZstdDecompressor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** Packs and unpacks pages in Java alone, no page to more than its header claims and {@link ParquetCheck} allows. */
final class Codecs implements CompressionCodecFactory {

    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName codec) {
        if (codec != CompressionCodecName.SNAPPY) {
            throw new IllegalArgumentException("Only snappy is written");
        }
        return new Snappy();
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
        return switch (codec) {
            case UNCOMPRESSED -> new Unpacking((packed, into) -> {
                System.arraycopy(packed, 0, into, 0, into.length);
                return into.length;
            });
            case SNAPPY -> new Unpacking(by(new SnappyDecompressor()));
            case ZSTD -> new Unpacking(by(new ZstdDecompressor()));
            case LZ4_RAW -> new Unpacking(by(new Lz4Decompressor()));
            case GZIP -> new Unpacking(Codecs::gunzip);
            default -> throw new IllegalArgumentException("Not a codec that is read: " + codec);
        };
    }

    @Override
    public void release() {
        // nothing is pooled
    }

    /** Fills the room with what the bytes hold; returns how much of it is filled. */
    private interface Unpack {
        int unpack(byte[] packed, byte[] into) throws IOException;
    }

    private static Unpack by(Decompressor decompressor) {
        return (packed, into) -> decompressor.decompress(packed, 0, packed.length, into, 0, into.length);
    }

    private static int gunzip(byte[] packed, byte[] into) throws IOException {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            int count = in.readNBytes(into, 0, into.length);
            return in.read() < 0 ? count : -1;
        }
    }

    private record Unpacking(Unpack way) implements BytesInputDecompressor {

        @Override
        public BytesInput decompress(BytesInput bytes, int size) throws IOException {
            return BytesInput.from(unpacked(bytes.toByteArray(), size));
        }

        @Override
        public void decompress(ByteBuffer input, int packed, ByteBuffer output, int size) throws IOException {
            byte[] bytes = new byte[packed];
            input.get(bytes);
            output.put(unpacked(bytes, size));
        }

        private byte[] unpacked(byte[] packed, int size) throws IOException {
            if (size < 0 || size > ParquetCheck.LARGEST_PAGE) {
                throw new IOException("A page claims to unpack to %,d bytes".formatted(size));
            }
            byte[] into = new byte[size];
            try {
                if (size > 0 && way.unpack(packed, into) != size) {
                    throw new IOException("A page unpacks to another size than it claims");
                }
            } catch (MalformedInputException | IndexOutOfBoundsException e) {
                throw new IOException("A page is damaged", e);
            }
            return into;
        }

        @Override
        public void release() {
            // nothing is pooled
        }
    }

    private static final class Snappy implements BytesInputCompressor {
        private final SnappyCompressor compressor = new SnappyCompressor();

        @Override
        public BytesInput compress(BytesInput bytes) throws IOException {
            byte[] plain = bytes.toByteArray();
            byte[] packed = new byte[compressor.maxCompressedLength(plain.length)];
            return BytesInput.from(packed, 0, compressor.compress(plain, 0, plain.length, packed, 0, packed.length));
        }

        @Override
        public CompressionCodecName getCodecName() {
            return CompressionCodecName.SNAPPY;
        }

        @Override
        public void release() {
            // nothing is pooled
        }
    }
}
