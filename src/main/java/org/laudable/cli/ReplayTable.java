package org.laudable.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.TreeSet;
import org.laudable.engine.text.replay.ReplayCurve;
import org.laudable.engine.text.replay.ReplayReport;

/** Prints a replay as tables: accuracy with its standard deviation over seeds, then macro-F1. */
final class ReplayTable {

    private ReplayTable() {
    }

    static void print(ReplayReport report, PrintWriter out) {
        out.printf(Locale.ROOT, "%s: %d classes, %,d texts to ask about, %,d to score%n", report.data(), report.classes(), report.pool(), report.test());
        out.printf(Locale.ROOT, "%-34s accuracy %.3f  macro-F1 %.3f%n", "zero-shot, no labels", report.zeroShot().accuracy(), report.zeroShot().macroF1());
        report.supervisedAll().ifPresent(all -> out.printf(Locale.ROOT, "%-34s accuracy %.3f  macro-F1 %.3f%n",
                "supervised, everything labelled", all.accuracy(), all.macroF1()));
        table("accuracy (± standard deviation over seeds) by labels", report, out, true);
        table("macro-F1 by labels", report, out, false);
        if (!report.oracle().equals("human")) {
            people(report, out);
        }
        out.flush();
    }

    private static void people(ReplayReport report, PrintWriter out) {
        out.println();
        out.printf(Locale.ROOT, "oracle %s: labels people gave, and right ones among all labels (%,d calls to the language model)%n", report.oracle(), report.calls());
        for (ReplayCurve curve : report.curves()) {
            out.printf("%-16s %-8s", curve.strategy(), curve.start());
            for (int i = 0; i < curve.labels().size(); i++) {
                out.printf(Locale.ROOT, "  %d: %.0f, %.3f", curve.labels().get(i), curve.humanLabels().get(i), curve.labelAccuracy().get(i));
            }
            out.println();
        }
    }

    private static void table(String title, ReplayReport report, PrintWriter out, boolean accuracy) {
        TreeSet<Integer> labels = new TreeSet<>();
        report.curves().forEach(c -> labels.addAll(c.labels()));
        out.println();
        out.println(title);
        out.printf("%-16s %-8s", "strategy", "start");
        labels.forEach(n -> out.printf(accuracy ? "%12d" : "%7d", n));
        out.printf("%9s%n", "s/round");
        for (ReplayCurve curve : report.curves()) {
            out.printf("%-16s %-8s", curve.strategy(), curve.start());
            for (int n : labels) {
                int at = curve.labels().indexOf(n);
                if (at < 0) {
                    out.printf(accuracy ? "%12s" : "%7s", "");
                } else if (accuracy) {
                    out.printf(Locale.ROOT, "%6.3f ±%.3f", curve.accuracy().get(at), curve.accuracySd().get(at));
                } else {
                    out.printf(Locale.ROOT, "%7.3f", curve.macroF1().get(at));
                }
            }
            out.printf(Locale.ROOT, "%9.2f%n", curve.secondsPerRound());
        }
    }
}
