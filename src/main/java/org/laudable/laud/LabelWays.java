package org.laudable.laud;

import java.util.List;
import java.util.Optional;
import org.laudable.engine.evaluation.LabelScenarios;
import org.laudable.engine.evaluation.LabelScenarios.Scenario;

/**
 * The ways to label further, side by side.
 *
 * @param model    the project's language model; empty: none is chosen
 * @param audited  its answers that people labelled, too, without seeing them
 * @param wrong    of these
 * @param target   accuracy to reach; empty: none is set
 * @param forecast whether there is a learning curve to tell labels from
 * @param gold     people's answers to gold questions; few: their labels are taken as right
 * @param ways     empty until {@link LabelScenarios#AUDITED_NEEDED} are audited
 */
public record LabelWays(Optional<String> model, int audited, int wrong, Optional<Double> target, boolean forecast, int gold, List<Scenario> ways) {

    /** Audited answers that are still wanting. */
    public int missing() {
        return Math.max(0, LabelScenarios.AUDITED_NEEDED - audited);
    }
}
