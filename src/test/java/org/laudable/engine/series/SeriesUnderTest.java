package org.laudable.engine.series;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Made-up series whose anomalies are known. */
final class SeriesUnderTest {

    static final int POINTS = 900;
    /** First points of the planted anomalies; each lasts {@link #LONG} points. */
    static final int[] PLANTED = {150, 330, 470, 610, 760};
    static final int LONG = 12;

    private SeriesUnderTest() {
    }

    /** A noisy daily rhythm with bursts that a threshold on the value would miss: the rhythm stops and trembles. */
    static Series bursts(int channels) {
        SplittableRandom random = new SplittableRandom(3);
        double[][] values = new double[channels][POINTS];
        long[] seconds = new long[POINTS];
        for (int t = 0; t < POINTS; t++) {
            seconds[t] = 3600L * t;
            for (int c = 0; c < channels; c++) {
                double usual = Math.sin(2 * Math.PI * (t + 5 * c) / 24) + .1 * random.nextDouble();
                values[c][t] = anomalous(t) && c < 2 ? 1.5 * (t % 2 == 0 ? 1 : -1) + .1 * random.nextDouble() : usual;
            }
        }
        String[] names = new String[channels];
        Arrays.setAll(names, c -> "channel-" + c);
        return new Series("bursts", List.of(names), seconds, values, 0);
    }

    static boolean anomalous(int t) {
        for (int first : PLANTED) {
            if (t >= first && t < first + LONG) {
                return true;
            }
        }
        return false;
    }

    static boolean[] truth() {
        boolean[] truth = new boolean[POINTS];
        for (int t = 0; t < POINTS; t++) {
            truth[t] = anomalous(t);
        }
        return truth;
    }

    static boolean[] everything() {
        boolean[] all = new boolean[POINTS];
        Arrays.fill(all, true);
        return all;
    }

    /** Answers about the first two anomalies and three normal stretches. */
    static Answers fewAnswers() {
        Answers answers = new Answers(POINTS);
        answers.add(new Answer(155, 150, 162, true));
        answers.add(new Answer(60, 35, 86, false));
        answers.add(new Answer(335, 330, 342, true));
        answers.add(new Answer(240, 215, 266, false));
        answers.add(new Answer(420, 395, 446, false));
        return answers;
    }
}
