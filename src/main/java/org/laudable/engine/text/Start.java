package org.laudable.engine.text;

import java.util.List;

/** How a loop begins, before the query strategy takes over (ENGINES §1.3). Stateless. */
public interface Start {

    /** {@code prior} or {@code confirm}. */
    String name();

    /**
     * What the start wants to ask next, or nothing once it is over.
     *
     * @param labels      the answers so far; {@code context.labelled()} holds the same items
     * @param batch       at most this many
     * @param labelBudget labels the whole run may cost
     * @return pool indices; empty when the query strategy shall decide
     */
    int[] select(QueryContext context, TrainingLabels labels, int batch, int labelBudget);

    /** The default: the zero-shot answer is a prior over the pool and the strategy decides from the first question. */
    static Start prior() {
        return new PriorStart();
    }

    /** The paper's: the most confident items are confirmed first, {@code perClass} for each class. */
    static Start confirm(int perClass) {
        return new ConfirmStart(perClass);
    }

    /**
     * The start of that name; {@code confirm} with two per class.
     *
     * @throws IllegalArgumentException if there is none
     */
    static Start named(String name) {
        return switch (name) {
            case "prior" -> prior();
            case "confirm" -> confirm(ConfirmStart.PER_CLASS);
            default -> throw new IllegalArgumentException("There is no start '%s'; there are %s".formatted(name, List.of("prior", "confirm")));
        };
    }
}
