package org.laudable.engine.series;

import java.util.Arrays;

/** Where a decision lies (ENGINES §2.8): found on answers alone, or following from what errors cost. */
public final class OperatingPoint {

    private static final double[] SHARES = {.05, .1, .2, .3, .5, .7};
    private static final double MIDDLE = .35;
    private static final double WITHOUT_ANSWERS = .98;
    /** The share of the points learned from that the level of a later score is taken over. */
    private static final double RECENT = .5;
    private static final double LEAST = 1e-6;
    /** Odds from which the usual costs flag: a miss is worth five false alarms. */
    private static final double USUAL_ODDS = Math.log(1.0 / 5);
    /** Without answers the usual costs flag about the most suspicious 2 % of a series. */
    private static final double EARLY = .4;
    private static final double SURE = 1e-9;

    private OperatingPoint() {
    }

    /**
     * The threshold that maximises F1 on the answers: a positive answer counts the share of its interval above it, a
     * negative one is a false alarm if its peak is above. Of equally good ones the highest. Points above are flagged.
     *
     * @param usable points whose scores may be looked at
     */
    public static double onAnswers(double[] score, Answers answers, boolean[] usable) {
        double high = quantile(score, usable);
        double[][] positive = new double[answers.size()][];
        double[] negative = new double[answers.size()];
        int p = 0;
        int q = 0;
        for (int a = 0; a < answers.size(); a++) {
            int[] covered = answers.covered(a);
            if (covered.length == 0) {
                continue;
            }
            double[] x = new double[covered.length];
            for (int i = 0; i < x.length; i++) {
                x[i] = score[covered[i]];
            }
            Arrays.sort(x);
            if (answers.list().get(a).anomalous()) {
                positive[p++] = x;
            } else {
                negative[q++] = x[x.length - 1];
            }
        }
        if (p == 0) {
            for (int i = 0; i < q; i++) {
                high = Math.max(high, negative[i]);
            }
            return high;
        }
        double[] candidates = new double[p * SHARES.length + q];
        for (int i = 0; i < p; i++) {
            for (int k = 0; k < SHARES.length; k++) {
                candidates[i * SHARES.length + k] = Scaling.percentile(positive[i], SHARES[k]);
            }
        }
        System.arraycopy(negative, 0, candidates, p * SHARES.length, q);
        Arrays.sort(candidates);
        double best = -1;
        double threshold = candidates[0];
        for (double t : candidates) {
            double hits = 0;
            for (int i = 0; i < p; i++) {
                hits += shareAtLeast(positive[i], t);
            }
            int alarms = 0;
            for (int i = 0; i < q; i++) {
                alarms += negative[i] >= t ? 1 : 0;
            }
            double f1 = Math.round(2000 * hits / (p + hits + alarms)) / 1000.0;
            if (f1 >= best) {
                best = f1;
                threshold = t;
            }
        }
        return threshold - 1e-9;
    }

    /**
     * How probable an anomaly is, on the scale that costs are weighed on. Answers come from where the score is high, so a
     * probability fitted to them alone would flag far too much elsewhere: the score is moved instead, so that the usual
     * costs (a miss is worth five false alarms) flag from the score that replay found best. Before there are answers they
     * flag the most suspicious 2 %.
     *
     * @param anchor that score; 0 before there are answers
     */
    public static double atUsualCosts(double score, double anchor) {
        double q = Math.clamp(score, SURE, 1 - SURE);
        double shift = USUAL_ODDS - (anchor > 0 ? Math.log(anchor / (1 - anchor)) : EARLY);
        return 1 / (1 + Math.exp(-Math.log(q / (1 - q)) - shift));
    }

    /**
     * Where a score in [0, 1] is flagged: fixed, for on the series for choosing no threshold drawn from ten to thirty
     * answers, in any mixture, was better on unseen points.
     */
    public static double forScore() {
        return MIDDLE;
    }

    /** {@link #forScore()}, but above everything that answers covered where all of them were normal. */
    public static double forScore(double[] score, Answers answers, boolean[] usable) {
        return answers.size() > 0 && answers.positives() == 0 ? Math.max(forScore(), onAnswers(score, answers, usable)) : forScore();
    }

    /**
     * Where a score in [0, 1] is above a threshold that follows its level: after the points learned from, it rises by as
     * many log-odds as the median of recent scores has risen above the median of those points. So a series that changes
     * for good is not flagged for ever. Nothing after a point is looked at.
     *
     * @param usable points that were learned from
     */
    public static boolean[] flags(double[] score, double threshold, boolean[] usable) {
        double[] logit = new double[score.length];
        double[] past = new double[score.length];
        int n = 0;
        for (int t = 0; t < logit.length; t++) {
            logit[t] = logit(score[t]);
            if (usable[t]) {
                past[n++] = logit[t];
            }
        }
        double usual = Scaling.percentile(sorted(past, n), .5);
        double[] level = Rolling.median(logit, Math.max(1, (int) (RECENT * n)) - 1, 0);
        boolean[] flags = new boolean[logit.length];
        for (int t = 0; t < flags.length; t++) {
            double risen = usable[t] ? 0 : Math.max(0, level[t] - usual);
            flags[t] = logit[t] - risen > logit(threshold);
        }
        return flags;
    }

    private static double logit(double p) {
        double q = Math.clamp(p, LEAST, 1 - LEAST);
        return Math.log(q / (1 - q));
    }

    /** The product's threshold: flag where the expected cost of not flagging is the larger one. */
    public static double forCosts(CostMatrix costs) {
        return costs.flagAbove();
    }

    /**
     * The threshold on a calibrated probability where a miss costs so many times what a false alarm costs: p > 1 / (1 + cost).
     */
    public static double forMissCost(double missCost) {
        if (!(missCost > 0)) {
            throw new IllegalArgumentException("A miss must cost something, got " + missCost);
        }
        return 1 / (1 + missCost);
    }

    private static double shareAtLeast(double[] sorted, double t) {
        int n = 0;
        for (double x : sorted) {
            n += x >= t ? 1 : 0;
        }
        return (double) n / sorted.length;
    }

    private static double quantile(double[] score, boolean[] usable) {
        double[] x = new double[score.length];
        int n = 0;
        for (int t = 0; t < x.length; t++) {
            if (usable[t]) {
                x[n++] = score[t];
            }
        }
        return Scaling.percentile(sorted(x, n), WITHOUT_ANSWERS);
    }

    private static double[] sorted(double[] x, int n) {
        double[] first = Arrays.copyOf(x, n);
        Arrays.sort(first);
        return first;
    }
}
