package org.laudable.labeling;

import java.util.Optional;

/**
 * How far a person and their project are, for the thin bar of the deck and for My work.
 *
 * @param mineToday answers of this person since the given moment
 * @param mineTotal all answers of this person
 * @param waiting questions this person could answer now
 * @param training whether a model is being trained just now
 * @param round what leads to the next training; empty if no batch is being collected
 * @param model the newest model; empty before the first
 */
public record Progress(DeckState state, long mineToday, long mineTotal, long waiting, boolean training,
        Optional<Batch> round, Optional<Model> model) {

    /** A batch being collected. */
    public record Batch(int number, long done, long size) {}

    /**
     * A model and how it did on the audit sample; figures are 0..1, or null while unknown.
     *
     * @param gain against the model before it, 0..1
     */
    public record Model(int version, Double accuracy, Double low, Double high, Double gain) {}
}
