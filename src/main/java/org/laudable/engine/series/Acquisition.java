package org.laudable.engine.series;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Which points to ask about next (ENGINES §2.6). Two aims pull apart: {@code LEARN} draws from the score's top decile and
 * improves what is decided about unseen data, {@code FIND} takes the top of the score and confirms the most anomalies an
 * answer; {@code MIXED} learns for the first half of the answers and finds in the second.
 */
public enum Acquisition {
    LEARN, FIND, MIXED,
    /** Points at random: the yardstick. */
    RANDOM,
    /** Points where the two actions are worth almost the same: as published, used by the preset {@code paper}. */
    MARGIN;

    private static final double PLAUSIBLE = .5;
    private static final double TOP_DECILE = .9;
    private static final double PEAK_SHARE = .7;
    private static final int RANDOM_EVERY = 4;

    /**
     * What a selection looks at.
     *
     * @param score     a score for each judged point, larger is more suspicious
     * @param threshold where the decision lies
     * @param askable   points that may be asked about
     * @param novelty   surprise of each point's code
     * @param conflict  how much VAE and potential contradict each other, 0 where nothing is known
     * @param beta      share of curiosity, falling from 1 to 0 over the rounds
     * @param window    W, the points blocked around a question
     * @param view      points shown on either side
     * @param budget    how many answers will be given in all, for {@code MIXED}
     */
    public record Situation(double[] score, double threshold, boolean[] askable, double[] novelty, double[] conflict, double beta,
            int window, int view, int budget) {

        /**
         * The situation of a round.
         *
         * @param askable points that may be asked about; those with a known cause are not
         * @param round   rounds of answers so far
         * @param budget  how many answers will be given in all
         */
        public static Situation of(Signals signals, double[] score, boolean[] askable, int round, int budget) {
            boolean[] open = askable.clone();
            double[] conflict = new double[signals.length()];
            for (int t = 0; t < conflict.length; t++) {
                conflict[t] = Math.abs(1 - Math.exp(-signals.errorSurprise()[t]) - signals.potential()[t]);
                open[t] &= !signals.explained()[t];
            }
            return new Situation(score, .5, open, signals.noveltySurprise(), conflict, RewardScaling.beta(round), WINDOW, VIEW, budget);
        }
    }

    private static final int WINDOW = 25;
    private static final int VIEW = 10 * WINDOW;

    /** At most {@code count} points, never two in one suspected segment, never in one that was asked about before. */
    public int[] select(Situation s, Answers answers, int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed + answers.size());
        int n = s.score().length;
        double[] score = new double[n];
        boolean[] open = new boolean[n];
        boolean[] taken = new boolean[n];
        for (int t = 0; t < n; t++) {
            score[t] = s.score()[t] + 1e-6 * random.nextDouble();
            open[t] = s.askable()[t] && !answers.known(t);
        }
        double decile = quantile(score, s.askable(), TOP_DECILE);
        for (Answer answer : answers.list()) {
            block(s, score, decile, answer.point(), taken);
        }
        int[] chosen = new int[count];
        int found = 0;
        while (found < count) {
            int asked = answers.size() + found;
            int[] candidates = candidates(open, taken);
            if (candidates.length == 0) {
                candidates = candidates(open, new boolean[n]);
            }
            if (candidates.length == 0) {
                break;
            }
            int next = pick(s, score, candidates, asked, random);
            chosen[found++] = next;
            block(s, score, decile, next, taken);
            block(s, score, decile, next, open, false);
        }
        return Arrays.copyOf(chosen, found);
    }

    private int pick(Situation s, double[] score, int[] candidates, int asked, SplittableRandom random) {
        if (this == RANDOM) {
            return candidates[random.nextInt(candidates.length)];
        }
        if (this == MARGIN) {
            return best(candidates, t -> -Math.abs(s.score()[t] - s.threshold()));
        }
        if (asked % RANDOM_EVERY == RANDOM_EVERY - 1) {
            return above(score, candidates, PLAUSIBLE, random);
        }
        boolean learn = this == LEARN || this == MIXED && asked < s.budget() / 2;
        if (!learn) {
            return best(candidates, t -> score[t]);
        }
        if (this == MIXED && random.nextDouble() < s.beta() / 4) {
            int[] top = topDecile(score, candidates);
            return best(top, t -> s.novelty()[t]);
        }
        if (this == MIXED && asked % RANDOM_EVERY == 1) {
            int[] top = topDecile(score, candidates);
            int odd = best(top, t -> s.conflict()[t]);
            if (s.conflict()[odd] > .5) {
                return odd;
            }
        }
        return above(score, candidates, TOP_DECILE, random);
    }

    private static int[] topDecile(double[] score, int[] candidates) {
        double limit = quantile(score, candidates, TOP_DECILE);
        return Arrays.stream(candidates).filter(t -> score[t] >= limit).toArray();
    }

    private static int above(double[] score, int[] candidates, double share, SplittableRandom random) {
        double limit = quantile(score, candidates, share);
        int[] top = Arrays.stream(candidates).filter(t -> score[t] >= limit).toArray();
        return top[random.nextInt(top.length)];
    }

    private static int best(int[] candidates, java.util.function.IntToDoubleFunction value) {
        int best = candidates[0];
        for (int t : candidates) {
            if (value.applyAsDouble(t) > value.applyAsDouble(best)) {
                best = t;
            }
        }
        return best;
    }

    private static void block(Situation s, double[] score, double decile, int point, boolean[] marks) {
        block(s, score, decile, point, marks, true);
    }

    /** Marks the contiguous high segment around a point, and ± W. */
    private static void block(Situation s, double[] score, double decile, int point, boolean[] marks, boolean mark) {
        int n = score.length;
        double limit = Math.max(decile, score[point] - (1 - PEAK_SHARE) * Math.abs(score[point]));
        int from = point;
        while (from > 0 && point - from < s.view() && high(score, from - 3, from, limit)) {
            from--;
        }
        int to = point;
        while (to < n - 1 && to - point < s.view() && high(score, to + 1, to + 4, limit)) {
            to++;
        }
        from = Math.max(0, Math.min(from, point - s.window()));
        to = Math.min(n - 1, Math.max(to, point + s.window()));
        Arrays.fill(marks, from, to + 1, mark);
    }

    private static boolean high(double[] score, int from, int to, double limit) {
        for (int t = Math.max(0, from); t < Math.min(score.length, to); t++) {
            if (score[t] >= limit) {
                return true;
            }
        }
        return false;
    }

    private static int[] candidates(boolean[] open, boolean[] taken) {
        int n = 0;
        int[] out = new int[open.length];
        for (int t = 0; t < out.length; t++) {
            if (open[t] && !taken[t]) {
                out[n++] = t;
            }
        }
        return Arrays.copyOf(out, n);
    }

    private static double quantile(double[] score, int[] points, double share) {
        double[] x = new double[points.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = score[points[i]];
        }
        Arrays.sort(x);
        return Scaling.percentile(x, share);
    }

    private static double quantile(double[] score, boolean[] points, double share) {
        int[] marked = candidates(points, new boolean[points.length]);
        return quantile(score, marked, share);
    }
}
