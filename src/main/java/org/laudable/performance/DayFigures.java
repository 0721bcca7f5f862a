package org.laudable.performance;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalDouble;
import org.laudable.engine.evaluation.Binomial;
import org.laudable.engine.evaluation.Interval;

/**
 * What one person did on one day.
 *
 * @param compared that day's answers to items whose label rests on others, too
 * @param agreed   those that are what the label came to be
 */
public record DayFigures(LocalDate day, long accountId, String name, long answers, long skipped, Duration active, long costMicros, int compared, int agreed) {

    /** Answers per hour of active time; empty below a minute of it. */
    public OptionalDouble perHour() {
        return active.toSeconds() < 60 ? OptionalDouble.empty() : OptionalDouble.of(answers * 3_600.0 / active.toSeconds());
    }

    /** The share that agreed, with its 95 % interval around it; empty without an item to compare. */
    public Optional<Interval> agreement() {
        return compared == 0 ? Optional.empty() : Optional.of(Binomial.wilson(agreed, compared, 0.95));
    }
}
