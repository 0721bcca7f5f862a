package org.laudable.series.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasStyle;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.component.dependency.NpmPackage;
import com.vaadin.flow.shared.Registration;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * A series over time, drawn by the browser, which fetches what is in view by itself: channels, what the detector says, events,
 * anomalies by state, the whole below. From here it is told what to show, and tells what the person did. Its height follows
 * the number of channels up to the CSS variable {@code --series-chart-height} (62vh), beyond which it scrolls.
 */
@Tag("series-chart")
@NpmPackage(value = "uplot", version = "1.6.32")
@JsModule("./series-chart.ts")
public class SeriesChart extends Component implements HasStyle {
    private static final String PREFIX = "chart.";

    /**
     * A piece of the series.
     *
     * @param from index of the first point
     * @param to index of the point after the last
     * @param channels ordinals it is about; null: all
     */
    public record Piece(int from, int to, List<Integer> channels) {}

    private record Stretch(int from, int to) {}

    @Override
    protected void onAttach(AttachEvent event) {
        super.onAttach(event);
        ResourceBundle bundle = ResourceBundle.getBundle("i18n.chart", Locale.ROOT, SeriesChart.class.getClassLoader());
        getElement().setPropertyMap("texts", bundle.keySet().stream()
                .collect(Collectors.toMap(key -> key.substring(PREFIX.length()), key -> (Object) getTranslation(key))));
        getElement().setProperty("locale", getLocale().toLanguageTag());
    }

    /** Shows a series, all of it unless {@link #focusOn} says otherwise. */
    public void show(long seriesId) {
        getElement().setProperty("series", seriesId);
    }

    /** Shows these channels in this order; without this call the first eight that are not constant. */
    public void showChannels(List<Integer> ordinals) {
        getElement().setPropertyList("channels", ordinals);
    }

    /** Whether score, threshold, error and anomalies are drawn; they are unless this says no. */
    public void showLayers(boolean shown) {
        getElement().setProperty("layers", shown);
    }

    /** Shows the stretch between two points. */
    public void focusOn(int from, int to) {
        getElement().setPropertyBean("focusOn", new Stretch(from, to));
    }

    /** Whether the person may draw an interval: by dragging, its edges by arrow keys. */
    public void setSelectable(boolean selectable) {
        getElement().setProperty("selectable", selectable);
    }

    /** Marks an interval; null: none. */
    public void select(Piece interval) {
        if (interval == null) {
            getElement().executeJs("this.selection = null");
        } else {
            getElement().setPropertyBean("selection", interval);
        }
    }

    /** Draws one of the anomalies stronger than the others. */
    public void stressAnomaly(long id) {
        getElement().setProperty("anomaly", id);
    }

    /** Scores, verdicts or events changed: the browser reads them again. */
    public void refresh() {
        getElement().callJsFunction("refresh");
    }

    /** Hears of each interval the person draws or nudges. */
    public Registration onInterval(Consumer<Piece> listener) {
        return getElement().addEventListener("interval-changed", event -> listener.accept(piece(event.getEventData().get("event.detail"))))
                .addEventData("event.detail").debounce(300);
    }

    /** Hears of the anomaly the person presses. */
    public Registration onAnomaly(LongConsumer listener) {
        return getElement().addEventListener("anomaly-chosen",
                event -> listener.accept(event.getEventData().get("event.detail.id").asLong())).addEventData("event.detail.id");
    }

    /** Hears of the stretch in view once it has come to rest; its channels are null. */
    public Registration onFocus(Consumer<Piece> listener) {
        return getElement().addEventListener("focus-changed", event -> listener.accept(piece(event.getEventData().get("event.detail"))))
                .addEventData("event.detail").debounce(500);
    }

    private static Piece piece(JsonNode json) {
        JsonNode channels = json.get("channels");
        return new Piece(json.get("from").asInt(), json.get("to").asInt(), channels == null || !channels.isArray() ? null
                : IntStream.range(0, channels.size()).mapToObj(i -> channels.get(i).asInt()).toList());
    }
}
