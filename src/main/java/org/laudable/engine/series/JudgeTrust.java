package org.laudable.engine.series;

/**
 * How far a judge of windows moves the score: as far as people's answers have borne it out. A language model may be
 * excellent or useless on a series; nobody knows before its word and people's meet.
 *
 * @param right windows that both judged and on which people say the same
 * @param all   windows that both judged
 */
public record JudgeTrust(int right, int all) {
    /** Nobody has answered what it judged: right twice as often as wrong. */
    public static final JudgeTrust UNKNOWN = new JudgeTrust(0, 0);
    private static final double MOST = 2.5;
    private static final double SEVERE = .5;

    /** What its surest word adds to the log-odds, in [0, 2.5]: the odds of its being right, two to one before any answer. */
    public double weight() {
        return Math.clamp(Math.log((right + 2.0) / (all - right + 1.0)), 0, MOST);
    }

    /** What a judgement adds to the log-odds of an anomaly. */
    public double shift(double severity) {
        return weight() * (2 * severity - 1);
    }

    /** The same after one more window that people have answered. */
    public JudgeTrust met(double severity, boolean anomaly) {
        return new JudgeTrust(right + (severity >= SEVERE == anomaly ? 1 : 0), all + 1);
    }

    /** A probability or score in (0, 1), moved by a judgement. */
    public double moved(double score, double severity) {
        double p = Math.clamp(score, 1e-9, 1 - 1e-9);
        return 1 / (1 + Math.exp(-Math.log(p / (1 - p)) - shift(severity)));
    }
}
