package org.laudable.review;

import java.time.Instant;
import org.laudable.engine.evaluation.Binomial;
import org.laudable.engine.evaluation.Interval;

/**
 * A random sample of models' labels that one reviewer judges before the rest is accepted.
 *
 * @param classId of the labels; null: any
 * @param floor   their least confidence; null: any
 * @param bar     what the lower bound of right ones must reach, 0 to 1; set before anything was judged
 * @param found   labels that fitted when it was drawn, the sample among them
 * @param judged  by the reviewer so far
 * @param agreed  of those: the label was right
 * @param waiting still to be judged; the others changed since they were drawn, and left the sample
 * @param bulkId  what accepted the rest; null: nothing did
 */
public record SampleCheck(long id, long projectId, ReviewQueue queue, Long classId, Float floor, int size, double bar, long found,
        State state, int judged, int agreed, int waiting, long newestResolution, Long bulkId, String by, Instant at) {
    /** A share below the lower bound shows so many right ones with a probability of less than this. */
    static final double ALPHA = .05;
    /** Fewer say too little, whatever they say. */
    static final int LEAST = 20;

    /** What became of it. */
    public enum State {
        OPEN,
        ACCEPTED,
        FAILED,
        DROPPED
    }

    /**
     * Which labels, how many of them are judged, and what they must show.
     *
     * @see SampleCheck
     */
    public record Draw(ReviewQueue queue, Long classId, Float floor, int size, double bar) {}

    /** The exact lower bound (Clopper and Pearson) of the share of right labels, one-sided at 95 %. */
    public double lower() {
        return judged == 0 ? 0 : Binomial.lowerBound(agreed, judged, ALPHA);
    }

    /** Wilson's two-sided 95 % interval, to show. */
    public Interval interval() {
        return Binomial.wilson(agreed, judged, 1 - ALPHA);
    }

    /** Everything is judged, enough of it, and its lower bound reaches the bar. */
    public boolean passed() {
        return waiting == 0 && judged >= LEAST && lower() >= bar;
    }

    /** The lower bound if every one of so many is right. */
    public static double best(int size) {
        return size < 1 ? 0 : Binomial.lowerBound(size, size, ALPHA);
    }
}
