package org.laudable.engine.series.replay;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.laudable.engine.series.Answers;
import org.laudable.engine.series.Explained;
import org.laudable.engine.series.JudgeTrust;
import org.laudable.engine.series.Potential;
import org.laudable.engine.series.Series;
import org.laudable.engine.series.Standout;

/**
 * A judge of known quality in a language model's place: of the windows that stand out most it calls those severe that
 * hold an anomaly and the others calm, and errs on a fixed share. Shows what the loop does with such a potential, and
 * nothing about any language model.
 */
final class KnownJudge implements Potential {
    private static final double SEVERE = .9;
    private static final double CALM = .1;

    private final boolean[] anomalous;
    private final double quality;
    private final int windows;
    private final long seed;
    private final List<Said> said = new ArrayList<>();

    private record Said(Standout at, double severity) {}

    /** @param windows so many are judged; all others keep the statistical severity */
    KnownJudge(boolean[] anomalous, double quality, int windows, long seed) {
        this.anomalous = anomalous;
        this.quality = quality;
        this.windows = windows;
        this.seed = seed;
    }

    @Override
    public double[] severity(Series series, double[] statistics, List<Explained> explained) {
        double[] severity = Potential.statistical().severity(series, statistics, explained);
        for (Standout one : Standout.of(statistics, new double[statistics.length], windows)) {
            boolean odd = false;
            for (int t = one.from(); t < one.to(); t++) {
                odd |= anomalous[t];
            }
            double word = odd == share(one.point()) < quality ? SEVERE : CALM;
            said.add(new Said(one, word));
            Arrays.fill(severity, one.from(), one.to(), word);
        }
        return severity;
    }

    /** A score with its word in it, as far as the answers have borne it out; where people have answered, theirs counts. */
    double[] heeded(double[] score, Answers answers) {
        JudgeTrust trust = JudgeTrust.UNKNOWN;
        List<Said> alone = new ArrayList<>();
        for (Said one : said) {
            boolean known = false;
            boolean odd = false;
            for (int t = one.at().from(); t < one.at().to(); t++) {
                known |= answers.known(t);
                odd |= answers.known(t) && answers.anomalous(t);
            }
            if (known) {
                trust = trust.met(one.severity(), odd);
            } else {
                alone.add(one);
            }
        }
        double[] moved = score.clone();
        for (Said one : alone) {
            for (int t = one.at().from(); t < one.at().to(); t++) {
                moved[t] = trust.moved(score[t], one.severity());
            }
        }
        return moved;
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
