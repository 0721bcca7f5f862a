package org.laudable.streaming;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.laudable.series.SeriesInfo;
import org.laudable.series.SeriesStore;

/** What a detector looks back at when it begins: the end of the stored series, or live points that another one scored. */
@ApplicationScoped
class PastPoints {
    private final SeriesStore store;
    private final StateRepository states;

    PastPoints(SeriesStore store, StateRepository states) {
        this.store = store;
        this.states = states;
    }

    /** The newest stored points, as many as are looked back at. */
    List<LivePoint> stored(SeriesInfo info, Detector detector) {
        int from = Math.max(0, info.points() - detector.scorer(0).settlesAfter());
        long[] times = store.times(info.id(), from, info.points());
        double[][] values = store.window(info.id(), from, info.points());
        List<LivePoint> points = new ArrayList<>();
        for (int t = 0; t < times.length; t++) {
            double[] row = new double[values.length];
            for (int c = 0; c < row.length; c++) {
                row[c] = values[c][t];
            }
            points.add(new LivePoint(times[t], row));
        }
        return points;
    }

    /** The newest live points; stored ones before them where they are few. */
    List<LivePoint> newest(SeriesInfo info, Detector detector) {
        return newest(states.ring(info.id()), info, detector);
    }

    List<LivePoint> newest(List<LivePoint> live, SeriesInfo info, Detector detector) {
        int wanted = detector.scorer(0).settlesAfter();
        if (live.isEmpty()) {
            return stored(info, detector);
        }
        if (live.size() >= wanted) {
            return live.subList(live.size() - wanted, live.size());
        }
        List<LivePoint> points = new ArrayList<>(stored(info, detector).stream().filter(point -> point.millis() < live.getFirst().millis()).toList());
        points.addAll(live);
        return points.subList(Math.max(0, points.size() - wanted), points.size());
    }
}
