package org.laudable.anomaly;

import java.util.List;
import java.util.Optional;
import org.laudable.engine.series.JudgeTrust;
import org.laudable.llm.RunCaps;

/**
 * What a project's language model has said of windows, as the page of its run shows it.
 *
 * @param model    its name; empty: none is chosen
 * @param usable   whether it can be called now
 * @param wanted   windows that stand out and that it may be asked about
 * @param judged   windows it has judged
 * @param shared   of these, those that are like another one and cost nothing
 * @param trust    how often people who answered judged windows said the same
 * @param absent   windows without an answer, by why; they keep the statistical severity
 * @param blocked  why nothing more is asked until somebody has changed something
 * @param spending of the run; empty if there is none
 */
public record JudgeView(JudgeSettings settings, Optional<String> model, boolean usable, int wanted, int judged, int shared, JudgeTrust trust, List<Absent> absent,
        Optional<String> blocked, Optional<RunCaps.Spending> spending, String currency) {

    public record Absent(String sentence, int count) {}
}
