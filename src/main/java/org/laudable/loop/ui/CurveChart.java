package org.laudable.loop.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.component.dependency.NpmPackage;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntConsumer;
import org.laudable.loop.Figure;

/** The learning curve, drawn by the browser; data go there only when they changed. */
@Tag("curve-chart")
@NpmPackage(value = "uplot", version = "1.6.32")
@JsModule("./curve-chart.ts")
public final class CurveChart extends Component {
    private final Figures figures;
    private final String prefix;
    private final Words words;
    private Curve shown;

    public record Point(int number, int labels, double cost, long seconds, int reported, Figure accuracy, Figure macroF1) {}

    /**
     * What is expected with more labels than there are.
     *
     * @param cost    money spent by then; null: not known, as {@code seconds} since the start
     */
    public record Ahead(int labels, Double cost, Long seconds, Figure accuracy) {}

    public record Words(String title, String accuracy, String macroF1, String zeroShot, String target, String ahead, String expected, String round, String labels, String cost,
            Map<String, String> time, String unknown, String empty, String hint) {}

    public record Curve(List<Point> rounds, List<Ahead> ahead, Double target, boolean doubtful, String currency, String locale, Words words) {}

    /** @param prefix of the keys of its words: what is measured is named by the page */
    public CurveChart(Figures figures, String prefix, IntConsumer roundChosen) {
        this.prefix = prefix;
        this.figures = figures;
        this.words = new Words(figures.text(prefix), t("accuracy"), t("macroF1"), t("zeroShot"), t("target"), t("ahead"), t("expected"), t("round"), t("labels"), t("cost"),
                Map.of("minute", t("minute"), "hour", t("hour"), "day", t("day")), t("unknown"), t("empty"), t("hint"));
        getElement().addEventListener("round-chosen", event ->
                roundChosen.accept(event.getEventData().get("event.detail.number").asInt())).addEventData("event.detail.number");
    }

    private String t(String key) {
        return figures.text(prefix + "." + key);
    }

    /** @param axis labels, cost or time */
    public void setAxis(String axis) {
        getElement().setProperty("axis", axis);
    }

    /**
     * @param ahead    empty: there is no forecast
     * @param doubtful dashed: it rests on too few answers yet
     */
    public void show(List<Point> rounds, List<Ahead> ahead, Double target, boolean doubtful, String currency) {
        Curve curve = new Curve(rounds, ahead, target, doubtful, currency, figures.locale().toLanguageTag(), words);
        if (!Objects.equals(curve, shown)) {
            shown = curve;
            getElement().setPropertyBean("curve", curve);
        }
    }
}
