package org.laudable.engine.evaluation;

import java.util.List;
import java.util.Optional;
import org.laudable.engine.evaluation.LearningForecast.Estimate;

/**
 * How many of the next questions will find what is looked for (an anomaly), from the answers so far. The best questions are
 * asked first, so the share that finds something falls: rate(t) = rate · e^(−fall·(t − now)/100). Rate and fall are weighed
 * over a grid by the binomial likelihood of the answers, taken together by tens; the fall leans towards none and may be a
 * small rise, since models learn. The band of what comes is that of the mixture of binomials.
 */
public final class YieldForecast {
    /** Fewer answers say too little. */
    public static final int ANSWERS_NEEDED = 20;
    /** Questions looked ahead. */
    public static final int NEXT = 100;

    private static final int NEWEST = 600;
    private static final int TOGETHER = 10;
    private static final int RATES = 120;
    private static final int FALLS = 25;
    private static final double MOST_FALL = 1.6;
    private static final double LEAST_FALL = -0.3;
    private static final double USUAL_FALL = 0.35;
    private static final double TAIL = (1 - LearningForecast.CONFIDENCE) / 2;

    /**
     * @param rate share of questions that find something now
     * @param next finds among the next {@link #NEXT} answers: whole numbers
     */
    public record Outlook(Estimate rate, Estimate next) {}

    private YieldForecast() {}

    /**
     * The outlook; empty before {@link #ANSWERS_NEEDED} answers.
     *
     * @param found per answer in order, whether it found something
     */
    public static Optional<Outlook> of(List<Boolean> found) {
        if (found.size() < ANSWERS_NEEDED) {
            return Optional.empty();
        }
        List<Boolean> newest = found.subList(Math.max(0, found.size() - NEWEST), found.size());
        double[] logWeight = new double[RATES * FALLS];
        double best = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < logWeight.length; k++) {
            logWeight[k] = logWeight(newest, k);
            best = Math.max(best, logWeight[k]);
        }
        double[] rates = new double[RATES];
        double[] next = new double[NEXT + 1];
        double sum = 0;
        for (int k = 0; k < logWeight.length; k++) {
            double weight = Math.exp(logWeight[k] - best);
            sum += weight;
            rates[k / FALLS] += weight;
            if (weight > 1e-9) {
                addBinomial(next, weight, mean(rate(k / FALLS), fall(k % FALLS)));
            }
        }
        for (int i = 0; i < rates.length; i++) {
            rates[i] /= sum;
        }
        for (int i = 0; i < next.length; i++) {
            next[i] /= sum;
        }
        return Optional.of(new Outlook(new Estimate(rate(at(rates, TAIL)), rate(at(rates, 0.5)), rate(at(rates, 1 - TAIL))),
                new Estimate(at(next, TAIL), at(next, 0.5), at(next, 1 - TAIL))));
    }

    /** Evenly over the square root's angle: Jeffreys' prior of a share. */
    private static double rate(int i) {
        double sine = Math.sin(Math.PI / 2 * (i + 0.5) / RATES);
        return sine * sine;
    }

    private static double fall(int j) {
        return LEAST_FALL + (MOST_FALL - LEAST_FALL) * j / (FALLS - 1);
    }

    private static double logWeight(List<Boolean> found, int k) {
        double rate = rate(k / FALLS);
        double fall = fall(k % FALLS);
        double sum = -Math.max(0, fall) / USUAL_FALL - Math.pow(Math.min(0, fall) / 0.15, 2) / 2;
        for (int from = 0; from < found.size(); from += TOGETHER) {
            int to = Math.min(found.size(), from + TOGETHER);
            int hits = 0;
            for (boolean hit : found.subList(from, to)) {
                hits += hit ? 1 : 0;
            }
            double back = found.size() - (from + to) / 2.0;
            double p = bounded(rate * Math.exp(fall * back / 100));
            sum += hits * Math.log(p) + (to - from - hits) * Math.log1p(-p);
        }
        return sum;
    }

    /** The mean rate over the next questions. */
    private static double mean(double rate, double fall) {
        double x = fall * NEXT / 100;
        return bounded(rate * (Math.abs(x) < 1e-9 ? 1 : (1 - Math.exp(-x)) / x));
    }

    private static double bounded(double share) {
        return Math.clamp(share, 1e-6, 1 - 1e-6);
    }

    private static void addBinomial(double[] to, double weight, double p) {
        double odds = p / (1 - p);
        double term = Math.exp(NEXT * Math.log1p(-p));
        if (term == 0) { // from the other end, where nothing is lost
            double back = Math.exp(NEXT * Math.log(p));
            for (int i = NEXT; i >= 0; i--) {
                to[i] += weight * back;
                back *= i / (double) (NEXT - i + 1) / odds;
            }
            return;
        }
        for (int i = 0; i <= NEXT; i++) {
            to[i] += weight * term;
            term *= (double) (NEXT - i) / (i + 1) * odds;
        }
    }

    private static int at(double[] weights, double share) {
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i];
            if (sum >= share) {
                return i;
            }
        }
        return weights.length - 1;
    }
}
