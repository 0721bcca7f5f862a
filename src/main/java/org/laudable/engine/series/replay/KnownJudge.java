package org.laudable.engine.series.replay;

import java.util.List;
import org.laudable.engine.series.Explained;
import org.laudable.engine.series.Potential;
import org.laudable.engine.series.Series;
import org.laudable.engine.series.Standout;

/**
 * A judge of known quality in a language model's place: of the windows that stand out most it calls those severe that
 * hold an anomaly and the others calm, and errs on a fixed share. Shows what the loop does with such a potential, and
 * nothing about any language model.
 *
 * @param windows so many are judged; all others keep the statistical severity
 */
record KnownJudge(boolean[] anomalous, double quality, int windows, long seed) implements Potential {
    private static final double SEVERE = .9;
    private static final double CALM = .1;

    @Override
    public double[] severity(Series series, double[] statistics, List<Explained> explained) {
        double[] severity = Potential.statistical().severity(series, statistics, explained);
        for (Standout one : Standout.of(statistics, new double[statistics.length], windows)) {
            boolean odd = false;
            for (int t = one.from(); t < one.to(); t++) {
                odd |= anomalous[t];
            }
            boolean errs = share(one.point()) >= quality;
            java.util.Arrays.fill(severity, one.from(), one.to(), odd != errs ? SEVERE : CALM);
        }
        return severity;
    }

    private double share(int point) {
        long mixed = (seed * 1_000_003 + point) * 0x9E3779B97F4A7C15L;
        mixed ^= mixed >>> 32;
        return ((mixed * 0xBF58476D1CE4E5B9L) >>> 11) / (double) (1L << 53);
    }

    @Override
    public String source() {
        return "judge of known quality " + quality;
    }
}
