package org.laudable.llm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.laudable.engine.series.Explained;
import org.laudable.engine.series.Potential;
import org.laudable.engine.series.Series;

/**
 * φ with a language model's word where it can matter: windows around the points that deviate, the worst first, as many as
 * allowed. Points nobody asked about, and those it gave no answer to, keep the statistical severity; which are which is
 * kept with the reasons. One instance is for one reading of one series.
 */
public final class JudgedPotential implements Potential {
    private static final int WIDTH = 25;
    /** Below so many robust deviations a point is clearly normal, and nobody is asked. */
    private static final double WORTH_ASKING = 2.5;

    private final WindowJudge judge;
    private final WindowJudge.Task task;
    private final View view;
    private final int most;
    private final Map<Integer, Said> said = new TreeMap<>();
    private Optional<Judgement.Missing> stopped = Optional.empty();

    /**
     * What the model said of a stretch of points.
     *
     * @param from first point
     * @param to   end, exclusive
     */
    public record Said(int from, int to, double severity, String reason) {}

    /** Makes what the model sees of points of the series. */
    @FunctionalInterface
    public interface View {

        /**
         * @param from   first point, counted in the whole series
         * @param to     end, exclusive
         * @param causes known causes in force there, in people's words
         */
        WindowToJudge of(int from, int to, List<String> causes);
    }

    /** @param most windows it may be asked about */
    public JudgedPotential(WindowJudge judge, WindowJudge.Task task, View view, int most) {
        this.judge = judge;
        this.task = task;
        this.view = view;
        this.most = most;
    }

    @Override
    public double[] severity(Series series, double[] statistics, List<Explained> explained) {
        double[] severity = Potential.statistical().severity(series, statistics, explained);
        List<Integer> ends = ends(statistics);
        List<WindowToJudge> windows = new ArrayList<>();
        Map<Integer, Integer> starts = new HashMap<>();
        for (int end : ends) {
            int at = series.history() + end;
            starts.put(end, Math.max(0, at - WIDTH + 1));
            List<String> causes = explained.stream().filter(one -> one.from() <= end && one.to() > end - WIDTH).map(Explained::reason).distinct().toList();
            windows.add(view.of(starts.get(end), at + 1, causes));
        }
        List<Judgement> judgements = judge.judge(task, windows);
        for (int i = 0; i < ends.size(); i++) {
            int end = ends.get(i);
            switch (judgements.get(i)) {
                case Judgement.Judged judged -> {
                    said.put(end, new Said(starts.get(end), series.history() + end + 1, judged.severity(), judged.reason()));
                    for (int t = Math.max(0, end - WIDTH / 2); t <= Math.min(severity.length - 1, end + WIDTH / 2); t++) {
                        if (statistics[t] >= WORTH_ASKING) {
                            severity[t] = judged.severity();
                        }
                    }
                }
                case Judgement.Missing missing -> stopped = Optional.of(missing);
            }
        }
        return severity;
    }

    /** The worst points, none within a window of another. */
    private List<Integer> ends(double[] statistics) {
        List<Integer> order = new ArrayList<>();
        for (int t = 0; t < statistics.length; t++) {
            if (statistics[t] >= WORTH_ASKING) {
                order.add(t);
            }
        }
        order.sort((a, b) -> Double.compare(statistics[b], statistics[a]));
        List<Integer> chosen = new ArrayList<>();
        boolean[] covered = new boolean[statistics.length];
        for (int t : order) {
            if (chosen.size() == most) {
                break;
            }
            if (!covered[t]) {
                chosen.add(t);
                for (int near = Math.max(0, t - WIDTH); near <= Math.min(statistics.length - 1, t + WIDTH); near++) {
                    covered[near] = true;
                }
            }
        }
        return chosen;
    }

    /** What it said, by time; to be shown with the anomalies there. */
    public List<Said> said() {
        return List.copyOf(said.values());
    }

    /** Why some windows have no answer of it; empty if all have. */
    public Optional<Judgement.Missing> stopped() {
        return stopped;
    }

    @Override
    public String source() {
        return "language model " + judge.source(task.modelId());
    }
}
