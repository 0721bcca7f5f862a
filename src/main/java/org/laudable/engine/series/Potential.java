package org.laudable.engine.series;

import java.util.List;

/**
 * φ(s) ∈ [0, 1]: how abnormal a window is in its context (ENGINES §2.3). The statistical one is always there; a language
 * model's opinion comes behind the same interface and is never mixed up with it.
 */
@FunctionalInterface
public interface Potential {

    /**
     * Severities of points, in [0, 1].
     *
     * @param series     the whole series
     * @param statistics per judged point (from {@code series.history()} on), in robust deviations: with one channel the
     *                   largest of |z|, the shift of the local level, the local spread and the residual from the season;
     *                   with several the distance from the middle of all
     * @param explained  stretches with a known, harmless cause: their severity is to be low
     */
    double[] severity(Series series, double[] statistics, List<Explained> explained);

    /** The name under which results show whose opinion it is. */
    default String source() {
        return "statistical potential";
    }

    /**
     * The embedded, statistical severity: σ(1.5·(m − 4)) of the largest statistic m, so that 4 robust deviations are a half;
     * a tenth of it in explained stretches.
     */
    static Potential statistical() {
        return (series, statistics, explained) -> {
            double[] severity = OneChannelFeatures.map(statistics, m -> 1 / (1 + Math.exp(-1.5 * (m - 4))));
            for (Explained one : explained) {
                for (int t = one.from(); t < Math.min(one.to(), severity.length); t++) {
                    severity[t] *= .1;
                }
            }
            return severity;
        };
    }
}
