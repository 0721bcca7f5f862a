package org.laudable.engine.series;

/** Rewards of the four outcomes (ENGINES §2.5). */
public record CostMatrix(double truePositive, double trueNegative, double falsePositive, double falseNegative) {

    public CostMatrix {
        if (!(truePositive > falseNegative) || !(trueNegative > falsePositive)) {
            throw new IllegalArgumentException("A right decision must be worth more than a wrong one");
        }
    }

    /** As published: TP +5, TN +1, FP −1, FN −5. */
    public static CostMatrix published() {
        return new CostMatrix(5, 1, -1, -5);
    }

    /** Both errors cost the same, ±3: what the agent trains with, for prevalence is already in its batches. */
    public static CostMatrix symmetric() {
        return new CostMatrix(3, 3, -3, -3);
    }

    /** The reward R₁ of an action (flag or not) on a point whose truth is known. */
    public double reward(boolean anomalous, boolean flag) {
        if (anomalous) {
            return flag ? truePositive : falseNegative;
        }
        return flag ? falsePositive : trueNegative;
    }

    /** R₁(flag) − R₁(do not flag). */
    public double advantage(boolean anomalous) {
        return reward(anomalous, true) - reward(anomalous, false);
    }

    /** The largest reward of a point. */
    public double best(boolean anomalous) {
        return Math.max(reward(anomalous, true), reward(anomalous, false));
    }

    /** Flagging pays when P(anomaly) is above this: (TN − FP) / ((TN − FP) + (TP − FN)). */
    public double flagAbove() {
        double alarm = trueNegative - falsePositive;
        return alarm / (alarm + truePositive - falseNegative);
    }
}
