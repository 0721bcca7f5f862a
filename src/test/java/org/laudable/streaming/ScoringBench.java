package org.laudable.streaming;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.laudable.engine.series.Answer;
import org.laudable.engine.series.Answers;
import org.laudable.engine.series.Bundle;
import org.laudable.engine.series.LearnerSettings;
import org.laudable.engine.series.OperatingPoint;
import org.laudable.engine.series.Potential;
import org.laudable.engine.series.RewardScaling;
import org.laudable.engine.series.Series;
import org.laudable.engine.series.SeriesLearner;
import org.laudable.engine.series.SignalModel;
import org.laudable.engine.series.TrainingWatch;
import org.laudable.engine.series.replay.LabelledSeries;
import org.laudable.engine.series.replay.SeriesFormat;
import org.laudable.model.file.Manifest;

/**
 * How many channel values a second one thread scores live with real models: each series of a folder is fitted, learns from
 * forty answers, and its points go one by one through {@link LiveSeries}, as over REST or from a topic. Counts the thread's
 * processor time, so that a busy machine measures the same.
 */
public final class ScoringBench {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int ANSWERS = 40;
    private static final int WARM = 3_000;
    private static final int ROUNDS = 5;

    private ScoringBench() {}

    /** @param arguments form and folder: {@code smd FOLDER} or {@code nab FOLDER} */
    public static void main(String[] arguments) {
        List<LabelledSeries> all = SeriesFormat.named(arguments[0]).readAll(Path.of(arguments[1]));
        int most = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 4;
        System.out.println("| series | channels | points/s | channel values/s | µs a point | state, bytes |\n|---|---|---|---|---|---|");
        for (LabelledSeries one : all.subList(0, Math.min(most, all.size()))) {
            measure(one);
        }
    }

    private static void measure(LabelledSeries labelled) {
        Detector detector = learned(labelled);
        Series series = labelled.series();
        List<LivePoint> points = new ArrayList<>();
        for (int t = 0; t < series.length(); t++) {
            double[] row = new double[series.channels().size()];
            for (int c = 0; c < row.length; c++) {
                row[c] = series.values()[c][t];
            }
            points.add(new LivePoint(1_000 * series.seconds()[t], row));
        }
        int from = Math.min(series.history() + 1, points.size() / 2);
        LiveSeries scored = null;
        int measured = Math.min(points.size() - from, 12_000);
        double[] seconds = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            LiveSeries warming = LiveSeries.begin(detector, points.subList(Math.max(0, from - 400), from));
            for (int t = 0; round == 0 && t < Math.min(WARM, measured); t++) {
                warming.take(points.get(from + t));
            }
            scored = LiveSeries.begin(detector, points.subList(Math.max(0, from - 400), from));
            long start = THREADS.getCurrentThreadCpuTime();
            for (int t = 0; t < measured; t++) {
                scored.take(points.get(from + t));
                scored.news();
            }
            seconds[round] = (THREADS.getCurrentThreadCpuTime() - start) / 1e9;
        }
        Arrays.sort(seconds);
        double rate = measured / seconds[ROUNDS / 2];
        System.out.printf(Locale.ROOT, "| %s | %d | %,.0f | %,.0f | %.0f | %,d |%n", series.name(), series.channels().size(), rate, rate * series.channels().size(), 1e6 / rate,
                scored.state().length);
    }

    /** The value at a point of a daily rhythm with noise: the same again for the same point. */
    static double rhythm(int t) {
        return 10 + 4 * Math.sin(2 * Math.PI * t / 144) + .3 * new Random(31L * t).nextGaussian();
    }

    /** A real model of one channel, learned from a rhythm with bursts. */
    static Detector oneChannel() {
        int points = 3_000;
        double[][] values = new double[1][points];
        long[] seconds = new long[points];
        boolean[] anomalous = new boolean[points];
        for (int t = 0; t < points; t++) {
            seconds[t] = t;
            anomalous[t] = t > 300 && t % 400 < 10;
            values[0][t] = rhythm(t) + (anomalous[t] ? 9 : 0);
        }
        return learned(new LabelledSeries(new Series("rhythm", List.of("load"), seconds, values, 0), anomalous));
    }

    private static Detector learned(LabelledSeries labelled) {
        Series series = labelled.series();
        int judged = series.length() - series.history();
        boolean[] usable = new boolean[judged];
        Arrays.fill(usable, true);
        Answers answers = answers(labelled, judged);
        SignalModel causal = SignalModel.fit(series, SignalModel.fitOn(series, usable, new Answers(judged)), usable, true, 7, TrainingWatch.NONE);
        SeriesLearner learner = new SeriesLearner(causal.apply(series, Potential.statistical()), usable, LearnerSettings.laudable(), 7);
        Bundle bundle = new Bundle(causal, learner.learn(answers, 1, RewardScaling.start(), TrainingWatch.NONE).model(), OperatingPoint.forMissCost(5));
        List<Manifest.Channel> channels = series.channels().stream().map(name -> new Manifest.Channel(name, "")).toList();
        Manifest.Detector described = new Manifest.Detector(series.name(), channels, series.seconds()[1] - series.seconds()[0], null, "UTC", ANSWERS, OperatingPoint.forScore(), "", "", "");
        return new Detector(1, 1, 1, "1-1", described, OperatingPoint.forMissCost(5), read(bundle), Drift.of(new double[] {.1, .2, .3}));
    }

    private static Answers answers(LabelledSeries labelled, int judged) {
        Answers answers = new Answers(judged);
        Random random = new Random(7);
        for (int t = 0; t < judged && answers.size() < ANSWERS / 2; t++) {
            if (labelled.anomalous()[t] && (t == 0 || !labelled.anomalous()[t - 1])) {
                answers.add(new Answer(t, t, Math.min(judged, t + 10), true));
            }
        }
        while (answers.size() < ANSWERS) {
            int t = 30 + random.nextInt(judged - 60);
            if (!labelled.anomalous()[t]) {
                answers.add(new Answer(t, t - 10, t + 10, false));
            }
        }
        return answers;
    }

    private static Bundle read(Bundle bundle) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bundle.write(bytes);
            return Bundle.read(new ByteArrayInputStream(bytes.toByteArray()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
