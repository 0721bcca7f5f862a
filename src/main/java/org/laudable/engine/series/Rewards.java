package org.laudable.engine.series;

import java.util.List;

/**
 * The reward of both actions in every state (ENGINES §2.5), known before anything is tried.
 *
 * @param normal R(s, normal) of each judged point
 * @param flag   R(s, anomaly)
 */
record Rewards(float[] normal, float[] flag) {

    private static final double SUSPICIOUS_FROM = .97;
    /** A propagated label weighs this share of a person's. */
    private static final double PSEUDO = .3;

    /** The advantage R(s, anomaly) − R(s, normal), all that can decide. */
    float advantage(int point) {
        return flag[point] - normal[point];
    }

    static Rewards of(Signals signals, Answers answers, List<PseudoLabel> pseudo, LearnerSettings settings, double lambda) {
        int n = signals.length();
        Rewards r = new Rewards(new float[n], new float[n]);
        boolean published = settings.loss() == Loss.REPLAYED_Q;
        for (int t = 0; t < n; t++) {
            if (settings.has(Switch.SIGNED_UNLABELLED)) {
                double v = lambda * signed(signals.priorQuantile()[t]);
                r.flag[t] = (float) v;
                r.normal[t] = (float) -v;
            }
        }
        for (PseudoLabel label : pseudo) {
            double weight = published ? 1 : PSEUDO * (settings.has(Switch.CONFIDENCE_WEIGHTS) ? label.confidence() : 1);
            r.label(label.point(), label.anomalous(), settings.costs(), weight);
        }
        for (int t = 0; t < n; t++) {
            if (signals.explained()[t]) {
                r.label(t, false, settings.costs(), PSEUDO);
            }
            if (answers.known(t)) {
                r.label(t, answers.anomalous(t), settings.costs(), 1);
            }
        }
        if (published) {
            r.addShaping(signals, settings, lambda);
        }
        return r;
    }

    /** v ∈ [−1, 1]: negative for what is like most, positive for the most suspicious 3 %. */
    static double signed(double quantile) {
        double d = quantile - SUSPICIOUS_FROM;
        return d > 0 ? d / (1 - SUSPICIOUS_FROM) : d / SUSPICIOUS_FROM;
    }

    private void label(int point, boolean anomalous, CostMatrix costs, double weight) {
        flag[point] = (float) (weight * costs.reward(anomalous, true));
        normal[point] = (float) (weight * costs.reward(anomalous, false));
    }

    /** λ·e(s) + γφ(s′) − φ(s), the same for both actions: it cannot change which is better. */
    private void addShaping(Signals signals, LearnerSettings settings, double lambda) {
        int n = signals.length();
        for (int t = 0; t < n; t++) {
            double extra = settings.has(Switch.VAE) ? lambda * signals.alarm()[t] : 0;
            if (settings.has(Switch.POTENTIAL)) {
                extra += settings.gamma() * signals.potential()[Math.min(n - 1, t + 1)] - signals.potential()[t];
            }
            flag[t] += (float) extra;
            normal[t] += (float) extra;
        }
    }
}
