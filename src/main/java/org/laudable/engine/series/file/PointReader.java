package org.laudable.engine.series.file;

import java.io.IOException;

/** The points of one series in the order of the file, one at a time. Not for several threads. */
public interface PointReader extends AutoCloseable {

    /** Goes to the next point; false: there is none. */
    boolean next() throws IOException, UnreadableSource;

    /** Epoch milliseconds of the point. */
    long millis();

    /** A value per channel, NaN for a gap; the same array each time. */
    double[] values();

    /** Whether the file says the point is anomalous: 1 yes, 0 no, −1 it does not say. */
    int label();

    /** Whether the point belongs to the part that is known but not asked about (a training file). */
    boolean history();

    /** What was odd up to here. */
    ReadingReport report();

    @Override
    void close() throws IOException;
}
