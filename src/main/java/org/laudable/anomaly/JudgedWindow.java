package org.laudable.anomaly;

import java.time.Instant;
import java.util.List;
import org.laudable.engine.series.Standout;

/**
 * A window a language model is asked about, as its table has it.
 *
 * @param state    ASKING, SAID or ABSENT
 * @param severity of SAID ones
 * @param reason   of SAID ones; null otherwise
 */
record JudgedWindow(long id, long seriesId, Standout at, List<String> causes, List<String> examples, String state, double severity, String reason,
        String model, Instant saidAt) {

    boolean said() {
        return state.equals("SAID");
    }

    Opinion opinion() {
        return new Opinion(model, severity, reason, causes, saidAt);
    }
}
