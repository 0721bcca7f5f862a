package org.laudable.budget;

import java.time.LocalDate;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a project's money went to, in millionths of its currency; what was taken back is off.
 *
 * @param resolved items that people, reviewers or a language model resolved
 * @param days     days on which something was spent, in order
 */
public record Spending(String currency, long settledMicros, long reservedMicros, OptionalLong capMicros, long resolved,
        List<Share> sources, List<Share> people, List<Share> models, List<Day> days) {

    /**
     * One source, person or model; the dearest come first.
     *
     * @param name   of a source: PERSON or LLM; empty for a model: its call is not on record
     * @param pieces paid pieces of work
     */
    public record Share(String name, long micros, long pieces) {}

    public record Day(LocalDate day, long peopleMicros, long modelMicros) {

        public long micros() {
            return peopleMicros + modelMicros;
        }
    }

    /** What a resolved item cost so far; empty before the first. */
    public OptionalLong microsPerResolved() {
        return resolved == 0 ? OptionalLong.empty() : OptionalLong.of(settledMicros / resolved);
    }

    /** The highest of 50, 80 and 100 per cent of the cap that was reached; 0 before, and without a cap. */
    public int capReached() {
        if (capMicros.isEmpty()) {
            return 0;
        }
        double share = capMicros.getAsLong() == 0 ? 1 : (double) settledMicros / capMicros.getAsLong();
        return share >= 1 ? CapAlerts.ALL : share >= 0.8 ? CapAlerts.NEAR : share >= 0.5 ? CapAlerts.HALF : 0;
    }
}
