package org.laudable.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.laudable.database.DatabaseOfFolder;

/** Takes a back-up of a data folder, beside a running server or without one. */
public final class Backup {
    /** What another start makes again, or what belongs to the running process. */
    private static final Set<String> LEFT_OUT = Set.of("lock", "postgres", "postgres-binaries", "postgres.log");

    private final Path data;
    private final Path target;
    private final BiConsumer<Long, Long> progress;

    /**
     * @param data     the data folder
     * @param target   the file to write; must not exist
     * @param progress told bytes read so far and about how many there are
     */
    public Backup(Path data, Path target, BiConsumer<Long, Long> progress) {
        this.data = data.toAbsolutePath().normalize();
        this.target = target.toAbsolutePath().normalize();
        this.progress = progress;
    }

    /** @param database whether the database is in it: not when it lives outside of the folder */
    public record Taken(Instant at, int files, long bytes, long packed, boolean database) {}

    /** @throws IOException if the target exists, nothing is there to save, or it cannot be read or written: a sentence for the shell */
    public Taken take() throws IOException, SQLException {
        if (!Files.isDirectory(data)) {
            throw new IOException("There is no data folder " + data + ". Name Laudable's with --data.");
        }
        if (Files.exists(target)) {
            throw new IOException(target + " is there already. Name another file.");
        }
        if (target.startsWith(data)) {
            throw new IOException("The back-up would lie inside of what it saves. Name a file outside of " + data + ".");
        }
        if (target.getParent() == null || !Files.isDirectory(target.getParent())) {
            throw new IOException("There is no folder " + target.getParent() + ".");
        }
        long expected = size(data);
        long[] read = {0};
        try (DatabaseOfFolder database = DatabaseOfFolder.open(data);
                BackupFile out = new BackupFile(target, bytes -> progress.accept(read[0] += bytes, expected))) {
            Instant at = Instant.now();
            int postgres = 0;
            if (database.embedded()) {
                try (Connection owner = database.connectAsOwner()) {
                    postgres = owner.getMetaData().getDatabaseMajorVersion();
                    at = new ClusterCopy(data.resolve("postgres"), out).copy(owner);
                }
            }
            files(data, out);
            Manifest manifest = out.finish(postgres, at);
            return new Taken(at, manifest.files().size(), manifest.bytes(), Files.size(target), database.embedded());
        }
    }

    /** After the database: a file is written before the row that names it is committed, and gets no second content. */
    private void files(Path folder, BackupFile out) throws IOException {
        for (Path child : Folders.children(folder)) {
            String name = child.getFileName().toString();
            if (folder.equals(data) && LEFT_OUT.contains(name) || name.endsWith(".part") || name.endsWith(".new")) {
                continue;
            }
            String path = data.relativize(child).toString().replace('\\', '/');
            if (Files.isDirectory(child)) {
                out.directory(path);
                files(child, out);
            } else {
                out.file(path, child);
            }
        }
    }

    private static long size(Path folder) throws IOException {
        try (Stream<Path> tree = Files.walk(folder)) {
            return tree.filter(file -> !folder.relativize(file).startsWith("postgres-binaries")).mapToLong(Folders::sizeIfThere).sum();
        } catch (UncheckedIOException e) {
            return 0;
        }
    }
}
