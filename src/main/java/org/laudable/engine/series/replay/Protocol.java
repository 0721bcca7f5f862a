package org.laudable.engine.series.replay;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Who may be asked about what, and what is scored (ENGINES §2.9). */
public enum Protocol {
    /** Contiguous blocks, half of them asked about, the other half scored; then the halves swap. */
    BLOCKS,
    /** The first half is fitted on and asked about, the second half scored. */
    FUTURE,
    /** Everything is asked about and scored, with the answers applied. */
    USER;

    private static final double BLOCK = .05;

    /**
     * One way to divide the judged points.
     *
     * @param ask    points that may be asked about
     * @param score  points that are scored
     * @param usable points whose values may be fitted on
     * @param causal whether features must not look ahead
     */
    public record Part(boolean[] ask, boolean[] score, boolean[] usable, boolean causal) {
    }

    /** The name on the command line. */
    public String option() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    List<Part> parts(boolean[] anomalous, long seed) {
        int n = anomalous.length;
        boolean[] all = new boolean[n];
        Arrays.fill(all, true);
        return switch (this) {
            case USER -> List.of(new Part(all, all, all, false));
            case FUTURE -> {
                boolean[] first = new boolean[n];
                boolean[] second = new boolean[n];
                Arrays.fill(first, 0, n / 2, true);
                Arrays.fill(second, n / 2, n, true);
                yield List.of(new Part(first, second, first, true));
            }
            case BLOCKS -> {
                boolean[] one = new boolean[n];
                int[] ends = blocks(anomalous);
                List<Integer> order = new ArrayList<>();
                for (int b = 0; b < ends.length; b++) {
                    order.add(b);
                }
                Collections.shuffle(order, new Random(seed));
                for (int b : order.subList(0, ends.length / 2)) {
                    Arrays.fill(one, b == 0 ? 0 : ends[b - 1], ends[b], true);
                }
                boolean[] other = new boolean[n];
                for (int t = 0; t < n; t++) {
                    other[t] = !one[t];
                }
                yield List.of(new Part(one, other, all, false), new Part(other, one, all, false));
            }
        };
    }

    /** Ends of blocks of about a twentieth, moved forward so that none splits an event. */
    static int[] blocks(boolean[] anomalous) {
        int n = anomalous.length;
        int length = Math.max(1, (int) Math.round(BLOCK * n));
        List<Integer> ends = new ArrayList<>();
        int start = 0;
        while (start < n) {
            int end = Math.min(n, start + length);
            while (end < n && anomalous[end] && anomalous[end - 1]) {
                end++;
            }
            ends.add(end);
            start = end;
        }
        return ends.stream().mapToInt(Integer::intValue).toArray();
    }
}
