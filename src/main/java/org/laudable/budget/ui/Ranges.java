package org.laudable.budget.ui;

import java.time.Duration;
import java.util.function.DoubleFunction;
import org.laudable.engine.evaluation.LearningForecast.Estimate;
import org.laudable.loop.Figure;
import org.laudable.loop.ui.Figures;

/** How estimates read: a middle with its band, an open end, or nothing more to do. */
final class Ranges {
    /** More labels than anybody would give. */
    private static final double OUT = 10_000_000;

    private final Figures figures;

    Ranges(Figures figures) {
        this.figures = figures;
    }

    /** 92.1 % (89–94). */
    String percent(Estimate share) {
        return figures.figure(new Figure(share.middle(), share.low(), share.high()));
    }

    /** +1.2 (0.4–2.1) points. */
    String points(Estimate gain) {
        return figures.text("budget.forecast.points", 100 * gain.middle(), 100 * Math.max(0, gain.low()), 100 * gain.high());
    }

    /** about 310 more labels (120–800). */
    String moreLabels(Estimate more) {
        return range(more, labels -> figures.count(Math.round(labels)), "budget.forecast.more", false);
    }

    /** What that many more labels cost: about 31 € more (12–80). */
    String moreMoney(Estimate more, double microsPerLabel, String currency) {
        return range(more, labels -> figures.money(Math.round(labels * microsPerLabel), currency), "budget.forecast.range", false);
    }

    String moreTime(Estimate more, double secondsPerLabel) {
        return range(more, labels -> time(labels * secondsPerLabel), "budget.forecast.range", false);
    }

    /** 310 (120–800). */
    String count(Estimate number) {
        return range(number, labels -> figures.count(Math.round(labels)), "budget.forecast.about", false);
    }

    String money(Estimate micros, String currency) {
        return range(micros, amount -> figures.money(Math.round(amount), currency), "budget.forecast.about", true);
    }

    String time(Estimate seconds) {
        return range(seconds, this::time, "budget.forecast.about", true);
    }

    private String time(double seconds) {
        return figures.duration(Duration.ofSeconds(Math.round(seconds)));
    }

    /** @param brief where it was said beside it that the end is not in sight */
    private String range(Estimate number, DoubleFunction<String> value, String key, boolean brief) {
        if (number.high() <= 0) {
            return key.equals("budget.forecast.about") ? value.apply(0) : figures.text("budget.forecast.there");
        }
        double most = key.equals("budget.forecast.about") ? Double.MAX_VALUE : OUT;
        if (number.middle() > most) {
            return number.low() > most ? figures.text(brief ? "run.unknown" : "budget.forecast.never")
                    : figures.text(brief ? "budget.forecast.atBest" : "budget.forecast.farOff", value.apply(Math.max(0, number.low())));
        }
        String high = number.high() > most ? figures.text("budget.forecast.open") : value.apply(number.high());
        return figures.text(key, value.apply(Math.max(0, number.middle())), value.apply(Math.max(0, number.low())), high);
    }
}
