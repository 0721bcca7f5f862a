package org.laudable.anomaly.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.component.dependency.NpmPackage;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.laudable.anomaly.TrainingRun;
import org.laudable.loop.ui.Figures;

/** Loss, episode reward, λ and β, ε of the agent over the steps of all trainings, drawn by the browser. */
@Tag("training-chart")
@NpmPackage(value = "uplot", version = "1.6.32")
@JsModule("./training-chart.ts")
final class TrainingChart extends Component {
    private final Map<String, String> words;
    private final String locale;
    private Curves shown;

    /** One training's curve. */
    record Part(int round, String series, List<TrainingRun.Step> steps) {}

    record Curves(List<Part> parts, Map<String, String> words, String locale) {}

    TrainingChart(Figures figures) {
        words = Map.of("loss", figures.text("anomaly.training.loss"), "reward", figures.text("anomaly.training.reward"),
                "lambda", figures.text("anomaly.training.lambda"), "beta", figures.text("anomaly.training.beta"),
                "epsilon", figures.text("anomaly.training.epsilon"), "steps", figures.text("anomaly.training.steps"),
                "round", figures.text("run.rounds.round"), "empty", figures.text("anomaly.training.empty"));
        locale = figures.locale().toLanguageTag();
    }

    void show(List<Part> parts) {
        Curves curves = new Curves(parts, words, locale);
        if (!Objects.equals(curves, shown)) {
            shown = curves;
            getElement().setPropertyBean("curves", curves);
        }
    }
}
