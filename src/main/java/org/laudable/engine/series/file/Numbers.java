package org.laudable.engine.series.file;

import java.util.Locale;
import java.util.Set;

/** Numbers as files write them. */
public final class Numbers {
    private static final double[] TENS = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
        1e18, 1e19, 1e20, 1e21, 1e22};
    private static final Set<String> GAPS = Set.of("", "nan", "null", "none", "na", "n/a", "nil", "-", "?", "#n/a", "missing");

    private Numbers() {}

    /** Whether the text stands for a value that is not there. */
    static boolean gap(String field) {
        return field.length() < 8 && GAPS.contains(field.strip().toLowerCase(Locale.ROOT));
    }

    /** Whether the text stands for an infinite number. */
    static boolean infinite(String field) {
        String bare = field.strip().toLowerCase(Locale.ROOT).replaceFirst("^[+-]", "");
        return bare.equals("inf") || bare.equals("infinity") || bare.equals("∞");
    }

    /** The number; NaN if the text is none. A comma is a decimal point where there is no point. */
    public static double parse(String field) {
        int length = field.length();
        int i = 0;
        while (i < length && field.charAt(i) <= ' ') {
            i++;
        }
        while (length > i && field.charAt(length - 1) <= ' ') {
            length--;
        }
        if (i == length) {
            return Double.NaN;
        }
        int start = i;
        boolean negative = field.charAt(i) == '-';
        if (negative || field.charAt(i) == '+') {
            i++;
        }
        long digits = 0;
        int count = 0;
        int scale = -1;
        for (; i < length; i++) {
            char c = field.charAt(i);
            if (c >= '0' && c <= '9') {
                if (count < 18) {
                    digits = digits * 10 + (c - '0');
                }
                count += count == 0 && digits == 0 ? 0 : 1;
                scale += scale >= 0 ? 1 : 0;
            } else if ((c == '.' || c == ',') && scale < 0) {
                scale = 0;
            } else {
                return slow(field.substring(start, length));
            }
        }
        if (i - start - (negative || field.charAt(start) == '+' ? 1 : 0) - (scale >= 0 ? 1 : 0) <= 0) {
            return Double.NaN;
        }
        if (count > 18 || digits > 1L << 53 || scale > 22) {
            return slow(field.substring(start, length));
        }
        double value = scale > 0 ? digits / TENS[scale] : digits;
        return negative ? -value : value;
    }

    private static double slow(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(c >= '0' && c <= '9' || c == '.' || c == ',' || c == '-' || c == '+' || c == 'e' || c == 'E')) {
                return Double.NaN;
            }
        }
        try {
            return Double.parseDouble(text.indexOf(',') >= 0 && text.indexOf('.') < 0 ? text.replace(',', '.') : text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    /** Whether a label's text says 'anomalous'; −1: it says nothing. */
    static int label(String field) {
        String bare = field.strip().toLowerCase(Locale.ROOT);
        double number = parse(bare);
        if (!Double.isNaN(number)) {
            return number > 0 ? 1 : 0;
        }
        return switch (bare) {
            case "true", "yes", "y", "t", "anomaly", "anomalous", "outlier", "abnormal" -> 1;
            case "false", "no", "n", "f", "normal", "ok", "inlier" -> 0;
            default -> -1;
        };
    }
}
