package org.laudable.laud.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import java.util.List;
import java.util.Optional;
import org.laudable.engine.evaluation.LearningForecast.Estimate;
import org.laudable.laud.RunForecast;
import org.laudable.laud.RunView;
import org.laudable.loop.Figure;
import org.laudable.loop.ui.CurveChart;
import org.laudable.loop.ui.Figures;

/** Beside the learning curve: whether to go on and why, and what the next labels buy. */
final class AheadLine extends Div {
    private final Figures figures;
    private final Paragraph advice = new Paragraph();
    private final Paragraph next = new Paragraph();
    private final Paragraph basis = new Paragraph();

    AheadLine(Figures figures) {
        this.figures = figures;
        addClassName("run-ahead");
        advice.addClassName("advice");
        advice.getElement().setAttribute("aria-live", "polite");
        basis.addClassNames("secondary", "small");
        add(advice, next, basis);
    }

    void show(Optional<RunForecast> forecast, String currency) {
        setVisible(forecast.flatMap(RunForecast::outlook).isPresent());
        forecast.filter(it -> it.outlook().isPresent()).ifPresent(it -> {
            Estimate gain = it.outlook().get().gain();
            advice.setText(figures.text("budget.advice." + it.advice().name()));
            next.setText(figures.text("run.ahead.next", figures.count(RunForecast.NEXT),
                    figures.text("budget.forecast.points", 100 * gain.middle(), 100 * Math.max(0, gain.low()), 100 * gain.high()),
                    figures.money(it.microsPerLabel() * RunForecast.NEXT, currency)));
            basis.setText(figures.text("run.ahead.basis", figures.count(it.auditAnswers())));
        });
    }

    /** The forecast as the chart's fan, from the last round on. */
    static List<CurveChart.Ahead> fan(RunView run, RunForecast forecast) {
        if (run.rounds().isEmpty() || !run.state().active() && run.finishedAt() != null) {
            return List.of();
        }
        RunView.Round last = run.rounds().getLast();
        return forecast.outlook().stream().flatMap(outlook -> outlook.fan().stream()).map(point -> {
            long more = point.labels() - last.labels();
            Estimate accuracy = point.accuracy();
            return new CurveChart.Ahead(point.labels(), forecast.microsPerLabel() == 0 ? null : (last.costMicros() + more * forecast.microsPerLabel()) / 1e6,
                    forecast.secondsPerLabel().map(seconds -> last.sinceStart().toSeconds() + Math.round(more * seconds)).orElse(null),
                    new Figure(accuracy.middle(), accuracy.low(), accuracy.high()));
        }).toList();
    }
}
