package org.laudable.engine.text;

import org.laudable.engine.linear.FloatMatrix;

/** How undecided a distribution is; each measure is 0 when one class has everything. */
enum Uncertainty {
    /** 1 − the largest probability. */
    LEAST_CONFIDENCE {
        @Override
        float of(FloatMatrix p, int row) {
            return 1 - p.get(row, p.argMax(row));
        }
    },
    /** 1 − the distance between the two largest probabilities ('breaking ties'). */
    MARGIN {
        @Override
        float of(FloatMatrix p, int row) {
            float first = Float.NEGATIVE_INFINITY;
            float second = Float.NEGATIVE_INFINITY;
            for (int j = 0; j < p.cols(); j++) {
                float v = p.get(row, j);
                if (v > first) {
                    second = first;
                    first = v;
                } else if (v > second) {
                    second = v;
                }
            }
            return 1 - (first - second);
        }
    },
    /** −Σ p ln p. */
    ENTROPY {
        @Override
        float of(FloatMatrix p, int row) {
            double sum = 0;
            for (int j = 0; j < p.cols(); j++) {
                float v = p.get(row, j);
                if (v > 0) {
                    sum -= v * Math.log(v);
                }
            }
            return (float) sum;
        }
    };

    abstract float of(FloatMatrix p, int row);
}
