package org.laudable.labeling;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.laudable.project.GoldSettings;

/**
 * What a project agreed with its people: how long a lease lasts and what an answer is worth.
 *
 * @param mostAnnotators so many people are asked about one item while they disagree
 * @param gold how people are measured against known answers
 * @param seed of the project
 * @param runState the state of the newest run; null if none was started
 */
record Terms(long projectId, String projectState, String runState, int leaseMinutes, String rateKind, long rateMicros,
        int maxTaskSeconds, int mostAnnotators, GoldSettings gold, long seed) {
    private static final BigDecimal HOUR_MILLIS = BigDecimal.valueOf(3_600_000);

    /** The most one answer can cost, in micros. */
    long reservationMicros() {
        return switch (rateKind) {
            case "PER_LABEL" -> rateMicros;
            case "PER_HOUR" -> perHour(maxTaskSeconds * 1000L, RoundingMode.CEILING);
            default -> 0;
        };
    }

    /** What this answer costs, in micros. */
    long costMicros(AnswerKind kind, long activeMillis) {
        return switch (rateKind) {
            case "PER_LABEL" -> kind.isLabel() ? rateMicros : 0;
            case "PER_HOUR" -> perHour(Math.clamp(activeMillis, 0, maxTaskSeconds * 1000L), RoundingMode.HALF_UP);
            default -> 0;
        };
    }

    /** Active time as it is kept: at most three times the paid time, whatever a page says. */
    long keptMillis(long activeMillis) {
        return Math.clamp(activeMillis, 0, maxTaskSeconds * 3000L);
    }

    private long perHour(long millis, RoundingMode rounding) {
        return BigDecimal.valueOf(rateMicros).multiply(BigDecimal.valueOf(millis)).divide(HOUR_MILLIS, 0, rounding)
                .longValueExact();
    }
}
