package org.laudable.engine.text;

import org.laudable.engine.linear.FloatMatrix;

/**
 * Asks where the zero-shot start and the task model contradict each other most (Jensen–Shannon divergence): one of
 * the two is wrong there. Before the first answer both are the same, and the order falls back to the margin.
 */
final class DisagreementQuery implements QueryStrategy {

    @Override
    public String name() {
        return "disagreement";
    }

    @Override
    public int[] select(QueryContext context, int batch) {
        FloatMatrix zeroShot = context.pool().zeroShot();
        return Ranking.top(context.candidates(), batch, item -> divergence(zeroShot, context.scores(), item)
                + 1e-4f * Uncertainty.MARGIN.of(context.scores(), item));
    }

    /** In nats, between 0 and ln 2. */
    static float divergence(FloatMatrix p, FloatMatrix q, int row) {
        double sum = 0;
        for (int j = 0; j < p.cols(); j++) {
            double a = p.get(row, j);
            double b = q.get(row, j);
            double mean = (a + b) / 2;
            sum += (a > 0 ? a * Math.log(a / mean) : 0) + (b > 0 ? b * Math.log(b / mean) : 0);
        }
        return (float) Math.max(0, sum / 2);
    }
}
