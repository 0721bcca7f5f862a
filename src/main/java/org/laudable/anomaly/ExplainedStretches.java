package org.laudable.anomaly;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.laudable.engine.series.Explained;
import org.laudable.labeling.WindowVerdict;
import org.laudable.project.Meaning;
import org.laudable.series.SeriesEvent;
import org.laudable.series.SeriesInfo;

/** What is known to have a harmless cause in a series: events, each time they happen, and what people called expected. */
record ExplainedStretches(List<Stretch> stretches) {

    /** Points of the series; the end is the point after the last. */
    record Stretch(int from, int to, String reason) {}

    /** @param millis epoch milliseconds of each point */
    static ExplainedStretches of(SeriesInfo series, long[] millis, List<SeriesEvent> events, List<WindowVerdict> verdicts) {
        List<Stretch> found = new ArrayList<>();
        for (SeriesEvent event : events) {
            for (SeriesEvent.Occurrence one : event.occurrences(series.startsAt(), series.endsAt(), series.zone())) {
                int from = index(millis, one.from());
                int to = index(millis, one.to().plusMillis(1));
                if (to > from) {
                    found.add(new Stretch(from, to, event.explains()));
                }
            }
        }
        for (WindowVerdict verdict : verdicts) {
            if (verdict.meaning() == Meaning.EXPECTED) {
                found.add(new Stretch(verdict.from(), verdict.to(), verdict.comment() == null ? "" : verdict.comment()));
            }
        }
        return new ExplainedStretches(found);
    }

    /** The first point that is not before a moment. */
    private static int index(long[] millis, Instant moment) {
        int at = Arrays.binarySearch(millis, moment.toEpochMilli());
        return at >= 0 ? at : -at - 1;
    }

    /** The reason that covers a point, if there is one. */
    Optional<String> at(int point) {
        return stretches.stream().filter(s -> s.from <= point && point < s.to).map(Stretch::reason).findFirst();
    }

    /** For the engine, which counts from the first judged point. */
    List<Explained> judged(int history, int points) {
        return stretches.stream().filter(s -> s.to > history && s.from < points)
                .map(s -> new Explained(Math.max(0, s.from - history), Math.min(points, s.to) - history, s.reason)).toList();
    }
}
