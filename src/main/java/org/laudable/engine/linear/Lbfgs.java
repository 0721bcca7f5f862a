package org.laudable.engine.linear;

/**
 * Limited-memory BFGS (Liu and Nocedal, 1989) for smooth convex functions, with a weak-Wolfe line search by bisection
 * (Lewis and Overton, 2013). No randomness: the same start and function give the same result.
 *
 * @param memory            pairs kept (8 is plenty)
 * @param maxIterations     at most this many steps
 * @param gradientTolerance stop when the largest absolute derivative is below
 * @param valueTolerance    stop when a step lowers the value by less than this share of it
 */
public record Lbfgs(int memory, int maxIterations, double gradientTolerance, double valueTolerance) {

    /** A function of n floats that also writes its gradient. */
    @FunctionalInterface
    public interface Objective {
        /** Value at x; writes all of {@code gradient}. */
        double evaluate(float[] x, float[] gradient);
    }

    /** Where the search ended. */
    public record Result(float[] x, double value, int iterations, int evaluations) {
    }

    public Lbfgs {
        if (memory < 1 || maxIterations < 0) {
            throw new IllegalArgumentException("L-BFGS needs memory >= 1 and maxIterations >= 0");
        }
    }

    /** Minimises from a copy of {@code start}. */
    public Result minimize(Objective objective, float[] start) {
        int n = start.length;
        float[] x = start.clone();
        float[] g = new float[n];
        double f = objective.evaluate(x, g);
        int evaluations = 1;
        float[][] steps = new float[memory][];
        float[][] changes = new float[memory][];
        double[] rho = new double[memory];
        int pairs = 0;
        int iteration = 0;
        for (; iteration < maxIterations && largest(g) > gradientTolerance; iteration++) {
            float[] d = direction(g, steps, changes, rho, pairs);
            double slope = MatrixProduct.dot(g, d);
            if (slope >= 0) {
                break;
            }
            double low = 0;
            double high = Double.POSITIVE_INFINITY;
            double step = pairs == 0 ? Math.min(1, 1 / Math.sqrt(MatrixProduct.dot(g, g))) : 1;
            float[] xNew = new float[n];
            float[] gNew = new float[n];
            double fNew = f;
            boolean moved = false;
            for (int tries = 0; tries < 30; tries++) {
                for (int i = 0; i < n; i++) {
                    xNew[i] = (float) (x[i] + step * d[i]);
                }
                fNew = objective.evaluate(xNew, gNew);
                evaluations++;
                if (!(fNew <= f + 1e-4 * step * slope)) {
                    high = step;
                } else if (MatrixProduct.dot(gNew, d) < 0.9 * slope) {
                    low = step;
                    moved = true;
                } else {
                    moved = true;
                    break;
                }
                step = Double.isInfinite(high) ? 2 * low : (low + high) / 2;
            }
            if (!moved || !(fNew <= f)) {
                break;
            }
            float[] s = new float[n];
            float[] y = new float[n];
            for (int i = 0; i < n; i++) {
                s[i] = xNew[i] - x[i];
                y[i] = gNew[i] - g[i];
            }
            double sy = MatrixProduct.dot(s, y);
            if (sy > 1e-12) {
                steps[pairs % memory] = s;
                changes[pairs % memory] = y;
                rho[pairs % memory] = 1 / sy;
                pairs++;
            }
            double gain = f - fNew;
            x = xNew;
            g = gNew;
            f = fNew;
            if (gain <= valueTolerance * Math.max(1, Math.abs(f))) {
                iteration++;
                break;
            }
        }
        return new Result(x, f, iteration, evaluations);
    }

    private float[] direction(float[] g, float[][] steps, float[][] changes, double[] rho, int pairs) {
        float[] d = new float[g.length];
        for (int i = 0; i < d.length; i++) {
            d[i] = -g[i];
        }
        if (pairs == 0) {
            return d;
        }
        int oldest = Math.max(0, pairs - memory);
        double[] alpha = new double[memory];
        for (int p = pairs - 1; p >= oldest; p--) {
            int m = p % memory;
            alpha[m] = rho[m] * MatrixProduct.dot(steps[m], d);
            add(d, -alpha[m], changes[m]);
        }
        int last = (pairs - 1) % memory;
        double scale = 1 / (rho[last] * MatrixProduct.dot(changes[last], changes[last]));
        for (int i = 0; i < d.length; i++) {
            d[i] *= (float) scale;
        }
        for (int p = oldest; p < pairs; p++) {
            int m = p % memory;
            add(d, alpha[m] - rho[m] * MatrixProduct.dot(changes[m], d), steps[m]);
        }
        return d;
    }

    private static void add(float[] to, double scale, float[] what) {
        float s = (float) scale;
        for (int i = 0; i < to.length; i++) {
            to[i] = Math.fma(s, what[i], to[i]);
        }
    }

    private static double largest(float[] g) {
        float max = 0;
        for (float v : g) {
            max = Math.max(max, Math.abs(v));
        }
        return max;
    }
}
