package org.laudable.engine.series;

/**
 * What a window looks like to a network.
 *
 * @param length   points, the last is the one judged
 * @param channels values per point
 * @param masked   whether each value has a mask beside it, 1 where it was measured (only series with gaps need it)
 */
record WindowShape(int length, int channels, boolean masked) {

    /** Numbers per point. */
    int width() {
        return masked ? 2 * channels : channels;
    }
}
