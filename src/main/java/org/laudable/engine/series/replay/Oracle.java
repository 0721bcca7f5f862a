package org.laudable.engine.series.replay;

import org.laudable.engine.series.Answer;

/**
 * Answers as a person would who sees the truth (ENGINES §2.9): the contiguous anomalous interval around the point, as far
 * as the view of ± 10 W shows it, or 'normal' for ± W. What is not to be asked about is not answered about either.
 */
record Oracle(boolean[] anomalous, boolean[] ask, int window) {

    private static final int VIEW = 10;

    int view() {
        return VIEW * window;
    }

    Answer answer(int point) {
        boolean anomaly = anomalous[point];
        int reach = anomaly ? view() : window;
        int from = point;
        while (from > 0 && point - from < reach && same(from - 1, anomaly)) {
            from--;
        }
        int to = point + 1;
        while (to < anomalous.length && to - point <= reach && same(to, anomaly)) {
            to++;
        }
        return new Answer(point, from, to, anomaly);
    }

    private boolean same(int t, boolean anomaly) {
        return ask[t] && anomalous[t] == anomaly;
    }
}
