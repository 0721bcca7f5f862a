package org.laudable.engine.series;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.laudable.engine.saved.BoundedInput;

/** The directions that explain 95 % of the variance of centred rows, plus one, and what they leave unexplained. */
final class PrincipalSubspace {

    private static final double EXPLAINED = .95;

    private final double[][] directions;

    private PrincipalSubspace(double[][] directions) {
        this.directions = directions;
    }

    /** Fits on rows that are already centred, by Jacobi rotations of their covariance. */
    static PrincipalSubspace of(double[][] rows) {
        int d = rows[0].length;
        double[][] a = new double[d][d];
        for (double[] row : rows) {
            for (int i = 0; i < d; i++) {
                for (int j = i; j < d; j++) {
                    a[i][j] += row[i] * row[j];
                }
            }
        }
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < i; j++) {
                a[i][j] = a[j][i];
            }
        }
        double[][] v = diagonalize(a);
        Integer[] order = new Integer[d];
        double total = 0;
        for (int i = 0; i < d; i++) {
            order[i] = i;
            total += a[i][i];
        }
        java.util.Arrays.sort(order, (x, y) -> Double.compare(a[y][y], a[x][x]));
        double sum = 0;
        int k = 0;
        while (k < d && sum < EXPLAINED * total) {
            sum += a[order[k]][order[k]];
            k++;
        }
        k = Math.min(d, k + 1);
        double[][] directions = new double[k][d];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < d; j++) {
                directions[i][j] = v[j][order[i]];
            }
        }
        return new PrincipalSubspace(directions);
    }

    /** row minus its projection. */
    double[] residual(double[] row) {
        double[] out = row.clone();
        for (double[] direction : directions) {
            double dot = 0;
            for (int j = 0; j < row.length; j++) {
                dot += direction[j] * row[j];
            }
            for (int j = 0; j < row.length; j++) {
                out[j] -= dot * direction[j];
            }
        }
        return out;
    }

    /** Makes a symmetric matrix diagonal in place; returns the eigenvectors as columns. */
    private static double[][] diagonalize(double[][] a) {
        int n = a.length;
        double[][] v = new double[n][n];
        for (int i = 0; i < n; i++) {
            v[i][i] = 1;
        }
        for (int sweep = 0; sweep < 60; sweep++) {
            double off = 0;
            double all = 1e-300;
            for (int i = 0; i < n; i++) {
                all += a[i][i] * a[i][i];
                for (int j = i + 1; j < n; j++) {
                    off += a[i][j] * a[i][j];
                }
            }
            if (off <= 1e-22 * all) {
                break;
            }
            for (int p = 0; p < n; p++) {
                for (int q = p + 1; q < n; q++) {
                    if (Math.abs(a[p][q]) > 1e-300) {
                        rotate(a, v, p, q);
                    }
                }
            }
        }
        return v;
    }

    private static void rotate(double[][] a, double[][] v, int p, int q) {
        double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
        double t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        double c = 1 / Math.sqrt(t * t + 1);
        double s = t * c;
        for (int k = 0; k < a.length; k++) {
            double x = a[k][p];
            double y = a[k][q];
            a[k][p] = c * x - s * y;
            a[k][q] = s * x + c * y;
        }
        for (int k = 0; k < a.length; k++) {
            double x = a[p][k];
            double y = a[q][k];
            a[p][k] = c * x - s * y;
            a[q][k] = s * x + c * y;
            x = v[k][p];
            y = v[k][q];
            v[k][p] = c * x - s * y;
            v[k][q] = s * x + c * y;
        }
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(directions.length);
        out.writeInt(directions[0].length);
        for (double[] direction : directions) {
            for (double x : direction) {
                out.writeDouble(x);
            }
        }
    }

    static PrincipalSubspace read(DataInput in) throws IOException {
        int rows = in.readInt();
        int columns = in.readInt();
        if (rows < 0 || columns < 0 || in instanceof BoundedInput bounded && !bounded.holds((long) rows * columns, Double.BYTES) || rows > columns) {
            throw new IOException("The model file is damaged: its directions are not there.");
        }
        double[][] directions = new double[rows][columns];
        for (double[] direction : directions) {
            for (int j = 0; j < direction.length; j++) {
                direction[j] = in.readDouble();
            }
        }
        return new PrincipalSubspace(directions);
    }
}
