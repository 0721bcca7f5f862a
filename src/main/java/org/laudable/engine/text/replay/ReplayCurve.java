package org.laudable.engine.text.replay;

import java.util.ArrayList;
import java.util.List;

/**
 * One line of a replay's table: means over the seeds.
 *
 * @param strategy        the query strategy, or {@code few-shot}
 * @param start           the start, or {@code random} for few-shot
 * @param labels          numbers of labels
 * @param accuracy        mean accuracy at each
 * @param accuracySd      standard deviation over the seeds (n − 1), 0 for one seed
 * @param macroF1         mean macro-F1 at each
 * @param humanLabels     mean number of labels people gave by then
 * @param labelAccuracy   mean share of right ones among all labels given
 * @param secondsPerRound training, scoring and choosing, mean over all rounds
 */
public record ReplayCurve(String strategy, String start, List<Integer> labels, List<Double> accuracy,
        List<Double> accuracySd, List<Double> macroF1, List<Double> humanLabels, List<Double> labelAccuracy, double secondsPerRound) {

    /** Collects the scores of a line over seeds. */
    static final class Collector {

        private final String strategy;
        private final String start;
        private final java.util.TreeMap<Integer, List<Score>> scores = new java.util.TreeMap<>();
        private final java.util.TreeMap<Integer, List<double[]>> labelled = new java.util.TreeMap<>();
        private double seconds;
        private int rounds;

        Collector(String strategy, String start) {
            this.strategy = strategy;
            this.start = start;
        }

        void add(int labels, Score score) {
            scores.computeIfAbsent(labels, n -> new ArrayList<>()).add(score);
        }

        String strategy() {
            return strategy;
        }

        /** How many of the labels people gave, and the share of right ones. */
        void labelled(int labels, int human, double right) {
            labelled.computeIfAbsent(labels, n -> new ArrayList<>()).add(new double[] {human, right});
        }

        private List<Double> means(int part) {
            return scores.keySet().stream().map(n -> labelled.getOrDefault(n, List.of(new double[] {n, 1})).stream()
                    .mapToDouble(pair -> pair[part]).average().orElseThrow()).toList();
        }

        void round(double took) {
            seconds += took;
            rounds++;
        }

        ReplayCurve mean() {
            List<Double> accuracy = new ArrayList<>();
            List<Double> sd = new ArrayList<>();
            List<Double> f1 = new ArrayList<>();
            for (List<Score> at : scores.values()) {
                double mean = at.stream().mapToDouble(Score::accuracy).average().orElseThrow();
                accuracy.add(mean);
                sd.add(at.size() < 2 ? 0 : Math.sqrt(at.stream().mapToDouble(s -> Math.pow(s.accuracy() - mean, 2)).sum() / (at.size() - 1)));
                f1.add(at.stream().mapToDouble(Score::macroF1).average().orElseThrow());
            }
            return new ReplayCurve(strategy, start, List.copyOf(scores.keySet()), accuracy, sd, f1, means(0), means(1), rounds == 0 ? 0 : seconds / rounds);
        }
    }

    /** Quality on the scored part. */
    public record Score(double accuracy, double macroF1) {

        static Score mean(List<Score> scores) {
            return new Score(scores.stream().mapToDouble(Score::accuracy).average().orElseThrow(),
                    scores.stream().mapToDouble(Score::macroF1).average().orElseThrow());
        }
    }
}
