package org.laudable.engine.evaluation;

/** Agreement of two ratings beyond chance (Cohen, 1960). */
public final class CohensKappa {

    private CohensKappa() {
    }

    /** 1 for full agreement, 0 for chance; 1 if both always say the same single class; NaN without items. */
    public static double of(int[] a, int[] b, int classes) {
        if (a.length != b.length) {
            throw new IllegalArgumentException("%d ratings against %d".formatted(a.length, b.length));
        }
        double[] shareA = new double[classes];
        double[] shareB = new double[classes];
        double same = 0;
        for (int i = 0; i < a.length; i++) {
            shareA[a[i]] += 1.0 / a.length;
            shareB[b[i]] += 1.0 / a.length;
            same += a[i] == b[i] ? 1.0 / a.length : 0;
        }
        double chance = 0;
        for (int c = 0; c < classes; c++) {
            chance += shareA[c] * shareB[c];
        }
        return chance > 1 - 1e-12 ? 1 : a.length == 0 ? Double.NaN : (same - chance) / (1 - chance);
    }
}
