package org.laudable.budget.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import java.time.Duration;
import java.util.Optional;
import org.laudable.engine.evaluation.LearningForecast;
import org.laudable.engine.evaluation.LearningForecast.Estimate;
import org.laudable.laud.RunForecast;
import org.laudable.loop.ui.FigureTable;
import org.laudable.loop.ui.Figures;

/** The forecast: labels, money and time to the target, what the next labels buy, whether to go on and why. */
final class OutlookCard extends Section {
    private final Figures figures;
    private final Paragraph advice = new Paragraph();
    private final Paragraph basis = new Paragraph();
    private final Div rows = new Div();
    private final FigureTable ahead;

    OutlookCard(Figures figures) {
        this.figures = figures;
        addClassNames("card", "outlook");
        H2 title = new H2(figures.text("budget.forecast"));
        advice.addClassName("advice");
        basis.addClassNames("secondary", "small");
        rows.addClassName("outlook-rows");
        ahead = new FigureTable(figures.text("budget.forecast.ahead"), 3, figures.text("budget.forecast.labels"),
                figures.text("budget.forecast.accuracy"), figures.text("budget.forecast.cost"));
        add(title, advice, rows, ahead, basis);
    }

    void show(RunForecast forecast, String currency, long settledMicros) {
        rows.removeAll();
        ahead.clear();
        advice.setText(figures.text("budget.advice." + forecast.advice().name()));
        ahead.setVisible(forecast.outlook().isPresent());
        if (forecast.outlook().isEmpty()) {
            basis.setText(figures.text("budget.forecast.tooEarly", figures.count(LearningForecast.ROUNDS_NEEDED),
                    figures.count(LearningForecast.FIRST_LABELS), figures.count(LearningForecast.AUDIT_NEEDED),
                    figures.count(forecast.rounds()), figures.count(forecast.auditAnswers())));
            return;
        }
        RunForecast.Outlook outlook = forecast.outlook().get();
        row("budget.forecast.now", percent(outlook.now()));
        row("budget.forecast.next", figures.text("budget.forecast.nextValue", figures.count(RunForecast.NEXT), points(outlook.gain()),
                figures.money(forecast.microsPerLabel() * RunForecast.NEXT, currency)));
        Optional<Estimate> more = forecast.more();
        if (forecast.target().isPresent() && more.isPresent()) {
            row("budget.forecast.target", figures.text("budget.forecast.targetValue", figures.wholePercent(forecast.target().get()), labels(more.get())));
            row("budget.forecast.money", money(more.get(), forecast.microsPerLabel(), currency));
            forecast.secondsPerLabel().ifPresent(seconds -> row("budget.forecast.time", time(more.get(), seconds)));
        } else {
            row("budget.forecast.target", figures.text("budget.forecast.noTarget"));
        }
        outlook.fan().stream().filter(point -> point.labels() > forecast.labels()).filter(point -> outlook.fan().indexOf(point) % 3 == 0)
                .forEach(point -> ahead.row(FigureTable.number(figures.count(point.labels())), FigureTable.number(percent(point.accuracy())),
                        FigureTable.number(figures.money(settledMicros + (point.labels() - forecast.labels()) * forecast.microsPerLabel(), currency))));
        basis.setText(figures.text("budget.forecast.basis", figures.count(forecast.rounds()), figures.count(forecast.auditAnswers())));
    }

    private void row(String key, String value) {
        Span name = new Span(figures.text(key));
        name.addClassName("secondary");
        Div row = new Div(name, new Span(value));
        rows.add(row);
    }

    /** 92.1 % (89–94). */
    private String percent(Estimate share) {
        return figures.figure(new org.laudable.loop.Figure(share.middle(), share.low(), share.high()));
    }

    /** +1.2 (0.4–2.1) points. */
    private String points(Estimate gain) {
        return figures.text("budget.forecast.points", 100 * gain.middle(), 100 * Math.max(0, gain.low()), 100 * gain.high());
    }

    /** about 310 (120–800) more labels. */
    String labels(Estimate more) {
        return range(more, labels -> figures.count(Math.round(labels)), "budget.forecast.more");
    }

    String money(Estimate more, long microsPerLabel, String currency) {
        return range(more, labels -> figures.money(Math.round(labels * microsPerLabel), currency), "budget.forecast.range");
    }

    private String time(Estimate more, double seconds) {
        return range(more, labels -> figures.duration(Duration.ofSeconds(Math.round(labels * seconds))), "budget.forecast.range");
    }

    private String range(Estimate more, java.util.function.DoubleFunction<String> value, String key) {
        if (more.high() <= 0) {
            return figures.text("budget.forecast.there");
        }
        if (out(more.middle())) {
            return figures.text("budget.forecast.farOff", out(more.low()) ? "?" : value.apply(Math.max(0, more.low())));
        }
        String high = out(more.high()) ? figures.text("budget.forecast.open") : value.apply(more.high());
        return figures.text(key, value.apply(Math.max(0, more.middle())), value.apply(Math.max(0, more.low())), high);
    }

    /** More labels than anybody would give. */
    private static boolean out(double labels) {
        return labels > 10_000_000;
    }
}
