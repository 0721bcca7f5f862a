package org.laudable.engine.text;

import java.util.List;
import java.util.function.Function;
import org.laudable.engine.graph.NearestNeighbours;
import org.laudable.engine.graph.Neighbours;
import org.laudable.engine.linear.FloatMatrix;
import org.laudable.engine.linear.MatrixProduct;

/**
 * What of a pool is needed to predict texts outside of it; a model file holds it in the pool's place.
 *
 * @param mean     of the pool's vectors before they were centred
 * @param vectors  centred unit vectors of the pool, n × d
 * @param zeroShot F₀ of the pool, n × classes
 */
record PoolReference(PoolSettings settings, LabelVectors labels, float[] mean, FloatMatrix vectors, NgramFeatures ngrams,
        FloatMatrix zeroShot) {

    /** Prepares texts for prediction; {@code x} has one vector per text, by the pool's encoder, and is changed. */
    OutsideItems outside(List<String> texts, FloatMatrix x) {
        return outside(texts, x, queries -> NearestNeighbours.of(queries, vectors, settings.neighbours()));
    }

    /** The same with another way to find the pool's nearest items. */
    OutsideItems outside(List<String> texts, FloatMatrix x, Function<FloatMatrix, Neighbours> search) {
        x.centerAndNormalize(mean);
        Neighbours neighbours = search.apply(x);
        return OutsideItems.of(x, ngrams.transform(texts), neighbours, promptPrior(x, labels, settings), this);
    }

    static FloatMatrix promptPrior(FloatMatrix x, LabelVectors labels, PoolSettings settings) {
        FloatMatrix logits = MatrixProduct.multiplyTransposed(x, labels.vectors());
        for (int i = 0; i < logits.data().length; i++) {
            logits.data()[i] *= settings.zeroShotScale();
        }
        return logits.softmaxRows();
    }
}
