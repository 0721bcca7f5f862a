package org.laudable.engine.text;

import java.util.OptionalInt;
import org.laudable.engine.evaluation.Binomial;

/**
 * Proof that what the model would label by itself is right often enough (ENGINES §1.6): people check a fresh random
 * sample of the items that would be accepted. One-sided exact binomial bound; the 5 % are split over the tries, since a
 * failed first try allows a second one with a higher threshold and a new sample.
 *
 * @param precision to be certified, in (0, 1)
 * @param tries     at most this many samples; 2 by default
 */
public record Certification(double precision, int tries) {

    /** Items in a sample unless told otherwise. */
    public static final int SAMPLE = 80;

    private static final double ALPHA = 0.05;
    private static final int MOST = 100_000;

    public Certification {
        if (!(precision > 0 && precision < 1) || tries < 1) {
            throw new IllegalArgumentException("A certification needs a precision between 0 and 1 and at least one try");
        }
    }

    public static Certification of(double precision) {
        return new Certification(precision, 2);
    }

    /**
     * What a checked sample shows.
     *
     * @param certified   whether the precision is proved
     * @param lowerBound  the precision that is proved
     * @param moreAnswers how many further answers would prove it if they are right as often as so far; 0 if it is
     *                    proved, empty if no number would
     */
    public record Verdict(boolean certified, double lowerBound, OptionalInt moreAnswers) {
    }

    /** Judges a sample of which {@code right} of {@code checked} were right. */
    public Verdict judge(int right, int checked) {
        double bound = Binomial.lowerBound(right, checked, alpha());
        boolean certified = bound >= precision;
        return new Verdict(certified, bound, certified ? OptionalInt.of(0) : more(right, checked));
    }

    /** What one try may err by. */
    double alpha() {
        return ALPHA / tries;
    }

    private OptionalInt more(int right, int checked) {
        double share = checked == 0 ? 1 : (double) right / checked;
        if (share <= precision) {
            return OptionalInt.empty();
        }
        int low = checked;
        int high = MOST;
        if (!proved(share, high)) {
            return OptionalInt.empty();
        }
        while (high - low > 1) {
            int mid = (low + high) >>> 1;
            if (proved(share, mid)) {
                high = mid;
            } else {
                low = mid;
            }
        }
        return OptionalInt.of(high - checked);
    }

    private boolean proved(double share, int n) {
        return Binomial.lowerBound((int) Math.floor(share * n + 1e-9), n, alpha()) >= precision;
    }
}
