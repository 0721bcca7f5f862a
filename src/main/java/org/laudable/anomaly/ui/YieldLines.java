package org.laudable.anomaly.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import org.laudable.anomaly.YieldView;
import org.laudable.engine.evaluation.LearningForecast.Estimate;
import org.laudable.engine.evaluation.YieldForecast;
import org.laudable.loop.ui.Figures;

/** What a series run's questions find, what the next ones are expected to, and whether to go on with the reason. */
public final class YieldLines extends Div {
    private final Figures figures;
    private final Paragraph advice = new Paragraph();
    private final Paragraph found = new Paragraph();
    private final Paragraph next = new Paragraph();

    public YieldLines(Figures figures) {
        this.figures = figures;
        addClassName("run-ahead");
        advice.addClassName("advice");
        add(advice, found, next);
    }

    public void show(YieldView view, String currency) {
        advice.setText(figures.text("anomaly.yield.advice." + view.advice().name()));
        found.setText(figures.text("anomaly.yield.found", figures.count(view.found()), figures.count(view.answers())));
        next.setText(view.outlook().map(outlook -> next(view, outlook, currency))
                .orElseGet(() -> figures.text("anomaly.yield.tooEarly", figures.count(YieldForecast.ANSWERS_NEEDED), figures.count(view.answers()))));
    }

    private String next(YieldView view, YieldForecast.Outlook outlook, String currency) {
        Estimate finds = outlook.next();
        String expected = figures.text("anomaly.yield.next", figures.count(YieldForecast.NEXT), figures.count(Math.round(finds.middle())),
                figures.count(Math.round(finds.low())), figures.count(Math.round(finds.high())));
        return view.microsPerAnswer() == 0 || view.microsPerAnomaly().isEmpty() ? expected
                : expected + " " + figures.text("anomaly.yield.cost", figures.money(view.microsPerAnswer() * YieldForecast.NEXT, currency),
                        figures.money(Math.round(view.microsPerAnomaly().getAsDouble()), currency));
    }
}
