package org.laudable.anomaly;

import java.util.ArrayList;
import java.util.List;
import org.laudable.engine.series.Explanation;
import org.laudable.engine.series.PseudoLabel;
import org.laudable.engine.series.Segment;

/**
 * A stretch the newest model flags, in points of the series.
 *
 * @param confidence calibrated probability at its highest
 * @param severity   how far from usual, in [0, 1]
 * @param channels   ordinals of those that drive it, strongest first
 * @param shares     their shares of the VAE's error
 * @param likeItem   the answered window its label spread from, or null
 */
record Flagged(int from, int to, int peak, double confidence, double severity, double vae, double potential, double novelty, double agent,
        int[] channels, double[] shares, Long likeItem) {
    /** Stretches within half a window of each other are one to a person who looks. */
    static final int GAP = SeriesAnswers.WINDOW / 2;
    /** A series that is flagged more often than this says nothing: the strongest are kept. */
    private static final int MOST = 1_000;
    private static final int CHANNELS = 6;
    private static final double LEAST_SHARE = .02;

    Flagged like(Long item) {
        return new Flagged(from, to, peak, confidence, severity, vae, potential, novelty, agent, channels, shares, item);
    }

    /** Where the session's model flags, by an operating point. */
    static List<Flagged> of(SeriesSession session, double threshold, List<PseudoLabel> pseudo, SeriesAnswers answers) {
        double[] p = session.probability();
        List<Segment> segments = Segment.above(p, threshold, GAP);
        if (segments.size() > MOST) {
            segments = segments.stream().sorted((a, b) -> Double.compare(b.score(), a.score())).limit(MOST).toList();
        }
        List<Flagged> found = new ArrayList<>();
        for (Segment segment : segments) {
            Explanation why = Explanation.of(session.signals(), session.scores().agent(), segment.from(), segment.to());
            List<Explanation.ChannelShare> drive = why.channels().stream().filter(c -> c.share() >= LEAST_SHARE).limit(CHANNELS).toList();
            double loudest = Math.max(why.vae(), Math.max(why.potential(), why.novelty()));
            found.add(new Flagged(session.first() + segment.from(), session.first() + segment.to(), session.first() + segment.peak(),
                    segment.score(), (segment.score() + loudest) / 2, why.vae(), why.potential(), why.novelty(), why.agent(),
                    drive.stream().mapToInt(Explanation.ChannelShare::channel).toArray(),
                    drive.stream().mapToDouble(Explanation.ChannelShare::share).toArray(), like(segment, pseudo, answers)));
        }
        return found;
    }

    /** The answer whose label spread to most of a stretch, if it says 'anomaly'. */
    private static Long like(Segment segment, List<PseudoLabel> pseudo, SeriesAnswers answers) {
        int[] by = new int[answers.sources().size()];
        int best = -1;
        int points = 0;
        for (PseudoLabel label : pseudo) {
            if (label.anomalous() && label.point() >= segment.from() && label.point() < segment.to()) {
                points++;
                by[label.source()]++;
                best = best < 0 || by[label.source()] > by[best] ? label.source() : best;
            }
        }
        return best >= 0 && 2 * points >= segment.length() ? answers.sources().get(best).itemId() : null;
    }
}
