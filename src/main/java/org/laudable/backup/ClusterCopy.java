package org.laudable.backup;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Copies a PostgreSQL cluster while it works, by its low-level base-backup protocol: files are copied as they are found,
 * torn or not, and the write-ahead log from the copy's start to its end makes them whole when the copy is first started.
 *
 * <p>Source: PostgreSQL manual, "Making a Base Backup Using the Low Level API". A temporary replication slot keeps the
 * log that is needed; it ends with the connection, so a copy that dies leaves nothing behind.
 */
final class ClusterCopy {
    /** Folders whose files mean something to the running server only. */
    private static final Set<String> EMPTIED = Set.of("pg_dynshmem", "pg_notify", "pg_replslot", "pg_serial", "pg_snapshots", "pg_stat_tmp",
            "pg_subtrans", "pg_wal");
    private static final Set<String> LEFT_OUT = Set.of("postmaster.pid", "postmaster.opts", "backup_label", "tablespace_map",
            "backup_manifest", "epg-lock");
    private static final Path CONTROL = Path.of("global", "pg_control");
    private static final int TRIES = 100;

    private final Path cluster;
    private final BackupFile out;
    private final String prefix;

    ClusterCopy(Path cluster, BackupFile out) {
        this.cluster = cluster;
        this.out = out;
        prefix = cluster.getFileName().toString();
    }

    /**
     * Copies it all into the back-up.
     *
     * @param owner a superuser's connection to any database of the cluster; its session must live until this returns
     * @return when the copy was complete: everything committed until then is in it
     */
    Instant copy(Connection owner) throws IOException, SQLException {
        owner.setAutoCommit(true);
        try (Statement statement = owner.createStatement()) {
            statement.execute("select pg_create_physical_replication_slot('laudable_backup_' || pg_backend_pid(), true, true)");
            String first = string(statement, "select pg_walfile_name(pg_backup_start('laudable', true))");
            directory(cluster);
            control();
            Instant end;
            String last;
            try (ResultSet stopped = statement.executeQuery("""
                    select pg_walfile_name(lsn), labelfile, clock_timestamp() from pg_backup_stop(false)""")) {
                stopped.next();
                last = stopped.getString(1);
                out.stream(prefix + "/backup_label", new ByteArrayInputStream(stopped.getString(2).getBytes(StandardCharsets.UTF_8)));
                end = stopped.getObject(3, java.time.OffsetDateTime.class).toInstant();
            }
            log(first, last);
            return end;
        }
    }

    private void directory(Path folder) throws IOException {
        Path relative = cluster.relativize(folder);
        out.directory(name(relative));
        if (EMPTIED.contains(relative.toString())) {
            if (relative.toString().equals("pg_wal")) {
                out.directory(name(relative.resolve("archive_status")));
            }
            return;
        }
        for (Path child : Folders.children(folder)) {
            Path inside = cluster.relativize(child);
            String file = child.getFileName().toString();
            if (Files.isDirectory(child)) {
                if (!file.startsWith("pgsql_tmp")) {
                    directory(child);
                }
            } else if (!LEFT_OUT.contains(inside.toString()) && !inside.equals(CONTROL) && !file.startsWith("pg_internal.init")) {
                out.file(name(inside), child);
            }
        }
    }

    /** The control file is small and rewritten in place: read until two readings agree. */
    private void control() throws IOException {
        Path file = cluster.resolve(CONTROL);
        byte[] before = Files.readAllBytes(file);
        for (int i = 0; i < TRIES; i++) {
            byte[] after = Files.readAllBytes(file);
            if (Arrays.equals(before, after)) {
                out.stream(name(CONTROL), new ByteArrayInputStream(after));
                return;
            }
            before = after;
        }
        throw new IOException("The database's control file changes faster than it can be read. Try again when less is going on.");
    }

    private void log(String first, String last) throws IOException {
        List<Path> segments = Folders.children(cluster.resolve("pg_wal")).stream().filter(file -> {
            String segment = file.getFileName().toString();
            return segment.matches("[0-9A-F]{24}") && segment.compareTo(first) >= 0 && segment.compareTo(last) <= 0;
        }).toList();
        for (Path segment : segments) {
            if (!out.file(name(cluster.relativize(segment)), segment)) {
                throw new IOException("The database's log was cut while it was copied. Try again.");
            }
        }
    }

    private String name(Path relative) {
        return relative.toString().isEmpty() ? prefix : prefix + "/" + relative.toString().replace('\\', '/');
    }

    private static String string(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }
}
