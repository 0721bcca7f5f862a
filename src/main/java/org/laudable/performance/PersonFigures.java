package org.laudable.performance;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.laudable.engine.evaluation.Binomial;
import org.laudable.engine.evaluation.Interval;

/**
 * What one person did over a time.
 *
 * @param answers  labels and 'none of these' that hold; changed ones count once
 * @param skipped  items passed over
 * @param active   time at the items, idle time cut
 * @param compared answers to items whose label rests on others, too: a second annotator or a reviewer
 * @param agreed   those that are what the label came to be
 */
public record PersonFigures(long accountId, String name, long answers, long skipped, Duration active, long costMicros, int compared, int agreed) {

    /** The sum of a person's days. */
    static PersonFigures of(List<DayFigures> days) {
        DayFigures one = days.getFirst();
        return new PersonFigures(one.accountId(), one.name(), days.stream().mapToLong(DayFigures::answers).sum(),
                days.stream().mapToLong(DayFigures::skipped).sum(), days.stream().map(DayFigures::active).reduce(Duration.ZERO, Duration::plus),
                days.stream().mapToLong(DayFigures::costMicros).sum(), days.stream().mapToInt(DayFigures::compared).sum(),
                days.stream().mapToInt(DayFigures::agreed).sum());
    }

    /** Answers per hour of active time; empty below a minute of it. */
    public OptionalDouble perHour() {
        return active.toSeconds() < 60 ? OptionalDouble.empty() : OptionalDouble.of(answers * 3_600.0 / active.toSeconds());
    }

    /** The share that agreed, with its 95 % interval around it; empty without an item to compare. */
    public Optional<Interval> agreement() {
        return compared == 0 ? Optional.empty() : Optional.of(Binomial.wilson(agreed, compared, 0.95));
    }
}
