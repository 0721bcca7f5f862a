package org.laudable.dataset;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.laudable.LaudableConfig;
import org.laudable.Refused;
import org.laudable.database.Sql;

/**
 * Uploaded files on disk, under random names, until their rows are in the database. A transfer that breaks off leaves
 * nothing behind; what a crash left behind goes at the next start.
 */
@ApplicationScoped
public class Uploads {
    static final long MOST_BYTES = 2L << 30;

    private static final Logger LOG = Logger.getLogger(Uploads.class);
    private static final Pattern NAME = Pattern.compile("[0-9a-f-]{36}");
    private static final String UNFINISHED = ".part";
    private static final int LONGEST_NAME = 200;
    private static final Duration KEPT = Duration.ofDays(2);

    private final LaudableConfig config;
    private final Sql sql;

    Uploads(LaudableConfig config, Sql sql) {
        this.config = config;
        this.sql = sql;
    }

    /** A file's name as its owner reads it: no control characters, and of a long one the end. Never a path of ours. */
    public static String shown(String fileName) {
        String name = fileName.replaceAll("\\p{Cntrl}", "");
        return name.length() > LONGEST_NAME ? name.substring(name.length() - LONGEST_NAME) : name;
    }

    /** A file that arrived whole. */
    public record Stored(String name, long bytes) {}

    /**
     * Streams a file to disk.
     *
     * @throws Refused     if it is larger than 2 GB
     * @throws IOException if the transfer breaks off
     */
    public Stored store(InputStream bytes) throws IOException {
        String name = UUID.randomUUID().toString();
        Path unfinished = folder().resolve(name + UNFINISHED);
        try {
            long size = copy(bytes, unfinished);
            Files.move(unfinished, folder().resolve(name));
            return new Stored(name, size);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    public Path path(String name) throws IOException {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("Not the name of an upload: " + name);
        }
        return folder().resolve(name);
    }

    /** @throws Refused if it is gone */
    public Path file(String name) throws IOException {
        if (!Files.exists(path(name))) {
            throw new Refused("The uploaded file is no longer there. Upload it again.");
        }
        return path(name);
    }

    /** @throws Refused if it is gone */
    public InputStream open(String name) throws IOException {
        try {
            return Files.newInputStream(path(name));
        } catch (NoSuchFileException e) {
            throw new Refused("The uploaded file is no longer there. Upload it again.");
        }
    }

    public void delete(String name) {
        try {
            Files.deleteIfExists(path(name));
        } catch (IOException e) {
            LOG.warnf(e, "The upload %s could not be deleted; it is tried again at the next start", name);
        }
    }

    void sweepAtStart(@Observes StartupEvent started) {
        if (!config.role().worksOnJobs()) {
            return;
        }
        Thread.ofVirtual().name("upload-sweep").start(() -> sweep(Clock.systemUTC()));
    }

    /** Deletes files nobody waits for: broken transfers, and uploads of imports that are done, or gone, or long forgotten. */
    void sweep(Clock clock) {
        try {
            List<String> awaited = sql.list("""
                    select stored_as from data_import
                    where state in ('WAITING', 'RUNNING', 'FAILED') or state = 'DRAFT' and created_at > now() - interval '30 days'
                    union all
                    select file ->> 'storedAs' from series_import, jsonb_array_elements(files) file
                    where state in ('WAITING', 'RUNNING', 'FAILED') or state = 'DRAFT' and created_at > now() - interval '30 days'""",
                    row -> row.getString(1));
            try (Stream<Path> files = Files.list(folder())) {
                for (Path file : files.toList()) {
                    Instant age = Files.getLastModifiedTime(file).toInstant();
                    boolean broken = file.toString().endsWith(UNFINISHED);
                    Duration limit = broken ? Duration.ofHours(6) : KEPT;
                    if (!awaited.contains(file.getFileName().toString()) && age.isBefore(clock.instant().minus(limit))) {
                        Files.deleteIfExists(file);
                    }
                }
            }
        } catch (IOException | Sql.Failure e) {
            LOG.warnf(e, "Old uploads could not be looked through");
        }
    }

    private long copy(InputStream bytes, Path into) throws IOException {
        long size = 0;
        byte[] buffer = new byte[1 << 16];
        try (OutputStream out = Files.newOutputStream(into)) {
            for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
                size += read;
                if (size > MOST_BYTES) {
                    throw new Refused("The file is larger than 2 GB. Split it and import the parts one after the other.");
                }
                out.write(buffer, 0, read);
            }
        }
        return size;
    }

    private Path folder() throws IOException {
        return Files.createDirectories(config.data().resolve("uploads"));
    }
}
