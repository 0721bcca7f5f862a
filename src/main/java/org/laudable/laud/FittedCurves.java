package org.laudable.laud;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.laudable.engine.evaluation.LearningForecast;
import org.laudable.engine.evaluation.LearningForecast.Estimate;

/** The learning curves of runs with what they foretell, fitted anew once a round or an audit answer more is in. Checks no access. */
@ApplicationScoped
class FittedCurves {
    /** Labels ahead that are shown where no target is nearer. */
    static final int AHEAD = 400;
    private static final double FURTHEST = 4;
    private static final int FAN_POINTS = 12;
    private static final int KEPT = 50;

    private final RoundRepository rounds;
    private final PoolRepository pool;
    private final PredictionRepository predictions;
    private final Map<Long, Kept> kept = new ConcurrentHashMap<>();

    FittedCurves(RoundRepository rounds, PoolRepository pool, PredictionRepository predictions) {
        this.rounds = rounds;
        this.pool = pool;
        this.predictions = predictions;
    }

    /**
     * A run's curve.
     *
     * @param labels       training labels so far
     * @param auditAnswers that measure every round
     * @param rounds       with enough labels to follow a law
     * @param forecast     empty while there are too few of either
     */
    record Fitted(int labels, int auditAnswers, int rounds, Optional<LearningForecast> forecast, Optional<RunForecast.Outlook> outlook) {}

    private record Kept(List<PoolRepository.AuditTruth> truth, List<Integer> labels, Fitted curve) {}

    Fitted of(RunRow run) {
        List<PoolRepository.AuditTruth> truth = pool.auditTruth(run.projectId());
        List<RoundRow> done = rounds.of(run.id()).stream().filter(round -> round.state() == RoundRow.State.DONE).toList();
        List<Integer> labels = done.stream().map(RoundRow::labels).toList();
        Kept there = kept.get(run.id());
        if (there != null && there.labels().equals(labels) && there.truth().equals(truth)) {
            return there.curve();
        }
        Fitted curve = fit(run, measured(run, done, truth));
        if (kept.size() >= KEPT) {
            kept.clear();
        }
        kept.put(run.id(), new Kept(truth, labels, curve));
        return curve;
    }

    private static Fitted fit(RunRow run, List<LearningForecast.Round> measured) {
        Optional<LearningForecast> forecast = LearningForecast.of(measured);
        return new Fitted(measured.isEmpty() ? 0 : measured.getLast().labels(), measured.isEmpty() ? 0 : measured.getLast().right().length,
                (int) measured.stream().filter(round -> round.labels() >= LearningForecast.FIRST_LABELS).count(), forecast,
                forecast.map(it -> outlook(it, Optional.ofNullable(run.settings().stopping().targetAccuracy()))));
    }

    /** Each round's model on the audit answers known now. */
    private List<LearningForecast.Round> measured(RunRow run, List<RoundRow> done, List<PoolRepository.AuditTruth> answers) {
        Map<Long, Long> truth = answers.stream().filter(t -> t.classId() != 0)
                .collect(Collectors.toMap(PoolRepository.AuditTruth::itemId, PoolRepository.AuditTruth::classId));
        Map<Integer, TreeMap<Long, Boolean>> right = new TreeMap<>();
        for (PredictionRepository.AuditPrediction said : predictions.audit(run.id())) {
            if (truth.containsKey(said.itemId())) {
                right.computeIfAbsent(said.round(), round -> new TreeMap<>()).put(said.itemId(), truth.get(said.itemId()) == said.classId());
            }
        }
        List<Long> inAll = right.values().stream().findFirst().map(TreeMap::keySet).stream().flatMap(Set::stream)
                .filter(item -> right.values().stream().allMatch(round -> round.containsKey(item))).toList();
        List<LearningForecast.Round> measured = new ArrayList<>();
        for (RoundRow round : done) {
            TreeMap<Long, Boolean> said = right.get(round.number());
            if (said != null) {
                boolean[] each = new boolean[inAll.size()];
                for (int i = 0; i < each.length; i++) {
                    each[i] = said.get(inAll.get(i));
                }
                measured.add(new LearningForecast.Round(round.labels(), each));
            }
        }
        return measured;
    }

    private static RunForecast.Outlook outlook(LearningForecast forecast, Optional<Double> target) {
        double now = forecast.now();
        Optional<Estimate> toTarget = target.map(forecast::labelsFor);
        double end = Math.max(now + AHEAD, toTarget.map(Estimate::high).filter(Double::isFinite).map(high -> Math.min(1.1 * high, FURTHEST * now)).orElse(0.0));
        List<RunForecast.Ahead> fan = IntStream.rangeClosed(0, FAN_POINTS).map(i -> (int) Math.round(now + (end - now) * i / FAN_POINTS))
                .mapToObj(n -> new RunForecast.Ahead(n, forecast.accuracy(n))).toList();
        return new RunForecast.Outlook(forecast.accuracy(now), forecast.gain(RunForecast.NEXT), toTarget, fan);
    }
}
