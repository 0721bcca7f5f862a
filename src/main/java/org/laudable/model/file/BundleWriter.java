package org.laudable.model.file;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes a model file: parts one after the other, the manifest last, when their hashes are known. */
public final class BundleWriter implements AutoCloseable {
    /** Dates are written as text, and a reader needs nothing but JSON. */
    public static final ObjectMapper JSON = JsonMapper.builder().addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS).enable(SerializationFeature.INDENT_OUTPUT).build();

    private final ZipOutputStream zip;
    private final List<Manifest.Part> parts = new ArrayList<>();

    /** Writes one part. */
    public interface Content {
        void write(OutputStream to) throws IOException;
    }

    public BundleWriter(OutputStream to) {
        zip = new ZipOutputStream(to, StandardCharsets.UTF_8);
    }

    /** @param holds what is in it, for people */
    public void part(String name, String holds, Content content) throws IOException {
        if (!BundleFile.harmless(name)) {
            throw new IllegalArgumentException("Not the name of a part: " + name);
        }
        MessageDigest digest = sha256();
        zip.putNextEntry(entry(name));
        Counted counted = new Counted(new DigestOutputStream(zip, digest));
        content.write(counted);
        zip.closeEntry();
        parts.add(new Manifest.Part(name, counted.bytes, HexFormat.of().formatHex(digest.digest()), holds));
    }

    /** Completes the file; {@code manifest} has no parts yet. */
    public Manifest finish(Manifest manifest) throws IOException {
        Manifest whole = new Manifest(manifest.format(), manifest.formatVersion(), manifest.kind(), manifest.project(), manifest.version(),
                manifest.madeAt(), manifest.engine(), manifest.text(), manifest.series(), List.copyOf(parts));
        zip.putNextEntry(entry(BundleFile.MANIFEST));
        zip.write(JSON.writeValueAsBytes(whole));
        zip.closeEntry();
        zip.finish();
        return whole;
    }

    /** The same parts give the same bytes, whenever they are packed. */
    private static ZipEntry entry(String name) {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(315_532_800_000L);
        return entry;
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Counted extends FilterOutputStream {
        private long bytes;

        Counted(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int value) throws IOException {
            out.write(value);
            bytes++;
        }

        @Override
        public void write(byte[] buffer, int offset, int length) throws IOException {
            out.write(buffer, offset, length);
            bytes += length;
        }

        @Override
        public void close() throws IOException {
            flush(); // the zip goes on
        }
    }
}
