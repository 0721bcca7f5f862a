package org.laudable.engine.evaluation;

/** How far confidence is from being right. */
public final class CalibrationError {

    private CalibrationError() {
    }

    /**
     * Expected calibration error (Naeini et al., 2015): the mean distance between confidence and accuracy over equally
     * wide bins of confidence, weighted by their items. 0 is perfect.
     *
     * @param confidence probability of the predicted class, per item
     * @param correct    whether the prediction was right
     */
    public static double expected(float[] confidence, boolean[] correct, int bins) {
        double[] sum = new double[bins];
        int[] hits = new int[bins];
        for (int i = 0; i < confidence.length; i++) {
            int bin = Math.min(bins - 1, (int) (confidence[i] * bins));
            sum[bin] += confidence[i];
            hits[bin] += correct[i] ? 1 : 0;
        }
        double error = 0;
        for (int b = 0; b < bins; b++) {
            error += Math.abs(sum[b] - hits[b]);
        }
        return error / confidence.length;
    }
}
