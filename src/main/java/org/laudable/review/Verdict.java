package org.laudable.review;

import org.laudable.labeling.Interval;

/**
 * What a reviewer decides.
 *
 * @param version  of the item as they saw it
 * @param classId  null: none of these
 * @param interval of a series, or null
 * @param sampled  whether the item was drawn at random to measure its queue
 */
public record Verdict(long itemId, long version, ReviewQueue queue, Long classId, Interval interval, boolean sampled) {

    public Verdict(long itemId, long version, ReviewQueue queue, Long classId, Interval interval) {
        this(itemId, version, queue, classId, interval, false);
    }
}
