package org.laudable.series;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.laudable.engine.series.file.ReadingReport;

/** What is worth knowing about a series, gathered point by point: its step, gaps, dead channels, jumps of unit, labels. */
final class SeriesProfile {
    private static final int MOST_STEPS = 50_000;
    private static final int BLOCK = 16;
    private static final double JUMP = 1e5;
    private static final double STEADY = 100;
    private static final int NAMED = 6;
    private static final int MOST_INTERVALS = 100_000;

    private final List<String> names;
    private final Map<Long, Integer> steps = new HashMap<>();
    private final double[] first;
    private final boolean[] varies;
    private final int[] missing;
    private final double[][] block;
    private final int[] filled;
    private final double[][] levels;
    private final int[] levelCount;
    private final Finding[] jumps;
    private final List<KnownInterval> known = new ArrayList<>();
    private long firstMillis;
    private long lastMillis;
    private int points;
    private int history;
    private int duplicates;
    private boolean unsorted;
    private int labelStart = -1;

    SeriesProfile(List<String> names) {
        int n = names.size();
        this.names = names;
        first = new double[n];
        Arrays.fill(first, Double.NaN);
        varies = new boolean[n];
        missing = new int[n];
        block = new double[n][BLOCK];
        filled = new int[n];
        levels = new double[n][4];
        levelCount = new int[n];
        jumps = new Finding[n];
    }

    void point(long millis, double[] values, int label, boolean inHistory) {
        if (points == 0) {
            firstMillis = millis;
        } else if (steps.size() < MOST_STEPS || steps.containsKey(millis - lastMillis)) {
            steps.merge(millis - lastMillis, 1, Integer::sum);
        }
        lastMillis = millis;
        history += inHistory ? 1 : 0;
        if (label == 1 && labelStart < 0) {
            labelStart = points;
        } else if (label != 1 && labelStart >= 0) {
            endLabel();
        }
        for (int c = 0; c < values.length; c++) {
            double value = values[c];
            if (value != value) {
                missing[c]++;
                continue;
            }
            if (first[c] != first[c]) {
                first[c] = value;
            } else if (value != first[c]) {
                varies[c] = true;
            }
            if (jumps[c] == null) {
                level(c, Math.abs(value), millis);
            }
        }
        points++;
    }

    void duplicate() {
        duplicates++;
    }

    void unsorted() {
        unsorted = true;
    }

    void end() {
        if (labelStart >= 0) {
            endLabel();
        }
    }

    int points() {
        return points;
    }

    int history() {
        return history;
    }

    List<KnownInterval> known() {
        return known;
    }

    Instant startsAt() {
        return Instant.ofEpochMilli(firstMillis);
    }

    Instant endsAt() {
        return Instant.ofEpochMilli(lastMillis);
    }

    boolean constant(int channel) {
        return !varies[channel];
    }

    int missing(int channel) {
        return missing[channel];
    }

    /** Whether there is nothing in it that could be odd: no value, or always the same. */
    boolean nothingVaries() {
        for (boolean one : varies) {
            if (one) {
                return false;
            }
        }
        return true;
    }

    boolean noValues() {
        return Arrays.stream(missing).allMatch(count -> count == points);
    }

    /** The usual distance of two points in seconds: the median of all. */
    double stepSeconds() {
        long total = steps.values().stream().mapToLong(Integer::longValue).sum();
        long seen = 0;
        for (Map.Entry<Long, Integer> step : new TreeMap<>(steps).entrySet()) {
            seen += step.getValue();
            if (2 * seen >= total) {
                return Math.max(.001, step.getKey() / 1_000.0);
            }
        }
        return 1;
    }

    /** Places where at least one point is missing. */
    int gaps() {
        double limit = 1_500 * stepSeconds();
        return steps.entrySet().stream().filter(step -> step.getKey() > limit).mapToInt(Map.Entry::getValue).sum();
    }

    List<Finding> findings(ReadingReport report) {
        List<Finding> found = new ArrayList<>();
        if (unsorted) {
            found.add(Finding.of("unsorted"));
        }
        if (duplicates > 0) {
            found.add(Finding.of("duplicates", count(duplicates)));
        }
        if (report.badTimes() > 0) {
            found.add(Finding.of("badTimes", count(report.badTimes()), report.firstBadTime(), count(report.badTimeLine())));
        }
        if (report.shortRows() > 0) {
            found.add(Finding.of("shortRows", count(report.shortRows())));
        }
        if (report.mixedZones()) {
            found.add(Finding.of("mixedZones"));
        }
        if (report.skippedHours() > 0) {
            found.add(Finding.of("skippedHour", count(report.skippedHours())));
        }
        times(found);
        channels(found, report);
        if (report.labelsOutside() > 0) {
            found.add(Finding.of("labelsOutside", count(report.labelsOutside())));
        }
        return found;
    }

