package org.laudable.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The process of a PostgreSQL in the data folder: ours, or one that outlived a killed Laudable. The caller holds the folder's lock. */
final class OrphanedPostgres {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private OrphanedPostgres() {}

    /** Stops the server named in {@code postmaster.pid} if it is one of ours, and removes a stale pid file. */
    static void stop(Path cluster) throws IOException {
        Optional<ProcessHandle> orphan = running(cluster);
        if (orphan.isPresent()) {
            interrupt(orphan.get());
        }
        Files.deleteIfExists(cluster.resolve("postmaster.pid"));
    }

    /** The server that runs on the cluster. */
    static Optional<ProcessHandle> running(Path cluster) throws IOException {
        Path pidFile = cluster.resolve("postmaster.pid");
        return Files.exists(pidFile) ? firstLine(pidFile).flatMap(OrphanedPostgres::parse).flatMap(ProcessHandle::of)
                .filter(process -> servesFolder(process, cluster)) : Optional.empty();
    }

    private static Optional<String> firstLine(Path pidFile) throws IOException {
        List<String> lines = Files.readAllLines(pidFile);
        return lines.isEmpty() ? Optional.empty() : Optional.of(lines.getFirst().strip());
    }

    private static Optional<Long> parse(String pid) {
        try {
            return Optional.of(Long.parseLong(pid));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** A pid may have been given to another program since: its command line must name this folder. */
    private static boolean servesFolder(ProcessHandle process, Path cluster) {
        String commandLine = process.info().commandLine().orElse("");
        return commandLine.contains("postgres") && commandLine.contains(cluster.toString());
    }

    /** SIGINT is PostgreSQL's fast shutdown: it ends sessions, writes a checkpoint and leaves a clean folder. */
    private static void interrupt(ProcessHandle postgres) throws IOException {
        try {
            new ProcessBuilder("kill", "-INT", Long.toString(postgres.pid())).start().waitFor();
            postgres.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while an earlier PostgreSQL was stopping", e);
        } catch (TimeoutException | java.util.concurrent.ExecutionException e) {
            throw new IOException("An earlier PostgreSQL (process " + postgres.pid() + ") did not stop within "
                    + PATIENCE.toSeconds() + " s. Stop it, then start Laudable again.", e);
        }
    }
}
