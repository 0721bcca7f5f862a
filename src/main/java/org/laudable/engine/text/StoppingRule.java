package org.laudable.engine.text;

import java.util.List;
import java.util.Optional;

/** One of the rules of ENGINES §1.5. Stateless: all it knows is the history. */
public interface StoppingRule {

    /** The name in settings and exports. */
    String name();

    /**
     * Checks after each round.
     *
     * @param history every round so far in order, the newest last
     * @return the reason to stop, if there is one
     */
    Optional<StopReason> check(List<RoundSummary> history);

    /** The first of several rules that fires. */
    static Optional<StopReason> first(List<StoppingRule> rules, List<RoundSummary> history) {
        return rules.stream().flatMap(rule -> rule.check(history).stream()).findFirst();
    }
}
