package org.laudable.engine.series;

import java.util.List;

/**
 * The reward of both actions in every state (ENGINES §2.5), known before anything is tried.
 *
 * @param normal R(s, normal) of each judged point
 * @param flag   R(s, anomaly)
 */
record Rewards(float[] normal, float[] flag) {

    /** What is believed about an unlabelled state counts up to this much at λ = 1; an answer counts ± 3. */
    private static final double UNLABELLED = 2;
    /** A propagated label weighs this share of a person's. */
    private static final double PSEUDO = .3;

    /** The advantage R(s, anomaly) − R(s, normal), all that can decide. */
    float advantage(int point) {
        return flag[point] - normal[point];
    }

    /**
     * Rewards of all states.
     *
     * @param belief log-odds of an anomaly at each point, from the prior and the teacher: what unlabelled states teach
     */
    static Rewards of(Signals signals, Answers answers, List<PseudoLabel> pseudo, LearnerSettings settings, double lambda,
            double[] belief) {
        int n = signals.length();
        Rewards r = new Rewards(new float[n], new float[n]);
        boolean published = settings.loss() == Loss.REPLAYED_Q;
        for (int t = 0; t < n; t++) {
            if (settings.has(Switch.SIGNED_UNLABELLED)) {
                double v = UNLABELLED * lambda * signed(belief[t]);
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
        if (settings.lookAhead()) {
            r.addAdvice(signals);
        }
        return r;
    }

    /** v ∈ [−1, 1] from log-odds: negative for what is like most, positive for what is suspicious. */
    static double signed(double belief) {
        return Math.tanh(belief / 2);
    }

    private void label(int point, boolean anomalous, CostMatrix costs, double weight) {
        flag[point] = (float) (weight * costs.reward(anomalous, true));
        normal[point] = (float) (weight * costs.reward(anomalous, false));
    }

    /** Look-ahead advice (Wiewiora et al., 2003): γΦ(s′, a′) − Φ(s, a) with Φ = φ for flagging; the first term is alike for both. */
    private void addAdvice(Signals signals) {
        for (int t = 0; t < flag.length; t++) {
            flag[t] -= (float) signals.potential()[t];
            normal[t] -= (float) (1 - signals.potential()[t]);
        }
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
