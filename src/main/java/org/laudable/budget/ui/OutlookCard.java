package org.laudable.budget.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
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
    private final Ranges ranges;

    OutlookCard(Figures figures) {
        this.figures = figures;
        this.ranges = new Ranges(figures);
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
        row("budget.forecast.now", ranges.percent(outlook.now()));
        row("budget.forecast.next", figures.text("budget.forecast.nextValue", figures.count(RunForecast.NEXT), ranges.points(outlook.gain()),
                figures.money(forecast.microsPerLabel() * RunForecast.NEXT, currency)));
        Optional<Estimate> more = forecast.more();
        if (forecast.target().isPresent() && more.isPresent()) {
            row("budget.forecast.target", figures.text("budget.forecast.targetValue", figures.wholePercent(forecast.target().get()), ranges.moreLabels(more.get())));
            row("budget.forecast.money", ranges.moreMoney(more.get(), forecast.microsPerLabel(), currency));
            forecast.secondsPerLabel().ifPresent(seconds -> row("budget.forecast.time", ranges.moreTime(more.get(), seconds)));
        } else {
            row("budget.forecast.target", figures.text("budget.forecast.noTarget"));
        }
        outlook.fan().stream().filter(point -> point.labels() > forecast.labels()).filter(point -> outlook.fan().indexOf(point) % 3 == 0)
                .forEach(point -> ahead.row(FigureTable.number(figures.count(point.labels())), FigureTable.number(ranges.percent(point.accuracy())),
                        FigureTable.number(figures.money(settledMicros + (point.labels() - forecast.labels()) * forecast.microsPerLabel(), currency))));
        basis.setText(figures.text("budget.forecast.basis", figures.count(forecast.rounds()), figures.count(forecast.auditAnswers())));
    }

    private void row(String key, String value) {
        Span name = new Span(figures.text(key));
        name.addClassName("secondary");
        Div row = new Div(name, new Span(value));
        rows.add(row);
    }
}
