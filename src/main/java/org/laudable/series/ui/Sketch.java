package org.laudable.series.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Svg;
import com.vaadin.flow.component.html.Div;
import java.util.List;
import java.util.Locale;

/** A series drawn small: its smallest and largest values from left to right, known anomalies shaded. */
final class Sketch extends Div {
    private static final double HEIGHT = 44;
    private static final double PAD = 3;

    /**
     * @param extremes  [min, max] per column; NaN is a gap
     * @param anomalous [from, to] as shares of the width
     * @param name      for screen readers
     */
    Sketch(double[][] extremes, List<double[]> anomalous, String name) {
        addClassName("sketch");
        getElement().setAttribute("role", "img");
        getElement().setAttribute("aria-label", name);
        add(drawing(extremes, anomalous));
    }

    private static Component drawing(double[][] extremes, List<double[]> anomalous) {
        int width = Math.max(1, extremes[0].length);
        StringBuilder svg = new StringBuilder("<svg xmlns=\"http://www.w3.org/2000/svg\" preserveAspectRatio=\"none\" viewBox=\"0 0 %d %d\">"
                .formatted(width, (int) HEIGHT));
        for (double[] one : anomalous) {
            svg.append(number("<rect class=\"known\" x=\"%.2f\" width=\"%.2f\" y=\"0\" height=\"%.0f\"/>", one[0] * width,
                    Math.max(1, (one[1] - one[0]) * width), HEIGHT));
        }
        svg.append("<path vector-effect=\"non-scaling-stroke\" d=\"").append(path(extremes, width)).append("\"/></svg>");
        return new Svg(svg.toString());
    }

    private static String path(double[][] extremes, int width) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < extremes[0].length; i++) {
            if (!Double.isNaN(extremes[0][i])) {
                low = Math.min(low, extremes[0][i]);
                high = Math.max(high, extremes[1][i]);
            }
        }
        double scale = high > low ? (HEIGHT - 2 * PAD) / (high - low) : 0;
        double middle = high > low ? 0 : HEIGHT / 2 - PAD;
        StringBuilder path = new StringBuilder();
        boolean pen = false;
        for (int i = 0; i < width && i < extremes[0].length; i++) {
            if (Double.isNaN(extremes[0][i])) {
                pen = false;
                continue;
            }
            double top = HEIGHT - PAD - middle - (extremes[1][i] - low) * scale;
            double bottom = HEIGHT - PAD - middle - (extremes[0][i] - low) * scale;
            path.append(number(pen ? "L%.1f %.1fL%.1f %.1f" : "M%.1f %.1fL%.1f %.1f", i + .5, top, i + .5, bottom));
            pen = true;
        }
        return path.toString();
    }

    private static String number(String format, Object... numbers) {
        return String.format(Locale.ROOT, format, numbers);
    }
}
