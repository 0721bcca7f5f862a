package org.laudable.engine.text.replay;

import java.util.List;
import java.util.Optional;

/**
 * What a replay found.
 *
 * @param data          the data set
 * @param classes       number of classes
 * @param pool          mean size of the pool over seeds (without repetitions)
 * @param test          mean number of scored texts over seeds
 * @param zeroShot      the model without labels
 * @param supervisedAll the model with the whole pool labelled, if it was measured
 * @param curves        one per start and strategy, few-shot last if it was measured
 * @param oracle        human, llm or hybrid
 * @param calls         calls to the language model
 */
public record ReplayReport(String data, int classes, int pool, int test, ReplayCurve.Score zeroShot,
        Optional<ReplayCurve.Score> supervisedAll, List<ReplayCurve> curves, String oracle, long calls) {
}