    private void times(List<Finding> found) {
        double step = stepSeconds() * 1_000;
        int gaps = gaps();
        if (gaps > 0) {
            long longest = steps.keySet().stream().mapToLong(Long::longValue).max().orElse(0);
            found.add(Finding.of("gaps", count(gaps), duration(longest)));
        }
        long regular = steps.entrySet().stream().filter(one -> Math.abs(one.getKey() - step) <= .1 * step).mapToLong(Map.Entry::getValue).sum();
        long total = steps.values().stream().mapToLong(Integer::longValue).sum() - gaps;
        if (total > 0 && total - regular > .05 * total) {
            found.add(Finding.of("irregular", Math.round(100.0 * (total - regular) / total)));
        }
    }

    private void channels(List<Finding> found, ReadingReport report) {
        List<Integer> dead = new ArrayList<>();
        List<Integer> constant = new ArrayList<>();
        List<Integer> holes = new ArrayList<>();
        for (int c = 0; c < names.size(); c++) {
            if (missing[c] == points) {
                dead.add(c);
            } else if (!varies[c]) {
                constant.add(c);
            } else if (missing[c] > 0) {
                holes.add(c);
            }
        }
        named(found, "empty", dead);
        named(found, "constant", constant);
        if (!holes.isEmpty()) {
            found.add(Finding.of("missing", holes.stream().limit(NAMED)
                    .map(c -> "%s (%s)".formatted(names.get(c), count(missing[c]))).collect(Collectors.joining(", ")) + more(holes)));
        }
        for (int c = 0; c < names.size(); c++) {
            if (report.texts(c) > 0) {
                found.add(Finding.of("text", names.get(c), count(report.texts(c)), report.firstText(c)));
            }
            if (report.infinite(c) > 0) {
                found.add(Finding.of("infinite", names.get(c), count(report.infinite(c))));
            }
            if (jumps[c] != null) {
                found.add(jumps[c]);
            }
        }
    }

    private void named(List<Finding> found, String key, List<Integer> channels) {
        if (!channels.isEmpty()) {
            found.add(Finding.of(key, channels.size(), channels.stream().limit(NAMED).map(names::get).collect(Collectors.joining(", ")) + more(channels)));
        }
    }

    private static String more(List<Integer> channels) {
        return channels.size() > NAMED ? " …" : "";
    }

    private void endLabel() {
        if (known.size() < MOST_INTERVALS) {
            known.add(new KnownInterval(labelStart, points));
        }
        labelStart = -1;
    }

    /** Follows the usual size of a channel over blocks of points; two steady blocks a hundred thousand times apart are a jump. */
    private void level(int channel, double size, long millis) {
        block[channel][filled[channel]++] = size;
        if (filled[channel] < BLOCK) {
            return;
        }
        filled[channel] = 0;
        Arrays.sort(block[channel]);
        double[] last = levels[channel];
        System.arraycopy(last, 1, last, 0, 3);
        last[3] = block[channel][BLOCK / 2];
        if (++levelCount[channel] >= 4 && steady(last[0], last[1]) && steady(last[2], last[3])) {
            double up = Math.min(last[2], last[3]) / Math.max(last[0], last[1]);
            double down = Math.min(last[0], last[1]) / Math.max(last[2], last[3]);
            if (Math.max(up, down) >= JUMP) {
                jumps[channel] = Finding.of("jump", names.get(channel), "10^" + Math.round(Math.log10(Math.max(up, down))), Instant.ofEpochMilli(millis));
            }
        }
    }

    private static boolean steady(double a, double b) {
        return a > 0 && b > 0 && Math.max(a, b) / Math.min(a, b) <= STEADY;
    }

    private static String count(long number) {
        return "%,d".formatted(number);
    }

    static String duration(long millis) {
        long seconds = millis / 1_000;
        if (seconds < 120) {
            return seconds + " s";
        }
        if (seconds < 7_200) {
            return seconds / 60 + " min";
        }
        return seconds < 172_800 ? seconds / 3_600 + " h" : seconds / 86_400 + " d";
    }
}
