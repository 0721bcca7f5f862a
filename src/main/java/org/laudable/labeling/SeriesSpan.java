package org.laudable.labeling;

import java.util.Optional;
import org.laudable.Refused;

/** How far the series of a window reaches: what an answer's interval must lie in. */
record SeriesSpan(int points, int channels) {

    /**
     * @param span empty: the question is about a text
     * @throws Refused if the interval does not fit
     */
    static void check(Optional<SeriesSpan> span, Interval interval) {
        if (interval == null) {
            return;
        }
        SeriesSpan within = span.orElseThrow(() -> new Refused("A text has no interval."));
        if (interval.from() < 0 || interval.to() <= interval.from() || interval.to() > within.points) {
            throw new Refused("The interval must lie within the series and hold at least one point.");
        }
        if (interval.channels() != null
                && interval.channels().stream().anyMatch(channel -> channel < 0 || channel >= within.channels)) {
            throw new Refused("The series has no such channel. Reload the page to see its channels.");
        }
    }
}
