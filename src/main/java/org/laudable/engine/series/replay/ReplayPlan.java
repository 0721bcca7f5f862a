package org.laudable.engine.series.replay;

import org.laudable.engine.series.Acquisition;

/**
 * What a replay does.
 *
 * @param preset      {@code laudable} or {@code paper}: whose acquisition the main method follows
 * @param queries     answers given
 * @param batch       answers a round
 * @param acquisition how questions are chosen
 * @param brief       whether only laudable and the simple scores are measured: no paper, random queries or Q-regressions
 * @param ablations   whether each switch is also tried
 * @param vusLength   L of VUS-PR
 */
public record ReplayPlan(String preset, Protocol protocol, int queries, int batch, Acquisition acquisition, boolean brief,
        boolean ablations, int vusLength) {

    /** W of ENGINES §2.1. */
    static final int WINDOW = 25;

    public ReplayPlan {
        if (queries < 1 || batch < 1) {
            throw new IllegalArgumentException("A replay needs at least one query and one query a round");
        }
        if (brief && preset.equals("paper")) {
            throw new IllegalArgumentException("A brief replay leaves the preset paper out");
        }
    }
}
