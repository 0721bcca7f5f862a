package org.laudable.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.laudable.engine.series.replay.Figures;
import org.laudable.engine.series.replay.LabelledSeries;
import org.laudable.engine.series.replay.SeriesReport;

/** Prints a replay of series: macro means over series, and each series' F1 and AP for the main methods. */
final class SeriesTable {

    private SeriesTable() {
    }

    static void print(SeriesReport report, List<LabelledSeries> series, PrintWriter out) {
        long without = series.stream().filter(s -> s.positives() == 0).count();
        out.printf(Locale.ROOT, "%n%d series, %d of them without an anomaly (counted in false alarms only); statistical potential%n",
                series.size(), without);
        out.printf("%-22s %9s %7s %6s %6s   %6s %6s %6s %8s %9s%n", "macro mean over series", "precision", "recall", "F1", "± seed",
                "bestF1", "AP", "VUS-PR", "events", "alarms/d");
        for (Map.Entry<String, Figures> one : report.macro().entrySet()) {
            Figures f = one.getValue();
            out.printf(Locale.ROOT, "%-22s %9.3f %7.3f %6.3f %6s   %6.3f %6.3f %6.3f %8.3f %9.2f%n", one.getKey(), f.precision(), f.recall(),
                    f.f1(), spread(report.deviation(one.getKey())[0]), f.bestF1(), f.ap(), f.vusPr(), f.eventRecall(), f.falseAlarmsPerDay());
        }
        List<String> shown = shown(report.macro());
        out.printf("%n%-44s", "F1 / AP by series");
        shown.forEach(method -> out.printf(" %17s", method));
        out.println();
        for (String name : report.names()) {
            Map<String, Figures> results = report.ofSeries(name);
            out.printf("%-44s", name);
            shown.forEach(method -> out.printf(" %17s", pair(results.get(method))));
            out.println();
        }
        out.flush();
    }

    /** The methods worth comparing series by series. */
    private static List<String> shown(Map<String, Figures> all) {
        return all.containsKey("laudable") ? List.of("laudable", "paper", "prior")
                : all.keySet().stream().filter(method -> method.indexOf('@') < 0).toList();
    }

    private static String spread(double deviation) {
        return Double.isNaN(deviation) ? "–" : String.format(Locale.ROOT, "%.3f", deviation);
    }

    private static String pair(Figures f) {
        return f == null || Double.isNaN(f.ap()) ? "–" : String.format(Locale.ROOT, "%.3f / %.3f", f.f1(), f.ap());
    }
}
