package org.laudable.anomaly;

import java.util.ArrayList;
import java.util.List;
import org.laudable.engine.series.Acquisition;
import org.laudable.engine.series.RewardScaling;

/** Turns a series' newest model into the windows worth asking about, best first. */
final class WindowRanking {
    private static final int RANDOM_EVERY = 4;
    private static final int VIEW = 250;
    private static final double PART_OF_PEAK = .5;

    private WindowRanking() {}

    /**
     * @param held   points of open questions that somebody has on the screen
     * @param budget answers this series will get in all
     */
    static List<RankedWindow> rank(SeriesSession session, DetectionSettings settings, SeriesAnswers answers, List<Integer> held, int trainings,
            int version, double threshold, int count, int budget, WindowReason reasons) {
        boolean[] askable = session.usable();
        answers.untold().forEach(point -> block(askable, point));
        held.forEach(point -> block(askable, point - session.first()));
        Acquisition.Situation situation = Acquisition.Situation.of(session.signals(), session.scores().score(), askable, trainings, budget);
        if (!anyOpen(situation.askable(), answers)) {
            return List.of();
        }
        Acquisition acquisition = settings.acquires();
        int[] points = acquisition.select(situation, answers.answers(), count, settings.seed());
        int[] random = acquisition != Acquisition.MARGIN ? new int[0]
                : Acquisition.RANDOM.select(situation, answers.answers(), count / RANDOM_EVERY + 1, settings.seed());
        double[] p = session.probability();
        List<RankedWindow> ranked = new ArrayList<>();
        int drawn = 0;
        for (int i = 0; i < points.length; i++) {
            boolean atRandom = (answers.answers().size() + i) % RANDOM_EVERY == RANDOM_EVERY - 1;
            int point = atRandom && drawn < random.length ? random[drawn++] : points[i];
            ranked.add(window(session, p, point, i, atRandom, version, threshold, reasons));
        }
        return ranked;
    }

    private static boolean anyOpen(boolean[] askable, SeriesAnswers answers) {
        for (int t = 0; t < askable.length; t++) {
            if (askable[t] && !answers.answers().known(t)) {
                return true;
            }
        }
        return false;
    }

    private static void block(boolean[] askable, int point) {
        for (int t = Math.max(0, point - SeriesAnswers.WINDOW); t < Math.min(askable.length, point + SeriesAnswers.WINDOW + 1); t++) {
            askable[t] = false;
        }
    }

    private static RankedWindow window(SeriesSession session, double[] p, int point, int position, boolean atRandom, int version,
            double threshold, WindowReason reasons) {
        Place place = around(p, point, threshold);
        boolean flagged = p[point] > threshold;
        return new RankedWindow(session.info().id(), position, session.first() + point, session.first() + place.from(),
                session.first() + place.to(), reasons.of(session, place, p[point], threshold), p[point], flagged, atRandom, version);
    }

    /** The stretch around a point that belongs to it: as suspicious as half its peak, or half a window where nothing is. */
    static Place around(double[] p, int point, double threshold) {
        if (p[point] < threshold / 2) {
            int half = SeriesAnswers.WINDOW / 2;
            return new Place(point, Math.max(0, point - half), Math.min(p.length, point + half + 1));
        }
        double least = PART_OF_PEAK * p[point];
        return new Place(point, edge(p, point, -1, least), edge(p, point, 1, least) + 1);
    }

    private static int edge(double[] p, int point, int step, double least) {
        int edge = point;
        for (int t = point + step; t >= 0 && t < p.length && Math.abs(t - point) < VIEW && Math.abs(t - edge) <= Flagged.GAP; t += step) {
            if (p[t] >= least) {
                edge = t;
            }
        }
        return edge;
    }

    /** β of ENGINES §2.5, for display. */
    static double beta(int trainings) {
        return RewardScaling.beta(trainings);
    }
}
