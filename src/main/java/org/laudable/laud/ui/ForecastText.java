package org.laudable.laud.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import org.laudable.laud.ModelForecasts.Forecast;
import org.laudable.llm.Estimate;
import org.laudable.llm.ui.EstimateText;

/** What a run's language model will cost, in words: for the start, a round, and every text once. */
public final class ForecastText extends Div {

    public ForecastText(Forecast forecast) {
        addClassName("forecast");
        forecast.start().ifPresent(it -> line("run.forecast.start", it));
        forecast.round().ifPresent(it -> line("run.forecast.round", it));
        if (forecast.round().isPresent()) {
            line("run.forecast.all", forecast.all());
        }
        Paragraph caps = new Paragraph(EstimateText.caps(this, forecast.all(), forecast.runCapMicros()));
        caps.addClassName("secondary");
        Paragraph basis = new Paragraph(EstimateText.basis(this, forecast.all()));
        basis.addClassNames("small", "secondary");
        add(caps, basis);
    }

    private void line(String key, Estimate estimate) {
        add(new Paragraph(getTranslation(key) + " " + EstimateText.line(this, estimate)));
    }
}
