package org.laudable.engine.evaluation;

/** What a number of successes among independent trials says about the share behind it. */
public final class Binomial {

    private Binomial() {
    }

    /**
     * Wilson's two-sided score interval (1927); [0, 1] without trials.
     *
     * @param confidence such as .95
     */
    public static Interval wilson(int successes, int trials, double confidence) {
        check(successes, trials, 1 - confidence);
        if (trials == 0) {
            return new Interval(0, 1);
        }
        double z = normalQuantile(1 - (1 - confidence) / 2);
        double share = (double) successes / trials;
        double scale = 1 + z * z / trials;
        double center = (share + z * z / (2 * trials)) / scale;
        double half = z / scale * Math.sqrt(share * (1 - share) / trials + z * z / (4.0 * trials * trials));
        return new Interval(successes == 0 ? 0 : Math.max(0, center - half), successes == trials ? 1 : Math.min(1, center + half));
    }

    /**
     * The exact one-sided lower bound (Clopper and Pearson, 1934): a share below it would show so many successes with
     * a probability of less than {@code alpha}. 0 without successes.
     */
    public static double lowerBound(int successes, int trials, double alpha) {
        check(successes, trials, alpha);
        if (successes == 0) {
            return 0;
        }
        double low = 0;
        double high = 1;
        for (int i = 0; i < 60; i++) {
            double mid = (low + high) / 2;
            if (atLeast(successes, trials, mid) < alpha) {
                low = mid;
            } else {
                high = mid;
            }
        }
        return low;
    }

    /** The exact one-sided upper bound; 1 if every trial succeeded. */
    public static double upperBound(int successes, int trials, double alpha) {
        return 1 - lowerBound(trials - successes, trials, alpha);
    }

    /** The fewest successes among that many trials that put Wilson's lower bound at or above a target, or −1. */
    public static int fewestSuccesses(int trials, double target, double confidence) {
        for (int s = (int) Math.floor(target * trials); s <= trials; s++) {
            if (s >= 0 && wilson(s, trials, confidence).low() >= target) {
                return s;
            }
        }
        return -1;
    }

    /** P(X ≥ k) for X binomial with n trials of share p. */
    static double atLeast(int k, int n, double p) {
        if (k <= 0 || p >= 1) {
            return 1;
        }
        if (p <= 0) {
            return 0;
        }
        double logTerm = k * Math.log(p) + (n - k) * Math.log1p(-p) + logChoose(n, k);
        double term = 1;
        double sum = 1;
        for (int i = k; i < n && term > 1e-18 * sum; i++) {
            term *= (double) (n - i) / (i + 1) * p / (1 - p);
            sum += term;
        }
        return Math.min(1, Math.exp(logTerm + Math.log(sum)));
    }

    private static double logChoose(int n, int k) {
        return logGamma(n + 1.0) - logGamma(k + 1.0) - logGamma(n - k + 1.0);
    }

    /** ln Γ(x) for x ≥ 1, by Stirling's series after a shift; absolute error below 1e-11. */
    private static double logGamma(double x) {
        double shift = 0;
        double z = x;
        while (z < 12) {
            shift += Math.log(z);
            z++;
        }
        double r = 1 / (z * z);
        return (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI)
                + (1.0 / 12 - r * (1.0 / 360 - r * (1.0 / 1260 - r / 1680))) / z - shift;
    }

    /** The standard normal quantile by Acklam's rational approximation; relative error below 1.2e-9. */
    static double normalQuantile(double p) {
        double[] a = {-3.969683028665376e+01, 2.209460984245205e+02, -2.759285104469687e+02, 1.383577518672690e+02,
            -3.066479806614716e+01, 2.506628277459239e+00};
        double[] b = {-5.447609879822406e+01, 1.615858368580409e+02, -1.556989798598866e+02, 6.680131188771972e+01,
            -1.328068155288572e+01, 1};
        double[] c = {-7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e+00, -2.549732539343734e+00,
            4.374664141464968e+00, 2.938163982698783e+00};
        double[] d = {7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00, 3.754408661907416e+00, 1};
        if (p > 0.5) {
            return -normalQuantile(1 - p);
        }
        if (p < 0.02425) {
            double q = Math.sqrt(-2 * Math.log(p));
            return polynomial(c, q) / polynomial(d, q);
        }
        double q = p - 0.5;
        return polynomial(a, q * q) * q / polynomial(b, q * q);
    }

    private static double polynomial(double[] coefficients, double x) {
        double value = 0;
        for (double c : coefficients) {
            value = value * x + c;
        }
        return value;
    }

    private static void check(int successes, int trials, double alpha) {
        if (successes < 0 || successes > trials || !(alpha > 0 && alpha < 1)) {
            throw new IllegalArgumentException("%d successes of %d trials at alpha %s make no interval".formatted(successes, trials, alpha));
        }
    }
}
