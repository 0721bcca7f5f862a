package org.laudable.backup;

import com.fasterxml.jackson.core.JacksonException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.laudable.audit.AuditChain;
import org.laudable.database.DataFolder;
import org.laudable.database.DatabaseOfFolder;

/**
 * Makes a data folder of a back-up: unpacks beside it, checks every part against its hash, starts the database once so
 * that it replays its log, walks the audit trail, and only then gives the folder its name.
 */
public final class Restore {
    private static final long LARGEST_MANIFEST = 512L << 20;

    private final Path source;
    private final Path data;
    private final BiConsumer<Long, Long> progress;

    /**
     * @param source   the back-up
     * @param data     the folder to make; absent or empty
     * @param progress told bytes written so far and how many there are
     */
    public Restore(Path source, Path data, BiConsumer<Long, Long> progress) {
        this.source = source;
        this.data = data.toAbsolutePath().normalize();
        this.progress = progress;
    }

    /**
     * @param rows  by table, what the restored database holds; empty when the back-up holds none
     * @param audit what a walk along the audit trail found; null without a database
     */
    public record Restored(Instant takenAt, int files, long bytes, Map<String, Long> rows, AuditChain.Verification audit) {}

    /** @throws IOException if the folder is in use, or the back-up cannot be read, is not whole or was changed: a sentence for the shell */
    public Restored restore() throws IOException, SQLException {
        if (!Files.isRegularFile(source)) {
            throw new IOException("There is no file " + source + ".");
        }
        if (Files.exists(data) && (!Files.isDirectory(data) || !Folders.children(data).isEmpty())) {
            throw new IOException(data + " is not empty. Name a new folder with --data, or move that one away: nothing is overwritten.");
        }
        Path unfinished = data.resolveSibling(data.getFileName() + ".restoring");
        discard(unfinished);
        try (ZipFile zip = new ZipFile(source.toFile())) {
            Manifest manifest = manifest(zip);
            Files.createDirectories(data.getParent());
            if (Files.getFileStore(data.getParent()).getUsableSpace() < manifest.bytes()) {
                throw new IOException("There is not enough room for %,d bytes in %s.".formatted(manifest.bytes(), data.getParent()));
            }
            unpack(zip, manifest, unfinished);
            Map<String, Long> rows = new LinkedHashMap<>();
            AuditChain.Verification audit = null;
            if (manifest.postgres() > 0) {
                try (DatabaseOfFolder database = DatabaseOfFolder.openOwn(unfinished); Connection connection = database.connect()) {
                    count(connection, rows);
                    audit = AuditChain.verify(connection);
                }
            }
            Files.deleteIfExists(data);
            Files.move(unfinished, data, StandardCopyOption.ATOMIC_MOVE);
            return new Restored(manifest.takenAt(), manifest.files().size(), manifest.bytes(), rows, audit);
        } catch (ZipException e) {
            throw new IOException(source + " is no back-up of Laudable, or is cut off: " + e.getMessage(), e);
        } finally {
            discard(unfinished);
        }
    }

    private Manifest manifest(ZipFile zip) throws IOException {
        ZipEntry entry = zip.getEntry(Manifest.NAME);
        if (entry == null || entry.getSize() > LARGEST_MANIFEST) {
            throw new IOException(source + " is no back-up of Laudable: it has no list of its parts.");
        }
        try (InputStream in = zip.getInputStream(entry)) {
            Manifest manifest = BackupFile.JSON.readValue(in, Manifest.class);
            if (manifest.format() != Manifest.FORMAT) {
                throw new IOException("The back-up has the form " + manifest.format() + "; this Laudable reads " + Manifest.FORMAT
                        + ". Use the version that made it, or a newer one.");
            }
            return manifest;
        } catch (JacksonException e) {
            throw new IOException("The list of parts in " + source + " cannot be read: " + e.getOriginalMessage(), e);
        }
    }

    private void unpack(ZipFile zip, Manifest manifest, Path folder) throws IOException {
        boolean posix = data.getFileSystem().supportedFileAttributeViews().contains("posix");
        Files.createDirectory(folder);
        if (posix) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
        for (String directory : manifest.directories()) {
            Files.createDirectories(inside(folder, directory));
        }
        if (posix && manifest.postgres() > 0) {
            Files.setPosixFilePermissions(folder.resolve("postgres"), PosixFilePermissions.fromString("rwx------"));
        }
        long written = 0;
        Set<String> seen = new HashSet<>();
        for (Manifest.Part part : manifest.files()) {
            if (!seen.add(part.path())) {
                throw new IOException("The back-up names " + part.path() + " twice; it was changed.");
            }
            Path target = inside(folder, part.path());
            Files.createDirectories(target.getParent());
            write(zip, part, target);
            if (posix) {
                Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-------"));
            }
            written += part.bytes();
            progress.accept(written, manifest.bytes());
        }
    }

    private void write(ZipFile zip, Manifest.Part part, Path target) throws IOException {
        ZipEntry entry = zip.getEntry(part.path());
        if (entry == null) {
            throw new IOException("The back-up lacks " + part.path() + "; it is not whole.");
        }
        DigestOutputStream hashed = new DigestOutputStream(OutputStream.nullOutputStream(), BackupFile.sha256());
        try (InputStream in = zip.getInputStream(entry); OutputStream out = Files.newOutputStream(target)) {
            byte[] buffer = new byte[1 << 16];
            long bytes = 0;
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                bytes += n;
                if (bytes > part.bytes()) {
                    break;
                }
                out.write(buffer, 0, n);
                hashed.write(buffer, 0, n);
            }
            if (bytes != part.bytes() || !HexFormat.of().formatHex(hashed.getMessageDigest().digest()).equals(part.sha256())) {
                throw new IOException(part.path() + " in the back-up is not what was saved: its hash differs. Nothing was restored.");
            }
        }
    }

    /** A path of the list, which must stay inside of the folder. */
    private static Path inside(Path folder, String path) throws IOException {
        Path target = folder.resolve(path).normalize();
        if (path.isEmpty() || !target.startsWith(folder) || target.equals(folder)) {
            throw new IOException("The back-up names a path outside of its folder (" + path + "); it is not one of ours. Nothing was restored.");
        }
        return target;
    }

    private static void discard(Path unfinished) throws IOException {
        if (Files.exists(unfinished)) {
            DataFolder.deleteTree(unfinished);
        }
    }

    private static void count(Connection connection, Map<String, Long> rows) throws SQLException {
        for (String table : new String[] {"account", "project", "item", "series", "annotation", "resolution", "ledger_entry", "audit_event"}) {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("select count(*) from " + table)) {
                row.next();
                rows.put(table, row.getLong(1));
            }
        }
    }
}
