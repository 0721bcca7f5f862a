package org.laudable.engine.text;

import java.util.List;
import java.util.Optional;
import org.laudable.engine.evaluation.LearningCurve;

/**
 * Stops when the fitted learning curve expects too little accuracy for the money.
 *
 * @param floor  accuracy points (1 = one per cent) per unit of the currency
 * @param ahead  labels to look ahead, such as one batch
 * @param rounds measured rounds needed before the curve is believed, at least 3
 */
public record GainBelowFloor(double floor, int ahead, int rounds) implements StoppingRule {

    private static final int AUDIT_NEEDED = 50;

    @Override
    public String name() {
        return "gain";
    }

    @Override
    public Optional<StopReason> check(List<RoundSummary> history) {
        List<LearningCurve.Point> points = history.stream().filter(r -> r.auditTotal() >= AUDIT_NEEDED)
                .map(r -> new LearningCurve.Point(r.labels(), (double) r.auditCorrect() / r.auditTotal(), r.auditTotal())).toList();
        long different = points.stream().mapToDouble(LearningCurve.Point::labels).distinct().count();
        if (different < Math.max(3, rounds) || history.getLast().costMicros() <= 0) {
            return Optional.empty();
        }
        RoundSummary now = history.getLast();
        double costPerLabel = now.costMicros() / 1e6 / now.labels();
        double gain = 100 * LearningCurve.fit(points).gain(now.labels(), ahead) / (ahead * costPerLabel);
        return gain >= floor ? Optional.empty() : Optional.of(new StopReason(name(), gain, floor));
    }
}
