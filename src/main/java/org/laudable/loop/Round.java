package org.laudable.loop;

import java.time.Instant;

/**
 * A round as every loop knows it.
 *
 * @param number        0 is the start before any answer
 * @param done          whether its model is there
 * @param answersBefore answers there were when it began to ask
 * @param labels        answers its model learned from
 * @param auditLabels   answers that measure
 * @param costMicros    the project's settled cost when its batch was complete
 * @param metrics       JSON that only the loop of this kind reads; null before it is done
 */
public record Round(int number, boolean done, int answersBefore, int labels, int auditLabels, long costMicros, String metrics,
        Long trainMillis, Instant startedAt, Instant closedAt, Instant trainedAt) {}
