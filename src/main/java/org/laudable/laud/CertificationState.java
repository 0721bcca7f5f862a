package org.laudable.laud;

import java.util.List;
import java.util.Map;

/**
 * How far the proof of the model's own labels is.
 *
 * @param precision    to be certified
 * @param modelVersion whose labels
 * @param thresholds   class id → confidence from which the model's label is accepted
 * @param accepted     items that would get the model's label
 * @param attempt      the sample now being checked, from 1
 * @param tries        what earlier and finished samples showed
 * @param outcome      null while open
 * @param moreAnswers  how many further checks would do if answers stay as they are; null if none would, or not needed
 */
record CertificationState(double precision, int modelVersion, Map<Long, Float> thresholds, long accepted, int attempt,
        List<Try> tries, Outcome outcome, Integer moreAnswers) {

    /** What one sample showed. */
    record Try(int attempt, int right, int checked, double lowerBound) {}

    enum Outcome {
        CERTIFIED,
        /** The model proposes nothing that reaches the precision. */
        NOTHING_TO_ACCEPT,
        /** The samples did not prove it. */
        NOT_PROVED,
        /** The budget has no room for a sample that could prove anything. */
        NO_BUDGET
    }

    CertificationState with(Outcome newOutcome, Integer more) {
        return new CertificationState(precision, modelVersion, thresholds, accepted, attempt, tries, newOutcome, more);
    }

    CertificationState withTry(Try done) {
        List<Try> all = new java.util.ArrayList<>(tries);
        all.removeIf(t -> t.attempt() == done.attempt());
        all.add(done);
        return new CertificationState(precision, modelVersion, thresholds, accepted, attempt, List.copyOf(all), outcome, moreAnswers);
    }

    CertificationState next(Map<Long, Float> raised, long nowAccepted) {
        return new CertificationState(precision, modelVersion, raised, nowAccepted, attempt + 1, tries, null, null);
    }

    /** What is proved of the labels; 0 if nothing is. */
    double provedPrecision() {
        return outcome == Outcome.CERTIFIED ? tries.getLast().lowerBound() : 0;
    }
}
