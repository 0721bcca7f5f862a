package org.laudable.budget;

import java.util.OptionalLong;

/**
 * Where a project's budget stands, in millionths of {@code currency}.
 *
 * @param settledMicros paid for
 * @param reservedMicros held for work that is handed out
 * @param capMicros empty: no cap
 * @param labels answers of people that count (a class or 'none of these')
 */
public record BudgetSummary(long settledMicros, long reservedMicros, OptionalLong capMicros, String currency, long labels) {

    /** Whether nothing more may be spent. */
    public boolean exhausted() {
        return capMicros.isPresent() && settledMicros + reservedMicros >= capMicros.getAsLong();
    }

    /** What may still be reserved; empty: no cap. */
    public OptionalLong leftMicros() {
        return capMicros.isEmpty() ? OptionalLong.empty()
                : OptionalLong.of(Math.max(0, capMicros.getAsLong() - settledMicros - reservedMicros));
    }
}
