package org.laudable.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * The folder that holds everything one Laudable keeps on disk: database, uploads, models, secrets.
 *
 * <p>One process at a time where the database is in it, several where it is elsewhere. The lock is the operating system's, so
 * it ends with the process however that ends.
 */
public final class DataFolder implements AutoCloseable {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path path;
    private final FileChannel channel;
    private final FileLock lock;

    private DataFolder(Path path, FileChannel channel, FileLock lock) {
        this.path = path;
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Opens the folder for this process alone, making it where needed.
     *
     * @throws FolderInUse if another process has it open
     */
    public static DataFolder open(Path wanted) throws IOException {
        return open(wanted, false);
    }

    /**
     * Opens the folder beside other processes that share it, making it where needed.
     *
     * @throws FolderInUse if another process has it open for itself alone
     */
    public static DataFolder share(Path wanted) throws IOException {
        return open(wanted, true);
    }

    private static DataFolder open(Path wanted, boolean shared) throws IOException {
        Path path = wanted.toAbsolutePath().normalize();
        if (!Files.isDirectory(path)) {
            Files.createDirectories(path);
            ownerOnly(path, "rwx------");
        }
        FileChannel channel = FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        FileLock lock;
        try {
            lock = channel.tryLock(0, Long.MAX_VALUE, shared);
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            channel.close();
            throw new FolderInUse(path);
        }
        return new DataFolder(path, channel, lock);
    }

    public Path path() {
        return path;
    }

    /** A file with a random secret (256 bits, base64url), readable by its owner only; made on first use. */
    public Path secret(String name) throws IOException {
        return secret(path, name);
    }

    /** The same for a folder that this process has open elsewhere. */
    public static synchronized Path secret(Path dataFolder, String name) throws IOException {
        Path folder = Files.createDirectories(dataFolder.toAbsolutePath().resolve("secrets"));
        ownerOnly(folder, "rwx------");
        Path file = folder.resolve(name);
        if (!Files.exists(file)) {
            byte[] bytes = new byte[32];
            RANDOM.nextBytes(bytes);
            Path fresh = Files.createTempFile(folder, name, ".new");
            ownerOnly(fresh, "rw-------");
            Files.writeString(fresh, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
            keepFirst(fresh, file);
        }
        return file;
    }

    /** Of several processes that make the same secret in the same moment, the first one's holds. */
    private static void keepFirst(Path fresh, Path file) throws IOException {
        try {
            Files.createLink(file, fresh);
        } catch (FileAlreadyExistsException e) {
            // another process was first: its secret is the one to use
        } catch (UnsupportedOperationException e) { // a file system without links
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            return;
        }
        Files.delete(fresh);
    }

    @Override
    public void close() throws IOException {
        lock.release();
        channel.close();
    }

    private static void ownerOnly(Path file, String permissions) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        }
    }

    /** Deletes a folder and all below it. */
    public static void deleteTree(Path root) throws IOException {
        try (Stream<Path> tree = Files.walk(root)) {
            tree.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    /** Another Laudable runs on the same folder. */
    public static final class FolderInUse extends IOException {
        FolderInUse(Path path) {
            super("Another Laudable is already running on " + path + ". Stop it, or choose another folder with --data.");
        }
    }
}
