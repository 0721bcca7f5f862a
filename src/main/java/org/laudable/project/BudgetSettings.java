package org.laudable.project;

/**
 * What labels may cost.
 *
 * @param currency       three capital letters
 * @param capMicros      the hard cap in millionths of the currency; null: none
 * @param rateMicros     millionths of the currency per label or per hour, as {@code rateKind} says
 * @param maxTaskSeconds the most that one answer is paid for at an hourly rate
 */
public record BudgetSettings(String currency, Long capMicros, RateKind rateKind, long rateMicros, int maxTaskSeconds) {
    public static final BudgetSettings DEFAULTS = new BudgetSettings("EUR", null, RateKind.NONE, 0, 120);

    /** The most that one answer can cost, in micros; 0: answers are free. */
    public long mostPerAnswer() {
        return switch (rateKind) {
            case NONE -> 0;
            case PER_LABEL -> rateMicros;
            case PER_HOUR -> rateMicros * maxTaskSeconds / 3600;
        };
    }
}
