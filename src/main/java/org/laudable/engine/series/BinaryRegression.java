package org.laudable.engine.series;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.laudable.engine.linear.Lbfgs;

/** Logistic regression of two classes: ½‖w‖² + C·Σ weight · log-loss, the intercept free. */
record BinaryRegression(float[] weights) {

    static BinaryRegression fit(float[][] rows, boolean[] anomalous, float[] rowWeights, double c) {
        int d = rows[0].length;
        Lbfgs.Objective loss = (x, gradient) -> value(rows, anomalous, rowWeights, c, x, gradient);
        return new BinaryRegression(new Lbfgs(8, 200, 1e-4, 1e-7).minimize(loss, new float[d + 1]).x());
    }

    static double value(float[][] rows, boolean[] anomalous, float[] rowWeights, double c, float[] x, float[] gradient) {
        int d = x.length - 1;
        double[] g = new double[d + 1];
        double value = 0;
        for (int j = 0; j < d; j++) {
            value += .5 * x[j] * x[j];
            g[j] = x[j];
        }
        for (int i = 0; i < rows.length; i++) {
            double z = logit(x, rows[i]);
            double sign = anomalous[i] ? 1 : -1;
            double m = sign * z;
            value += c * rowWeights[i] * (m > 0 ? Math.log1p(Math.exp(-m)) : Math.log1p(Math.exp(m)) - m);
            double slope = -c * rowWeights[i] * sign / (1 + Math.exp(m));
            for (int j = 0; j < d; j++) {
                g[j] += slope * rows[i][j];
            }
            g[d] += slope;
        }
        for (int j = 0; j <= d; j++) {
            gradient[j] = (float) g[j];
        }
        return value;
    }

    double logit(float[] row) {
        return logit(weights, row);
    }

    private static double logit(float[] w, float[] row) {
        double z = w[row.length];
        for (int j = 0; j < row.length; j++) {
            z += w[j] * row[j];
        }
        return z;
    }

    void write(DataOutput out) throws IOException {
        SavedArrays.write(out, weights);
    }

    static BinaryRegression read(DataInput in) throws IOException {
        return new BinaryRegression(SavedArrays.readFloats(in));
    }
}
