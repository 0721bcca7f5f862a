package org.laudable.series;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.laudable.engine.series.file.MemoryPoints;
import org.laudable.engine.series.file.PointReader;
import org.laudable.engine.series.file.SeriesInputs;
import org.laudable.engine.series.file.UnreadableSource;

/** Looks at the first points of a draft's series. */
final class PreviewReader {
    static final int MOST_POINTS = 20_000;

    private static final int MOST_SERIES = 12;
    private static final int SKETCHED = 4;
    private static final int WIDTH = 240;

    private PreviewReader() {}

    /** The first twelve series. */
    static List<SeriesPreview> read(SeriesInputs inputs) throws IOException {
        List<SeriesPreview> found = new ArrayList<>();
        for (SeriesInputs.Unit unit : inputs.units()) {
            try {
                for (SeriesInputs.Input input : inputs.inputs(unit, MOST_POINTS)) {
                    if (found.size() >= MOST_SERIES) {
                        return found;
                    }
                    found.add(one(input));
                }
            } catch (UnreadableSource e) {
                found.add(refused(unit.name(), e.getMessage()));
            }
            if (found.size() >= MOST_SERIES) {
                return found;
            }
        }
        return found;
    }

    private static SeriesPreview one(SeriesInputs.Input input) throws IOException {
        try (PointReader reader = input.opener().open()) {
            List<String> channels = reader.report().channels();
            SeriesProfile profile = new SeriesProfile(channels);
            double[][] values = new double[Math.min(SKETCHED, channels.size())][MOST_POINTS];
            boolean whole = true;
            long last = Long.MIN_VALUE;
            boolean sorted = true;
            while (reader.next()) {
                if (profile.points() == MOST_POINTS) {
                    whole = false;
                    break;
                }
                if (reader.millis() == last) {
                    profile.duplicate();
                    continue;
                }
                sorted &= reader.millis() > last;
                last = reader.millis();
                for (int c = 0; c < values.length; c++) {
                    values[c][profile.points()] = reader.values()[c];
                }
                profile.point(last, reader.values(), reader.label(), reader.history());
            }
            profile.end();
            if (!sorted && !(reader instanceof MemoryPoints)) {
                profile.unsorted();
            }
            return shown(input.name(), channels, profile, reader, values, whole, sorted);
        } catch (UnreadableSource e) {
            return refused(input.name(), e.getMessage());
        }
    }

    private static SeriesPreview shown(String name, List<String> channels, SeriesProfile profile, PointReader reader, double[][] values, boolean whole,
            boolean sorted) {
        int points = profile.points();
        List<double[][]> sketches = new ArrayList<>();
        for (double[] channel : values) {
            sketches.add(sketch(channel, points));
        }
        List<double[]> anomalous = profile.known().stream()
                .map(known -> new double[] {known.from() / (double) points, known.to() / (double) points}).toList();
        String problem = points < SeriesIntake.FEWEST_POINTS && whole
                ? "It has %,d points; at least %d are needed to say what is usual.".formatted(points, SeriesIntake.FEWEST_POINTS) : null;
        Instant start = points == 0 ? Instant.EPOCH : profile.startsAt();
        return new SeriesPreview(name, channels, points, whole, start, points == 0 ? start : profile.endsAt(), profile.stepSeconds(),
                sorted ? profile.findings(reader.report()) : List.of(Finding.of("unsorted")), problem, sketches, anomalous);
    }

    private static double[][] sketch(double[] values, int points) {
        int width = Math.min(WIDTH, points);
        double[][] extremes = new double[2][width];
        Arrays.fill(extremes[0], Double.NaN);
        Arrays.fill(extremes[1], Double.NaN);
        for (int t = 0; t < points; t++) {
            int at = (int) ((long) t * width / points);
            double value = values[t];
            if (value == value) {
                extremes[0][at] = extremes[0][at] <= value ? extremes[0][at] : value;
                extremes[1][at] = extremes[1][at] >= value ? extremes[1][at] : value;
            }
        }
        return extremes;
    }

    private static SeriesPreview refused(String name, String reason) {
        return new SeriesPreview(name, List.of(), 0, true, Instant.EPOCH, Instant.EPOCH, 1, List.of(), reason, List.of(), List.of());
    }
}
