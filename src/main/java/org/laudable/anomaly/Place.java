package org.laudable.anomaly;

/** A stretch of a series around a point; the end is the point after the last. */
record Place(int point, int from, int to) {

    boolean overlaps(int otherFrom, int otherTo) {
        return from < otherTo && otherFrom < to;
    }
}
