package org.laudable.cluster;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.laudable.load.Annotator;
import org.laudable.testing.Eventually;

/** The data folder, a small file system in memory, is full while people label and a file is to come in; then it has room again. */
final class DiskFault implements Fault {
    private static final int ROWS = 120_000;
    private static final int PEOPLE = 20;
    private static final Duration FULL = Duration.ofSeconds(10);

    private final Path disk;
    private final Cluster cluster;
    private final Member web;
    private final Program program;
    private int round;

    DiskFault() throws IOException {
        disk = Files.createTempDirectory("laudable-disk");
        NetworkSpace.Shell.run("mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", disk.toString());
        cluster = Cluster.start("127.0.0.1", disk.resolve("data"));
        web = cluster.web("web-1").awaitReady();
        cluster.worker("worker-1").awaitReady();
        program = Program.of(cluster.database(), List.of(web));
    }

    @Override
    public String name() {
        return "data folder full for " + FULL.toSeconds() + " s amid an upload, " + PEOPLE + " people labelling";
    }

    @Override
    public Outcome once() throws Exception {
        Path filler = disk.resolve("filler");
        long project = program.post("/projects", Map.of("kind", "TEXT", "name", "Rows " + ++round, "classes",
                List.of(Map.of("name", "one"), Map.of("name", "other")))).path("id").asLong();
        try (Labelers labelers = new Labelers(cluster, List.of(web), PEOPLE, Duration.ofSeconds(30))) {
            fill(filler);
            long before = labelers.answers();
            Thread.Builder thread = Thread.ofVirtual();
            String[] address = new String[1];
            Thread upload = thread.start(() -> address[0] = program.bringIn(project, IntStream.range(0, ROWS)
                    .mapToObj(i -> "{\"id\":\"row-" + i + "\",\"text\":\"text number " + i + "\"}").collect(Collectors.joining("\n"))));
            LockSupport.parkNanos(FULL.toNanos());
            boolean wentOn = labelers.answers() > before;
            Files.delete(filler);
            long since = System.nanoTime();
            upload.join();
            double seconds = (System.nanoTime() - since) / 1e9;
            Eventually.holds("the import is done", () -> program.get(address[0]).path("state").asText().equals("DONE"));
            List<Annotator.Saved> saved = labelers.saved();
            labelers.countsAreRight(saved);
            if (!wentOn) {
                throw new AssertionError("Nobody could label while the data folder was full");
            }
            ClusterDatabase database = cluster.database();
            long distinct = database.number("select count(distinct external_id) from item_row where project_id = " + project);
            long stored = database.number("select count(*) from item_row where project_id = " + project);
            return new Outcome(ROWS + saved.stream().mapToInt(one -> one.answers().size()).sum(), ROWS - distinct + labelers.lost(saved),
                    stored - distinct + labelers.doubled(), seconds);
        }
    }

    private static void fill(Path filler) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(filler.toFile(), "rw")) {
            byte[] block = new byte[64 << 10];
            while (true) {
                file.write(block);
            }
        } catch (IOException e) {
            if (!String.valueOf(e.getMessage()).contains("No space left")) {
                throw e;
            }
        }
    }

    @Override
    public void close() throws Exception {
        cluster.close();
        NetworkSpace.Shell.run("umount", "-l", disk.toString());
        Files.delete(disk);
    }
}
