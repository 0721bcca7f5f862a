package org.laudable.model.file;

import java.io.IOException;
import java.util.List;
import org.laudable.engine.saved.BoundedInput;
import org.laudable.engine.series.Bundle;
import org.laudable.engine.series.OnlineScorer;
import org.laudable.engine.series.OperatingPoint;

/** The parts of a model for series: for each series a detector that scores point by point, and one that a run starts from. */
public final class SeriesModelFile {

    private SeriesModelFile() {}

    /** @throws UnusableBundle if it is not of series */
    public static Manifest.Series series(BundleFile file) throws UnusableBundle {
        Manifest.Series series = file.manifest().series();
        if (series == null || series.detectors() == null || series.detectors().isEmpty()) {
            throw new UnusableBundle("This is a model of texts, not of series.");
        }
        for (Manifest.Detector one : series.detectors()) {
            if (one == null || one.series() == null || one.channels() == null || one.channels().isEmpty() || one.channels().stream().anyMatch(c -> c == null || c.name() == null)) {
                throw new UnusableBundle("The model's list of series is incomplete.");
            }
        }
        return series;
    }

    /**
     * The detector of one series, ready to score its points.
     *
     * @param time the first point's number in the fitted series; {@link OnlineScorer#ELSEWHERE} for other points
     */
    public static OnlineScorer scorer(BundleFile file, Manifest.Detector detector, int time) throws IOException, UnusableBundle {
        Bundle bundle = bundle(file, detector.live());
        double threshold = OperatingPoint.forMissCost(missCost(file));
        try {
            OnlineScorer tried = new OnlineScorer(bundle, detector.anchor(), threshold, OnlineScorer.ELSEWHERE);
            if (tried.channels() > detector.channels().size()) {
                throw new UnusableBundle("The model looks at more channels than it names.");
            }
            for (int t = 0; t < 2; t++) {
                tried.push(t, new double[detector.channels().size()]); // parts that do not fit each other show at the first points
            }
            return new OnlineScorer(bundle, detector.anchor(), threshold, time);
        } catch (IllegalArgumentException | IllegalStateException | IndexOutOfBoundsException e) {
            throw new UnusableBundle("The model of series '%s' is damaged: its parts do not fit each other.".formatted(detector.series()), e);
        }
    }

    /** The number of a moment's point in the fitted series; {@link OnlineScorer#ELSEWHERE} before it, or where the file does not say. */
    public static int time(Manifest.Detector detector, long millis) {
        if (detector.startsAt() == null || !(detector.stepSeconds() > 0)) {
            return OnlineScorer.ELSEWHERE;
        }
        double steps = Math.rint((millis - detector.startsAt().toEpochMilli()) / (1_000 * detector.stepSeconds()));
        return steps >= 0 && steps < OnlineScorer.ELSEWHERE ? (int) steps : OnlineScorer.ELSEWHERE;
    }

    private static double missCost(BundleFile file) throws UnusableBundle {
        double cost = file.manifest().series().missCost();
        if (!(cost > 0 && cost < 1e6)) {
            throw new UnusableBundle("The model's cost of a missed anomaly makes no sense: " + cost + ".");
        }
        return cost;
    }

    /** A part as the engine's bundle. */
    public static Bundle bundle(BundleFile file, String part) throws IOException, UnusableBundle {
        try (BoundedInput in = file.data(part)) {
            return Bundle.read(in);
        } catch (IOException e) {
            throw new UnusableBundle(e.getMessage() == null ? "The model file is damaged." : e.getMessage(), e);
        }
    }

    /** Names of all series, for people. */
    public static List<String> names(Manifest.Series series) {
        return series.detectors().stream().map(Manifest.Detector::series).toList();
    }
}
