package org.laudable.labeling;

import java.util.Map;

/** Says what waits for a reviewer; review answers, which knows labeling, not the other way round. */
public interface ReviewsWaiting {

    /**
     * By the name of the queue, in the order of urgency, without empty ones; empty if the signed-in person reviews nothing in
     * this project. Counts above a thousand are not exact.
     */
    Map<String, Long> of(long projectId);
}
