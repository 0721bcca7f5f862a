package org.laudable.review;

import org.laudable.labeling.Interval;

/**
 * What a reviewer decides.
 *
 * @param version  of the item as they saw it
 * @param classId  null: none of these
 * @param interval of a series, or null
 * @param sampled  whether it counts in the reviewer's open sample, if the item is in it
 */
public record Verdict(long itemId, long version, ReviewQueue queue, Long classId, Interval interval, boolean sampled) {

    public Verdict(long itemId, long version, ReviewQueue queue, Long classId, Interval interval) {
        this(itemId, version, queue, classId, interval, false);
    }
}
