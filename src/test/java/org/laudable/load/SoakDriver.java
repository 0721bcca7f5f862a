package org.laudable.load;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.laudable.e2e.Chromium;
import org.laudable.e2e.Desk;
import org.laudable.e2e.RunningLaudable;

/**
 * Whether anything grows while a server works on: people answer, rounds train, points are scored, and one tab goes between the
 * deck and the run's page. Every half minute a line of what is in memory after a collection; at the end the slopes of the second
 * half, and 1 if one of them says that something grows ({@link Trend}) or if not all of the work was done. Options: {@code --minutes N}
 * (30), {@code --texts N} (12,000). What the JVM knows of its memory at half time and at the end is in {@code target/soak}.
 */
public final class SoakDriver {
    private static final Duration EVERY = Duration.ofSeconds(30);
    private static final int QUESTIONS = 3;
    private static final String ADMIN = "ada";
    private static final String PASSWORD = "a long enough sentence";

    private final List<Trend> trends = List.of(new Trend("heap between two rounds, MB", 16), new Trend("direct buffers, MB", 4), new Trend("metaspace, MB", 4),
            new Trend("native: resident less heap, MB", 32), new Trend("threads", 8), new Trend("browser: script heap, MB", 4), new Trend("browser: nodes", 200),
            new Trend("browser: listeners", 200));

    private SoakDriver() {}

    public static void main(String[] args) throws Exception {
        double minutes = 30;
        int texts = 12_000;
        for (int i = 0; i + 1 < args.length; i += 2) {
            switch (args[i]) {
                case "--minutes" -> minutes = Double.parseDouble(args[i + 1]);
                case "--texts" -> texts = Integer.parseInt(args[i + 1]);
                default -> throw new IllegalArgumentException("Not known: " + args[i] + ". There are --minutes and --texts.");
            }
        }
        boolean well;
        try (RunningLaudable laudable = RunningLaudable.onEmptyFolder(SoakServer.ENVIRONMENT)) {
            try (Chromium chromium = new Chromium()) {
                new Desk(laudable, chromium.person()).createFirstAdmin(laudable.fromOutput(Pattern.compile("one-time code: (\\S+)")), "Ada", ADMIN, PASSWORD);
            }
            try (SoakWork work = SoakWork.make(laudable, ADMIN, texts)) {
                well = new SoakDriver().run(laudable, work, Duration.ofMillis((long) (minutes * 60e3)));
            }
        }
        System.exit(well ? 0 : 1);
    }

    private boolean run(RunningLaudable laudable, SoakWork work, Duration time) throws Exception {
        Instant began = Instant.now();
        Instant end = began.plus(time);
        work.begin(end);
        int missteps;
        int answers;
        try (SoakServer server = new SoakServer(laudable); SoakPage page = new SoakPage(laudable, work.project(), ADMIN, PASSWORD)) {
            boolean halfway = false;
            System.out.println("min | heap MB (committed) | direct MB | metaspace MB | native MB | threads | script heap MB, nodes, listeners | answers, rounds, points | load");
            for (Instant next = began.plus(EVERY); next.isBefore(end); next = next.plus(EVERY)) {
                page.turn(QUESTIONS);
                TimeUnit.MILLISECONDS.sleep(Math.max(0, Duration.between(Instant.now(), next).toMillis()));
                work.look();
                boolean busy = work.inBackground();
                SoakServer.Sample sample = server.sample();
                sample(Duration.between(began, Instant.now()), sample, page.sample(), work.done(), busy || work.inBackground());
                if (!halfway && Instant.now().isAfter(began.plus(time.dividedBy(2)))) {
                    halfway = true;
                    server.keep("half");
                }
            }
            server.keep("end");
            missteps = page.missteps();
            answers = page.answers();
        }
        return verdict(work, time, answers, missteps);
    }

    /** @param busy a round trains: what it has in hand is heap it gives back */
    private void sample(Duration at, SoakServer.Sample server, SoakPage.Sample page, Map<String, Long> done, boolean busy) {
        double[] values = {server.heap(), server.direct(), server.metaspace(), server.nativeMemory(), server.threads(), page.heap(), page.nodes(), page.listeners()};
        for (int i = busy ? 1 : 0; i < values.length; i++) {
            trends.get(i).add(at.toMillis() / 3.6e6, values[i]);
        }
        System.out.printf(Locale.ROOT, "%.1f | %.1f (%.0f)%s | %.1f | %.1f | %.0f | %.0f | %.1f, %.0f, %.0f | %d, %d, %d | %.1f%n", at.toMillis() / 60e3, server.heap(), server.committed(),
                busy ? " training" : "", server.direct(), server.metaspace(), server.nativeMemory(), server.threads(), page.heap(), page.nodes(), page.listeners(), done.get("answers"), done.get("rounds"),
                done.get("points"), ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private boolean verdict(SoakWork work, Duration time, int answers, int missteps) {
        work.print(time);
        Map<String, Long> done = work.done();
        System.out.printf(Locale.ROOT, "%n%d min: %,d answers, %d of them on the page, %d rounds in %d run(s), %,d of %,d points scored, %d anomalies; the page went wrong %d times%n%n", time.toMinutes(),
                done.get("answers"), answers, done.get("rounds"), done.get("runs"), done.get("points"), done.get("sent"), done.get("anomalies"), missteps);
        System.out.println("| | first half | second half | an hour's growth | allowed | rise, standard deviations | |\n|---|---|---|---|---|---|---|");
        trends.forEach(trend -> System.out.println(trend.row()));
        boolean worked = done.get("answers") > 0 && done.get("rounds") > 0 && done.get("points").equals(done.get("sent")) && answers > 0;
        boolean flat = trends.stream().allMatch(Trend::flat);
        System.out.println(!worked ? "NOT ALL OF THE WORK WAS DONE" : flat ? "FLAT" : "SOMETHING GROWS");
        return worked && flat;
    }
}
