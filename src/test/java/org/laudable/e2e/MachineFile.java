package org.laudable.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A made-up server machine in the folders of the Server Machine Dataset (train, test, test_label; one row a minute, no
 * header): a daily rhythm with noise on every channel, one dead channel, and anomalies of three kinds in the test file.
 */
final class MachineFile {
    /** Points of the training file, which come before those of the test file. */
    static final int HISTORY = 2_000;
    private static final int POINTS = HISTORY;
    private static final int CHANNELS = 5;
    private static final int DEAD = 4;
    private static final int SEED = 7;
    /** A spike, a lasting shift, a drop, the same spike again, a burst: [from, to). */
    private static final List<int[]> ANOMALIES = List.of(new int[] {300, 312}, new int[] {620, 680}, new int[] {905, 930},
            new int[] {1_250, 1_262}, new int[] {1_600, 1_640});

    private MachineFile() {}

    /** Whether a point of the test file lies in an anomaly. */
    static boolean anomalous(int point) {
        return ANOMALIES.stream().anyMatch(a -> a[0] <= point && point < a[1]);
    }

    /** The rows of the test file, one for each point. */
    static List<String> testRows() {
        SplittableRandom random = new SplittableRandom(SEED);
        rows(random, false);
        return rows(random, true);
    }

    /** A zip with the folders. */
    static Path write() {
        SplittableRandom random = new SplittableRandom(SEED);
        try {
            Path file = Files.createTempFile(Files.createDirectories(Path.of("target", "e2e")), "machine", ".zip");
            try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
                entry(zip, "train/machine-9-1.txt", rows(random, false));
                entry(zip, "test/machine-9-1.txt", rows(random, true));
                List<String> labels = new ArrayList<>();
                for (int t = 0; t < POINTS; t++) {
                    labels.add(anomalous(t) ? "1" : "0");
                }
                entry(zip, "test_label/machine-9-1.txt", labels);
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void entry(ZipOutputStream zip, String name, List<String> lines) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    private static List<String> rows(SplittableRandom random, boolean test) {
        List<String> rows = new ArrayList<>();
        for (int t = 0; t < POINTS; t++) {
            List<String> row = new ArrayList<>();
            for (int c = 0; c < CHANNELS; c++) {
                double value = c == DEAD ? 0
                        : .4 + .15 * Math.sin(2 * Math.PI * (t + 90 * c) / 360) + .02 * (random.nextDouble() + random.nextDouble() - 1);
                row.add(String.format(Locale.ROOT, "%.6f", test && c != DEAD && anomalous(t) ? odd(value, t, c) : value));
            }
            rows.add(String.join(",", row));
        }
        return rows;
    }

    private static double odd(double value, int t, int channel) {
        if (620 <= t && t < 680) {
            return channel < 2 ? value + .3 : value;
        }
        if (905 <= t && t < 930) {
            return channel == 2 ? .02 : value;
        }
        if (1_600 <= t && t < 1_640) {
            return value + (t % 2 == 0 ? .25 : -.25);
        }
        return channel < 3 ? Math.min(1, value + .45) : value;
    }
}
