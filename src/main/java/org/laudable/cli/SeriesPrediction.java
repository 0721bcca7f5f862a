package org.laudable.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.laudable.engine.series.OnlineScorer;
import org.laudable.engine.series.file.TimeForm;
import org.laudable.engine.series.file.TimeReader;
import org.laudable.engine.series.file.Numbers;
import org.laudable.model.file.BundleFile;
import org.laudable.model.file.Manifest;
import org.laudable.model.file.SeriesModelFile;
import org.laudable.model.file.UnusableBundle;

/** A detector over a file: one point after the other, as they would come. */
final class SeriesPrediction {
    private static final List<String> TIMES = List.of("time", "timestamp", "at", "date", "datetime", "ts", "zeit", "zeitpunkt");

    private final Manifest.Detector detector;
    private final BundleFile model;
    private OnlineScorer scorer;
    private final String timeColumn;

    /**
     * @param series     null: the file's only one
     * @param timeColumn null: to be found
     */
    SeriesPrediction(BundleFile model, String series, String timeColumn) throws IOException, UnusableBundle {
        this.detector = detector(SeriesModelFile.series(model), series);
        this.model = model;
        this.scorer = SeriesModelFile.scorer(model, detector, OnlineScorer.ELSEWHERE); // reads it, so that a damaged one is refused before the input is opened
        this.timeColumn = timeColumn;
    }

    private static Manifest.Detector detector(Manifest.Series series, String wanted) {
        String names = String.join(", ", SeriesModelFile.names(series));
        if (wanted == null) {
            if (series.detectors().size() > 1) {
                throw new CommandFailed("The model knows several series. Say with --series which one the file is of: " + names + ".");
            }
            return series.detectors().getFirst();
        }
        return series.detectors().stream().filter(one -> one.series().equalsIgnoreCase(wanted.strip())).findFirst()
                .orElseThrow(() -> new CommandFailed("The model does not know the series '%s'; it knows %s.".formatted(wanted, names)));
    }

    /** @return the exit code: 0, also where single rows could not be read */
    int run(Path input, ScoredRows out, PrintWriter err) throws IOException, UnusableBundle {
        long refused = 0;
        try (InputRows rows = InputRows.open(input)) {
            String time = timeColumn != null ? rows.column(timeColumn) : found(rows, input);
            List<String> channels = new ArrayList<>();
            for (Manifest.Channel channel : detector.channels()) {
                channels.add(rows.column(channel.name()));
            }
            Optional<InputRows.Row> row = rows.next();
            if (row.isEmpty()) {
                throw new CommandFailed(input + " holds no rows.");
            }
            TimeReader times = null;
            long last = Long.MIN_VALUE;
            for (; row.isPresent(); row = rows.next()) {
                String text = row.get().fields().get(time);
                times = times == null && row.get().problem() == null ? times(text, input, time) : times;
                long millis = row.get().problem() != null || text == null ? TimeReader.NONE : times.millis(text);
                if (millis == TimeReader.NONE || millis <= last) {
                    refused++;
                    err.printf("Line %d: %s%n", row.get().number(), row.get().problem() != null ? row.get().problem()
                            : millis == TimeReader.NONE ? "there is no time in column '" + time + "'" : "its time is not after the one before");
                    out.write(row.get(), said(Optional.empty()));
                    continue;
                }
                if (last == Long.MIN_VALUE) {
                    scorer = SeriesModelFile.scorer(model, detector, SeriesModelFile.time(detector, millis));
                }
                last = millis;
                out.write(row.get(), said(Optional.of(scorer.push(Math.floorDiv(millis, 1_000L), values(row.get(), channels)))));
            }
        }
        if (refused > 0) {
            err.printf("Rows that were not judged: %,d.%n", refused);
        }
        if (scorer.points() < scorer.settlesAfter()) {
            err.printf("The file has %,d points; the detector looks back at %,d. What it says of the first ones rests on little.%n", scorer.points(), scorer.settlesAfter());
        }
        return 0;
    }

    private static String found(InputRows rows, Path input) {
        return rows.columns().stream().filter(name -> TIMES.contains(name.strip().toLowerCase(java.util.Locale.ROOT))).findFirst()
                .orElseThrow(() -> new CommandFailed("Which column of %s holds the time? Say so with --time; it has %s.".formatted(input, String.join(", ", rows.columns()))));
    }

    /** In the first form that reads the first row's time. */
    private TimeReader times(String first, Path input, String column) {
        ZoneId zone;
        try {
            zone = ZoneId.of(detector.zone() == null ? "UTC" : detector.zone());
        } catch (DateTimeException e) {
            zone = ZoneId.of("UTC");
        }
        List<TimeForm> forms = first != null && first.strip().matches("[0-9]+([.][0-9]+)?")
                ? List.of(first.strip().length() >= 18 ? TimeForm.NANOSECONDS : first.strip().length() >= 15 ? TimeForm.MICROSECONDS
                        : first.strip().length() >= 12 ? TimeForm.MILLISECONDS : TimeForm.SECONDS)
                : List.of(TimeForm.ISO, TimeForm.DAY_FIRST, TimeForm.MONTH_FIRST);
        for (TimeForm form : forms) {
            if (first != null && new TimeReader(form, zone, detector.stepSeconds()).millis(first) != TimeReader.NONE) {
                return new TimeReader(form, zone, detector.stepSeconds());
            }
        }
        throw new CommandFailed("The first row of %s has no time in column '%s'.".formatted(input, column));
    }

    private static double[] values(InputRows.Row row, List<String> channels) {
        double[] values = new double[channels.size()];
        for (int c = 0; c < values.length; c++) {
            String field = row.fields().get(channels.get(c));
            double value = field == null ? Double.NaN : Numbers.parse(field);
            values[c] = Double.isFinite(value) ? value : Double.NaN;
        }
        return values;
    }

    private static Map<String, Object> said(Optional<OnlineScorer.Verdict> verdict) {
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("probability", verdict.map(OnlineScorer.Verdict::probability).orElse(null));
        said.put("anomaly", verdict.map(OnlineScorer.Verdict::anomaly).orElse(null));
        return said;
    }
}
