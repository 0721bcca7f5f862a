package org.laudable.laud;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * A round as its table has it.
 *
 * @param number        0 is the zero-shot start
 * @param answersBefore resolved answers, audit apart, when the round began to ask
 * @param labels        training labels its model saw; 0 until trained
 * @param costMicros    the project's settled cost when its batch was complete
 * @param metrics       {@link RoundMetrics} when it was trained; null before
 */
record RoundRow(int number, State state, int answersBefore, int labels, int auditLabels, long costMicros, RoundMetrics metrics,
        JsonNode provenance, Long trainMillis, Instant startedAt, Instant closedAt, Instant trainedAt) {

    enum State {
        ASKING,
        TRAINING,
        DONE
    }
}
