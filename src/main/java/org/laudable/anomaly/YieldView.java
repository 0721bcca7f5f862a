package org.laudable.anomaly;

import java.util.Optional;
import java.util.OptionalDouble;
import org.laudable.engine.evaluation.YieldForecast;

/**
 * What a series run's questions find.
 *
 * @param answers         windows people have answered, in the project
 * @param found           of them anomalies
 * @param outlook         empty while there are too few answers
 * @param microsPerAnswer what an answered window cost so far; 0: nothing
 */
public record YieldView(int answers, int found, Optional<YieldForecast.Outlook> outlook, long microsPerAnswer, Advice advice) {

    /** Whether to go on, and why. */
    public enum Advice {
        /** Too early to say. */
        TOO_EARLY,
        /** The next answers find almost nothing, even at the upper end. */
        LITTLE_LEFT,
        /** The money left pays for fewer than the next answers. */
        OUT_OF_BUDGET,
        GO_ON
    }

    /** What an anomaly costs now, in micros, at the middle of the band; empty while none is expected. */
    public OptionalDouble microsPerAnomaly() {
        return outlook.filter(it -> it.rate().middle() > 0 && it.next().middle() > 0)
                .map(it -> OptionalDouble.of(microsPerAnswer / it.rate().middle())).orElse(OptionalDouble.empty());
    }
}
