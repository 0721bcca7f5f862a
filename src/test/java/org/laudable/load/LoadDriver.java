package org.laudable.load;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.laudable.e2e.RunningLaudable;

/**
 * Starts Laudable on an empty folder, lets people label for some minutes through {@code /api/v1/tasks} as their browsers
 * would, without browsers, and counts in the database what became of it. Ends with 1 if anything is lost or twice.
 */
public final class LoadDriver {
    private LoadDriver() {}

    /**
     * @param people  who label at the same time, each in a session of their own
     * @param items   texts in the queue
     * @param overlap answers each item gets
     * @param minutes how long they label
     * @param think   between a question and its answer, on average
     * @param settle  calls that begin before this are made and counted, but not timed
     */
    public record Wish(int people, int items, int overlap, double minutes, Duration think, Duration settle) {
        static Wish of(String[] args) {
            int people = 50;
            int items = 30_000;
            int overlap = 3;
            double minutes = 5;
            Duration think = Duration.ofSeconds(1);
            Duration settle = Duration.ZERO;
            for (int i = 0; i + 1 < args.length; i += 2) {
                switch (args[i]) {
                    case "--people" -> people = Integer.parseInt(args[i + 1]);
                    case "--items" -> items = Integer.parseInt(args[i + 1]);
                    case "--overlap" -> overlap = Integer.parseInt(args[i + 1]);
                    case "--minutes" -> minutes = Double.parseDouble(args[i + 1]);
                    case "--think-millis" -> think = Duration.ofMillis(Long.parseLong(args[i + 1]));
                    case "--settle-seconds" -> settle = Duration.ofSeconds(Long.parseLong(args[i + 1]));
                    default -> throw new IllegalArgumentException("Not known: " + args[i]
                            + ". There are --people, --items, --overlap, --minutes, --think-millis and --settle-seconds.");
                }
            }
            return new Wish(people, items, overlap, minutes, think, settle);
        }
    }

    /** @param args see {@link Wish} */
    public static void main(String[] args) throws Exception {
        Wish wish = Wish.of(args);
        boolean well;
        try (RunningLaudable laudable = RunningLaudable.onEmptyFolder()) {
            LoadProject project = LoadProject.make(laudable, wish);
            System.out.printf("%d people, %,d texts, %d answers each, %.1f minutes, %d ms to think%n", wish.people(), wish.items(),
                    wish.overlap(), wish.minutes(), wish.think().toMillis());
            Latencies latencies = new Latencies();
            double before = cpuSeconds();
            List<Annotator.Saved> saved = label(laudable, project, wish, latencies);
            double used = cpuSeconds() - before;
            latencies.print(Duration.ofMillis((long) (wish.minutes() * 60_000)).minus(wish.settle()));
            try (Connection database = laudable.connection()) {
                well = new Count(project, wish).print(database, saved);
            }
            int answers = saved.stream().mapToInt(one -> one.answers().size()).sum();
            System.out.printf("server and database: %.0f s of CPU, %.1f ms an answer with its next question; %s; load average of the machine %.1f%n",
                    used, 1e3 * used / Math.max(1, answers), memory(), ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        }
        System.exit(well ? 0 : 1);
    }

    private static List<Annotator.Saved> label(RunningLaudable laudable, LoadProject project, Wish wish, Latencies latencies) throws Exception {
        String sessionKey = Files.readString(laudable.data().resolve("secrets/session.key")).strip();
        List<Annotator> people = new ArrayList<>();
        for (LoadProject.Person person : project.people()) {
            people.add(new Annotator(List.of(laudable.url("")), person, project, sessionKey, latencies, wish.think()).signIn());
        }
        latencies.leaveOut(wish.settle());
        Instant end = Instant.now().plusMillis((long) (wish.minutes() * 60_000));
        List<Annotator.Saved> saved = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Annotator.Saved>> all = people.stream().map(one -> threads.submit(() -> one.labelUntil(end))).toList();
            for (Future<Annotator.Saved> one : all) {
                saved.add(one.get());
            }
        }
        return saved;
    }

    /** Of the server and its database. */
    static double cpuSeconds() {
        return ProcessHandle.current().descendants().map(one -> one.info().totalCpuDuration().orElse(Duration.ZERO)).mapToLong(Duration::toMillis).sum() / 1e3;
    }

    /** Of all Java processes below this one: the server. */
    private static String memory() {
        return ProcessHandle.current().children().map(child -> Path.of("/proc", Long.toString(child.pid()), "status")).filter(Files::exists)
                .map(LoadDriver::resident).findFirst().orElse("memory not known here");
    }

    private static String resident(Path status) {
        try (var lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmRSS")).findFirst().orElse("").replaceAll("\\s+", " ");
        } catch (java.io.IOException e) {
            return "memory not known";
        }
    }
}
