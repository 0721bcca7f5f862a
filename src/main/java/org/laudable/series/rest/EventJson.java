package org.laudable.series.rest;

import java.time.Instant;
import org.laudable.series.SeriesEvent;

/**
 * One time an event happens.
 *
 * @param from       epoch seconds
 * @param everywhere whether it concerns all series of the project
 */
record EventJson(long id, double from, double to, boolean weekly, String explains, boolean everywhere) {
    static EventJson of(SeriesEvent event, Instant from, Instant to) {
        return new EventJson(event.id(), from.toEpochMilli() / 1_000.0, to.toEpochMilli() / 1_000.0, event.weekly(), event.explains(),
                event.seriesId() == null);
    }
}
