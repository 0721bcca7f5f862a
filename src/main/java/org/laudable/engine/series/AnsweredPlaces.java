package org.laudable.engine.series;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.SplittableRandom;
import org.laudable.engine.saved.BoundedInput;

/**
 * Where in the VAE's latent space people have answered; n_h(s) of ENGINES §2.5 (c).
 *
 * @param codes [answer][point][latent] codes of a few points of each answer
 * @param width the kernel's width
 */
record AnsweredPlaces(float[][][] codes, double width) {

    private static final int POINTS_AN_ANSWER = 10;
    private static final double SHARE_OF_SPREAD = .25;

    static AnsweredPlaces of(Signals signals, Answers answers) {
        SplittableRandom random = new SplittableRandom(11);
        float[][] latent = signals.latent();
        float[][][] codes = new float[answers.size()][][];
        for (int a = 0; a < codes.length; a++) {
            int[] covered = Teacher.sample(answers.covered(a), POINTS_AN_ANSWER, random);
            codes[a] = new float[covered.length][];
            for (int i = 0; i < covered.length; i++) {
                codes[a][i] = latent[covered[i]];
            }
        }
        double variance = 0;
        for (int j = 0; j < Vae.LATENT; j++) {
            double mean = 0;
            double square = 0;
            for (float[] code : latent) {
                mean += code[j] / latent.length;
                square += (double) code[j] * code[j] / latent.length;
            }
            variance += Math.max(0, square - mean * mean);
        }
        return new AnsweredPlaces(codes, Math.max(1e-6, SHARE_OF_SPREAD * Math.sqrt(variance)));
    }

    /** The kernel-weighted number of answers near each code; an answer counts at most once. */
    double[] near(float[][] latent) {
        double[] out = new double[latent.length];
        for (int t = 0; t < out.length; t++) {
            for (float[][] answer : codes) {
                double nearest = Double.POSITIVE_INFINITY;
                for (float[] code : answer) {
                    double d = 0;
                    for (int j = 0; j < code.length; j++) {
                        d += (code[j] - latent[t][j]) * (code[j] - latent[t][j]);
                    }
                    nearest = Math.min(nearest, d);
                }
                out[t] += Math.exp(-nearest / (width * width));
            }
        }
        return out;
    }

    void write(DataOutput out) throws IOException {
        out.writeDouble(width);
        out.writeInt(codes.length);
        for (float[][] answer : codes) {
            out.writeInt(answer.length);
            for (float[] code : answer) {
                SavedArrays.write(out, code);
            }
        }
    }

    static AnsweredPlaces read(DataInput in) throws IOException {
        double width = in.readDouble();
        float[][][] codes = new float[BoundedInput.length(in, Integer.BYTES)][][];
        for (int a = 0; a < codes.length; a++) {
            codes[a] = new float[BoundedInput.length(in, Integer.BYTES)][];
            for (int i = 0; i < codes[a].length; i++) {
                codes[a][i] = SavedArrays.readFloats(in);
                if (codes[a][i].length != Vae.LATENT) {
                    throw new IOException("The model file is damaged: a code of %d numbers.".formatted(codes[a][i].length));
                }
            }
        }
        return new AnsweredPlaces(codes, width);
    }
}
