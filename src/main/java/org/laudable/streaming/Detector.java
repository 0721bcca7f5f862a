package org.laudable.streaming;

import org.laudable.engine.series.Bundle;
import org.laudable.engine.series.OnlineScorer;
import org.laudable.model.file.Manifest;
import org.laudable.model.file.SeriesModelFile;

/**
 * An approved model's detector of one series, read and ready; shared by threads.
 *
 * @param id        of its row: another approval has other detectors
 * @param version   of the model
 * @param described as its file describes it
 * @param threshold probability from which a point is an anomaly, by the costs at the time of training
 * @param drift     how its scores were distributed where it learned
 */
record Detector(long id, long seriesId, long projectId, String version, Manifest.Detector described, double threshold, Bundle bundle, Drift drift) {

    /** @param millis of the first point it will see */
    OnlineScorer scorer(long millis) {
        return new OnlineScorer(bundle, described.anchor(), threshold, SeriesModelFile.time(described, millis));
    }

    int channels() {
        return described.channels().size();
    }

    String channel(int ordinal) {
        return described.channels().get(ordinal).name();
    }

    long stepMillis() {
        return Math.max(1, Math.round(1_000 * described.stepSeconds()));
    }
}
