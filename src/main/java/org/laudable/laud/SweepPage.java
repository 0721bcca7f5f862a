package org.laudable.laud;

import java.util.function.IntSupplier;

/**
 * What has been worked out for the next texts of a chunk, to be written in one transaction with the chunk's new place.
 *
 * @param texts  how many texts it passes
 * @param write  writes it and says how many vectors, predictions or labels were new
 * @param last   whether the chunk ends with it
 */
record SweepPage(int texts, int shuffle, long id, boolean last, IntSupplier write) {}
