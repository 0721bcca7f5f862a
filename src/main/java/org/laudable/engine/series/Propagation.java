package org.laudable.engine.series;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.laudable.engine.graph.LabelSpreading;
import org.laudable.engine.graph.NearestNeighbours;
import org.laudable.engine.graph.NeighbourGraph;
import org.laudable.engine.graph.Neighbours;
import org.laudable.engine.linear.FloatMatrix;

/**
 * Spreads answers to similar windows (ENGINES §2.7) along a k-NN graph over latent means and shape. Built once a series;
 * the same graph finds similar windows.
 */
public final class Propagation {

    private static final int NEIGHBOURS = 10;
    private static final int POWER = 8;
    private static final int POINTS_AN_ANSWER = 30;
    private static final LabelSpreading SPREADING = new LabelSpreading(.2f, 25, 0);
    /** Coordinate that keeps lengths apart when rows are scaled to length 1. */
    private static final float ANCHOR = 3;

    private final FloatMatrix rows;
    private final NeighbourGraph graph;
    private final double entropyLimit;
    private final double similarityLimit;

    private Propagation(FloatMatrix rows, NeighbourGraph graph, double entropyLimit, double similarityLimit) {
        this.rows = rows;
        this.graph = graph;
        this.entropyLimit = entropyLimit;
        this.similarityLimit = similarityLimit;
    }

    /** The default limits: entropy .3 nats (a share of about .91), cosine .98. */
    public static Propagation of(Signals signals, long seed) {
        return of(signals, .3, .98, seed);
    }

    static Propagation of(Signals signals, double entropyLimit, double similarityLimit, long seed) {
        FloatMatrix rows = rows(signals);
        return new Propagation(rows, NeighbourGraph.of(rows, NEIGHBOURS, POWER, seed), entropyLimit, similarityLimit);
    }

    /** Labels for points that no answer covers and that are allowed. */
    public List<PseudoLabel> spread(Answers answers, boolean[] usable) {
        SplittableRandom random = new SplittableRandom(7);
        int[] points = new int[answers.size() * POINTS_AN_ANSWER];
        int[] classes = new int[points.length];
        int[] sources = new int[points.length];
        int n = 0;
        for (int a = 0; a < answers.size(); a++) {
            for (int t : Teacher.sample(answers.covered(a), POINTS_AN_ANSWER, random)) {
                points[n] = t;
                classes[n] = answers.list().get(a).anomalous() ? 1 : 0;
                sources[n++] = a;
            }
        }
        if (n == 0) {
            return List.of();
        }
        points = Arrays.copyOf(points, n);
        FloatMatrix share = SPREADING.spread(graph, new FloatMatrix(rows.rows(), 2), points, Arrays.copyOf(classes, n));
        int[] candidates = candidates(share, answers, usable);
        List<PseudoLabel> labels = new ArrayList<>();
        if (candidates.length > 0) {
            Neighbours nearest = NearestNeighbours.of(rows.select(candidates), rows.select(points), 1);
            for (int i = 0; i < candidates.length; i++) {
                int from = nearest.index()[i];
                boolean anomalous = share.get(candidates[i], 1) > .5;
                if (nearest.similarity()[i] >= similarityLimit && classes[from] == (anomalous ? 1 : 0)) {
                    double p = share.get(candidates[i], 1);
                    labels.add(new PseudoLabel(candidates[i], anomalous, Math.max(p, 1 - p), sources[from]));
                }
            }
        }
        return labels;
    }

    /**
     * A point whose window is like another's.
     *
     * @param distance 1 − cosine, in [0, 2]; 0 is the same
     */
    public record Similar(int point, double distance) {
    }

    /** The most similar points to one, nearest first, none within {@code apart} points of it or of each other. */
    public List<Similar> like(int point, int count, int apart) {
        float[] other = rows.row(point);
        List<Similar> found = new ArrayList<>();
        for (int t : similar(point, count, apart)) {
            float[] mine = rows.row(t);
            double cosine = 0;
            for (int j = 0; j < mine.length; j++) {
                cosine += (double) mine[j] * other[j];
            }
            found.add(new Similar(t, 1 - cosine));
        }
        return found;
    }

    /** The most similar points to one, nearest first, none within {@code apart} points of it or of each other. */
    public int[] similar(int point, int count, int apart) {
        Neighbours near = NearestNeighbours.of(rows.select(new int[] {point}), rows, Math.min(rows.rows(), count * apart + apart));
        int[] chosen = new int[count];
        int n = 0;
        for (int i = 0; i < near.index().length && n < count; i++) {
            int t = near.index()[i];
            boolean free = Math.abs(t - point) >= apart;
            for (int k = 0; k < n; k++) {
                free &= Math.abs(chosen[k] - t) >= apart;
            }
            if (free) {
                chosen[n++] = t;
            }
        }
        return Arrays.copyOf(chosen, n);
    }

    private int[] candidates(FloatMatrix share, Answers answers, boolean[] usable) {
        int[] out = new int[rows.rows()];
        int n = 0;
        for (int t = 0; t < out.length; t++) {
            double p = Math.clamp(share.get(t, 1), 1e-9, 1 - 1e-9);
            double entropy = -p * Math.log(p) - (1 - p) * Math.log(1 - p);
            if (usable[t] && !answers.known(t) && entropy < entropyLimit) {
                out[n++] = t;
            }
        }
        return Arrays.copyOf(out, n);
    }

    /** Latent means and the three surprises, standardised, with an anchor, at length 1. */
    private static FloatMatrix rows(Signals signals) {
        int n = signals.length();
        double[][] shape = {signals.errorSurprise(), signals.noveltySurprise(), signals.priorSurprise()};
        int d = Vae.LATENT + shape.length;
        FloatMatrix m = new FloatMatrix(n, d + 1);
        for (int j = 0; j < d; j++) {
            double mean = 0;
            double square = 0;
            for (int t = 0; t < n; t++) {
                double v = j < Vae.LATENT ? signals.latent()[t][j] : shape[j - Vae.LATENT][t];
                mean += v / n;
                square += v * v / n;
            }
            double deviation = Math.sqrt(Math.max(1e-12, square - mean * mean));
            for (int t = 0; t < n; t++) {
                double v = j < Vae.LATENT ? signals.latent()[t][j] : shape[j - Vae.LATENT][t];
                m.set(t, j, (float) ((v - mean) / deviation));
            }
        }
        for (int t = 0; t < n; t++) {
            m.set(t, d, ANCHOR);
        }
        return m.centerAndNormalize(new float[m.cols()]);
    }
}
