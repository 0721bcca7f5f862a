package org.laudable.engine.text;

import org.jspecify.annotations.Nullable;
import org.laudable.engine.linear.FloatMatrix;

/**
 * One training of {@link EmbeddedHead}: what the regression and the graph say, and how they are fused.
 *
 * @param settings   the head's settings
 * @param regression the regression; none without labels
 * @param spread     LP over the pool
 * @param regressed  LR over the pool; the same as {@code spread} without labels
 * @param graphShare w
 */
record HeadFit(HeadSettings settings, @Nullable LogisticRegression regression, FloatMatrix spread, FloatMatrix regressed,
        float graphShare) {

    private static final float FLOOR = 1e-5f;

    /** Without labels P is F₀. */
    static HeadFit untrained(CandidatePool pool) {
        return new HeadFit(HeadSettings.standard(), null, pool.zeroShot(), pool.zeroShot(), 1);
    }

    /** P over the whole pool. */
    FloatMatrix poolScores() {
        return regression == null ? spread : fuse(spread, regressed);
    }

    /** P of some items of the pool. */
    FloatMatrix poolScores(int[] items) {
        return regression == null ? spread.select(items) : fuse(spread.select(items), regressed.select(items));
    }

    /** P of texts outside the pool. */
    FloatMatrix scores(OutsideItems items) {
        if (regression == null) {
            return items.zeroShot();
        }
        FloatMatrix offset = EmbeddedHead.offset(items.zeroShot(), settings.offsetFloor());
        FloatMatrix lr = regression.logits(items.vectors(), items.features(), offset).softmaxRows();
        return fuse(items.spreadFrom(spread, base(items.zeroShot(), lr, settings.regressionInBase())), lr);
    }

    /** What is spread over the graph: share · LR + (1 − share) · F₀. */
    static FloatMatrix base(FloatMatrix zeroShot, FloatMatrix regressed, float share) {
        FloatMatrix base = new FloatMatrix(zeroShot.rows(), zeroShot.cols());
        for (int i = 0; i < base.data().length; i++) {
            base.data()[i] = share * regressed.data()[i] + (1 - share) * zeroShot.data()[i];
        }
        return base;
    }

    /** LP^w · LR^(1−w), normalised; very small probabilities are raised to 1e-5 first. */
    private FloatMatrix fuse(FloatMatrix lp, FloatMatrix lr) {
        FloatMatrix p = new FloatMatrix(lp.rows(), lp.cols());
        for (int i = 0; i < p.rows(); i++) {
            for (int j = 0; j < p.cols(); j++) {
                int at = i * p.stride() + j;
                p.data()[at] = (float) (graphShare * Math.log(Math.max(lp.data()[at], FLOOR))
                        + (1 - graphShare) * Math.log(Math.max(lr.data()[at], FLOOR)));
            }
        }
        return p.softmaxRows();
    }
}
