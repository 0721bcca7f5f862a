package org.laudable.engine.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * VUS-PR (Paparrizos et al., VLDB 2022) by the definition of TSB-AD: the area under the precision-recall curve with
 * labels that fade out over a buffer around each event, averaged over the buffer lengths 0 to L.
 *
 * <p>For a buffer ℓ, points up to ℓ/2 beside an event get the label √(1 − distance/ℓ). At each of 250 thresholds, spaced
 * evenly over the ranks: TP = Σ label · flagged; P = (true points + Σ over event points of 1 + Σ over flagged buffer
 * points of their label) / 2; recall = min(1, TP/P) · share of buffered events touched; precision = TP / flagged.
 */
public final class VolumeUnderSurface {

    private static final int THRESHOLDS = 250;

    private VolumeUnderSurface() {
    }

    /** First and last point of an event. */
    private record Event(int first, int last) {
    }

    /** The volume for buffers up to {@code length} points; at least one point must be anomalous. */
    public static double precisionRecall(boolean[] truth, double[] score, int length) {
        List<Event> events = events(truth);
        if (events.isEmpty()) {
            throw new IllegalArgumentException("VUS-PR needs at least one anomalous point");
        }
        int n = truth.length;
        double[] sorted = score.clone();
        Arrays.sort(sorted);
        double[] threshold = new double[THRESHOLDS];
        double[] flagged = new double[THRESHOLDS];
        for (int j = 0; j < THRESHOLDS; j++) {
            int rank = (int) ((double) j * (n - 1) / (THRESHOLDS - 1));
            threshold[j] = sorted[n - 1 - rank];
            flagged[j] = n - firstAtLeast(sorted, threshold[j]);
        }
        int[] step = new int[n];
        for (int i = 0; i < n; i++) {
            step[i] = firstStep(threshold, score[i]);
        }
        double sum = 0;
        for (int buffer = 0; buffer <= length; buffer++) {
            sum += area(truth, events, buffer, step, flagged);
        }
        return sum / (length + 1);
    }

    private static double area(boolean[] truth, List<Event> events, int buffer, int[] step, double[] flagged) {
        int n = truth.length;
        double[] label = labels(truth, events, buffer);
        double[] hits = new double[THRESHOLDS + 1];
        double[] bufferHits = new double[THRESHOLDS + 1];
        int positive = 0;
        for (int i = 0; i < n; i++) {
            if (label[i] > 0) {
                hits[step[i]] += label[i];
                if (truth[i]) {
                    positive++;
                } else {
                    bufferHits[step[i]] += label[i];
                }
            }
        }
        int[] touched = new int[THRESHOLDS + 1];
        List<Event> buffered = buffered(events, buffer, n);
        for (Event event : buffered) {
            int first = THRESHOLDS;
            for (int i = event.first(); i <= event.last(); i++) {
                first = Math.min(first, step[i]);
            }
            touched[first]++;
        }
        double area = 0;
        double before = 0;
        double tp = 0;
        double soft = 0;
        int existing = 0;
        for (int j = 0; j < THRESHOLDS; j++) {
            tp += hits[j];
            soft += bufferHits[j];
            existing += touched[j];
            double p = (positive + positive + soft) / 2;
            double recall = Math.min(tp / p, 1) * existing / buffered.size();
            area += (recall - before) * tp / flagged[j];
            before = recall;
        }
        return area;
    }

    private static double[] labels(boolean[] truth, List<Event> events, int buffer) {
        int n = truth.length;
        double[] label = new double[n];
        for (int i = 0; i < n; i++) {
            label[i] = truth[i] ? 1 : 0;
        }
        for (Event event : events) {
            for (int d = 1; d <= buffer / 2; d++) {
                double value = Math.sqrt(1 - (double) d / buffer);
                if (event.last() + d < n) {
                    label[event.last() + d] += value;
                }
                if (event.first() - d >= 0) {
                    label[event.first() - d] += value;
                }
            }
        }
        for (int i = 0; i < n; i++) {
            label[i] = Math.min(1, label[i]);
        }
        return label;
    }

    /** Events with their buffers; those whose buffers meet are one. */
    private static List<Event> buffered(List<Event> events, int buffer, int n) {
        List<Event> merged = new ArrayList<>();
        int half = buffer / 2;
        int first = Math.max(events.getFirst().first() - half, 0);
        for (int i = 0; i + 1 < events.size(); i++) {
            if (events.get(i).last() + half < events.get(i + 1).first() - half) {
                merged.add(new Event(first, events.get(i).last() + half));
                first = events.get(i + 1).first() - half;
            }
        }
        merged.add(new Event(first, Math.min(events.getLast().last() + half, n - 1)));
        return merged;
    }

    private static List<Event> events(boolean[] truth) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < truth.length; i++) {
            if (truth[i] && (i == 0 || !truth[i - 1])) {
                int last = i;
                while (last + 1 < truth.length && truth[last + 1]) {
                    last++;
                }
                events.add(new Event(i, last));
            }
        }
        return events;
    }

    private static int firstAtLeast(double[] ascending, double value) {
        int low = 0;
        int high = ascending.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ascending[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The first of the falling thresholds that a score reaches. */
    private static int firstStep(double[] threshold, double score) {
        int low = 0;
        int high = threshold.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (threshold[middle] > score) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
