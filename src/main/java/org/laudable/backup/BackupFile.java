package org.laudable.backup;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A back-up being written: a zip that gets its name only when it is whole and on the disk, readable by its owner only,
 * for it holds the keys that secrets are encrypted with.
 */
final class BackupFile implements Closeable {
    static final ObjectMapper JSON = JsonMapper.builder().addModule(new JavaTimeModule())
            .disable(com.fasterxml.jackson.databind.SerializationFeature.WRITE_DATES_AS_TIMESTAMPS).build();

    private final Path target;
    private final Path unfinished;
    private final ZipOutputStream zip;
    private final List<String> directories = new ArrayList<>();
    private final List<Manifest.Part> files = new ArrayList<>();
    private final LongConsumer written;
    private boolean whole;

    /**
     * @param target  must not exist
     * @param written told how many bytes were read for it, piece by piece
     */
    BackupFile(Path target, LongConsumer written) throws IOException {
        this.target = target;
        this.written = written;
        unfinished = target.resolveSibling(target.getFileName() + ".part");
        Files.deleteIfExists(unfinished);
        Files.createFile(unfinished);
        if (unfinished.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rw-------"));
        }
        OutputStream out = Files.newOutputStream(unfinished, StandardOpenOption.WRITE);
        zip = new ZipOutputStream(new java.io.BufferedOutputStream(out, 1 << 16));
        zip.setLevel(Deflater.BEST_SPEED);
    }

    void directory(String path) {
        directories.add(path);
    }

    /** @return whether the file was there; one that went away meanwhile is left out */
    boolean file(String path, Path source) throws IOException {
        try (InputStream in = Files.newInputStream(source)) {
            stream(path, in);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    void stream(String path, InputStream source) throws IOException {
        DigestInputStream in = new DigestInputStream(source, sha256());
        zip.putNextEntry(new ZipEntry(path));
        byte[] buffer = new byte[1 << 16];
        long bytes = 0;
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            zip.write(buffer, 0, n);
            bytes += n;
            written.accept(n);
        }
        zip.closeEntry();
        files.add(new Manifest.Part(path, bytes, HexFormat.of().formatHex(in.getMessageDigest().digest())));
    }

    /** Writes the manifest, waits for the disk and gives the file its name. */
    Manifest finish(int postgres, Instant takenAt) throws IOException {
        Manifest manifest = new Manifest(Manifest.FORMAT, postgres, takenAt, List.copyOf(directories), List.copyOf(files));
        zip.putNextEntry(new ZipEntry(Manifest.NAME));
        zip.write(JSON.writeValueAsBytes(manifest));
        zip.closeEntry();
        zip.close();
        try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
        whole = true;
        return manifest;
    }

    @Override
    public void close() throws IOException {
        if (!whole) {
            try {
                zip.close();
            } finally {
                Files.deleteIfExists(unfinished);
            }
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
