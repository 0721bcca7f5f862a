package org.laudable.anomaly;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** A small series with a daily rhythm and anomalies whose places are known. */
public final class PlantedSeries {
    static final Instant START = Instant.parse("2024-03-04T00:00:00Z");
    public static final int POINTS = 1_600;
    static final int STEP_SECONDS = 600;

    /** Points from, to (exclusive). */
    record Planted(int from, int to) {
        boolean holds(int point) {
            return point >= from && point < to;
        }
    }

    static final List<Planted> PLANTED = List.of(new Planted(300, 312), new Planted(640, 655), new Planted(905, 915), new Planted(1_210, 1_222),
            new Planted(1_480, 1_490));

    private PlantedSeries() {}

    static byte[] csv(long seed) {
        Random random = new Random(seed);
        StringBuilder csv = new StringBuilder("time,load\n");
        for (int t = 0; t < POINTS; t++) {
            double value = 10 + 4 * Math.sin(2 * Math.PI * t / 144) + .3 * random.nextGaussian();
            int at = t;
            if (PLANTED.stream().anyMatch(p -> p.holds(at))) {
                value += 9;
            }
            csv.append(START.plusSeconds((long) STEP_SECONDS * t)).append(',').append(Math.round(1_000 * value) / 1_000.0).append('\n');
        }
        return csv.toString().getBytes(StandardCharsets.UTF_8);
    }

    public static Instant at(int point) {
        return START.plusSeconds((long) STEP_SECONDS * point);
    }
}
