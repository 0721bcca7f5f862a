package org.laudable.load;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Seconds against texts, both by powers of ten; a dotted line shows what grows as the texts do. */
final class GrowthPlot {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 420;
    private static final int LEFT = 60;
    private static final int RIGHT = 230;
    private static final int TOP = 20;
    private static final int BOTTOM = 40;
    private static final double LEAST = 1e-3;
    private static final double MOST = 1e3;
    private static final String[] COLOURS = {"#2563eb", "#dc2626", "#059669", "#d97706", "#7c3aed", "#0891b2"};

    private final Map<String, List<double[]>> lines = new LinkedHashMap<>();

    void point(String line, double texts, double seconds) {
        lines.computeIfAbsent(line, one -> new ArrayList<>()).add(new double[] {texts, Math.max(LEAST, seconds)});
    }

    String svg() {
        StringBuilder out = new StringBuilder("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">\n<rect width=\"%d\" height=\"%d\" fill=\"white\"/>\n"
                .formatted(WIDTH, HEIGHT, WIDTH, HEIGHT));
        for (int power = -3; power <= 3; power++) {
            double y = y(Math.pow(10, power));
            line(out, LEFT, y, WIDTH - RIGHT, y, "#e5e7eb", "");
            text(out, LEFT - 6, y + 4, "end", power < 0 ? Double.toString(Math.pow(10, power)) + " s" : String.format(Locale.ROOT, "%,d s", (long) Math.pow(10, power)), "#374151");
        }
        for (int power = 4; power <= 6; power++) {
            double x = x(Math.pow(10, power));
            line(out, x, TOP, x, HEIGHT - BOTTOM, "#e5e7eb", "");
            text(out, x, HEIGHT - BOTTOM + 18, "middle", String.format(Locale.ROOT, "%,d texts", (long) Math.pow(10, power)), "#374151");
        }
        line(out, x(1e4), y(.1), x(1e6), y(10), "#9ca3af", " stroke-dasharray=\"2 4\"");
        int at = 0;
        for (Map.Entry<String, List<double[]>> one : lines.entrySet()) {
            String colour = COLOURS[at % COLOURS.length];
            StringBuilder points = new StringBuilder();
            for (double[] point : one.getValue()) {
                points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(point[0]), y(point[1])));
                out.append(String.format(Locale.ROOT, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" fill=\"%s\"/>%n", x(point[0]), y(point[1]), colour));
            }
            out.append("<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>\n".formatted(points.toString().strip(), colour));
            text(out, WIDTH - RIGHT + 24, TOP + 14 + 20 * at, "start", one.getKey(), colour);
            at++;
        }
        text(out, WIDTH - RIGHT + 24, TOP + 14 + 20 * at, "start", "dotted: as the texts", "#6b7280");
        return out.append("</svg>\n").toString();
    }

    private static double x(double texts) {
        return LEFT + 20 + (Math.log10(texts) - 4) / 2 * (WIDTH - LEFT - RIGHT - 40);
    }

    private static double y(double seconds) {
        return HEIGHT - BOTTOM - (Math.log10(seconds) - Math.log10(LEAST)) / (Math.log10(MOST) - Math.log10(LEAST)) * (HEIGHT - TOP - BOTTOM);
    }

    private static void line(StringBuilder out, double x1, double y1, double x2, double y2, String colour, String more) {
        out.append(String.format(Locale.ROOT, "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"%s/>%n", x1, y1, x2, y2, colour, more));
    }

    private static void text(StringBuilder out, double x, double y, String anchor, String what, String colour) {
        out.append(String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"%s\">%s</text>%n", x, y, anchor, colour, what));
    }
}
