package org.laudable.engine.series;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The causal features of a series, point by point: what {@link FeatureModel#apply} says of a whole series, said of its
 * newest point, from a memory that does not grow.
 */
sealed interface PointFeatures permits OneChannelPoint, ManyChannelPoint {

    /**
     * Of one point.
     *
     * @param columns in the features' order, but for the prior
     * @param scores  in the order of {@link FeatureModel#priorScores()}
     */
    record Said(double[] columns, double[] scores, VaeForward.Said vae, float[] values, double severity) {
    }

    /**
     * Takes the next point.
     *
     * @param filled per channel of the series; a gap holds the value before it
     * @param time   the point's number in the fitted series; later ones lie after its end
     */
    Said push(double[] filled, boolean[] seen, long second, int time);

    void write(DataOutput out) throws IOException;

    void read(DataInput in) throws IOException;
}
