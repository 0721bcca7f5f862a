package org.laudable.anomaly.ui;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.laudable.anomaly.Anomaly;
import org.laudable.anomaly.AnomalyBoard;

/** All series on one axis of time, what needs eyes first; each anomaly is a mark. */
final class SeriesTimeline extends Section {
    private static final int SERIES = 40;
    private static final int MARKS = 120;

    private final AnomalyWords words;
    private final LongConsumer choose;
    private final String seriesPath;
    private final Div rows = new Div();
    private final Div axis = new Div();
    private AnomalyBoard shown;

    SeriesTimeline(AnomalyWords words, String seriesPath, LongConsumer choose) {
        this.words = words;
        this.seriesPath = seriesPath;
        this.choose = choose;
        addClassName("card");
        rows.addClassName("timeline-rows");
        axis.addClassNames("timeline-axis", "secondary", "small");
        add(new H2(words.text("anomaly.timeline")), rows, axis);
    }

    void show(AnomalyBoard board, List<Anomaly> listed) {
        if (board.equals(shown)) {
            return;
        }
        shown = board;
        rows.removeAll();
        axis.removeAll();
        if (board.series().isEmpty()) {
            return;
        }
        Instant first = board.series().stream().map(AnomalyBoard.SeriesLine::startsAt).min(Comparator.naturalOrder()).orElseThrow();
        Instant last = board.series().stream().map(AnomalyBoard.SeriesLine::endsAt).max(Comparator.naturalOrder()).orElseThrow();
        double span = Math.max(1, Duration.between(first, last).toMillis());
        Map<Long, List<Anomaly>> bySeries = listed.stream().collect(Collectors.groupingBy(Anomaly::seriesId));
        board.series().stream().limit(SERIES).forEach(line -> rows.add(row(line, bySeries.getOrDefault(line.id(), List.of()), first, span)));
        if (board.series().size() > SERIES) {
            Span rest = new Span(words.text("anomaly.timeline.rest", words.figures().count(board.series().size() - SERIES)));
            rest.addClassNames("secondary", "small");
            rows.add(rest);
        }
        ZoneId zone = board.series().getFirst().zone();
        axis.add(new Span(words.when(first, zone)), new Span(words.when(last, zone)));
    }

    private Div row(AnomalyBoard.SeriesLine line, List<Anomaly> marks, Instant first, double span) {
        Anchor name = new Anchor(seriesPath + "/" + line.id(), line.name());
        name.addClassName("timeline-name");
        Span open = new Span(line.open() == 0 ? words.text("anomaly.timeline.calm") : words.figures().count(line.open()));
        open.addClassNames("num", "small");
        open.getElement().setAttribute("title", words.text("anomaly.timeline.open", words.figures().count(line.open()), words.figures().count(line.confirmed())));
        if (line.open() == 0) {
            open.addClassName("secondary");
        }
        Div strip = new Div();
        strip.addClassName("timeline-strip");
        Span reach = new Span();
        reach.addClassName("timeline-reach");
        place(reach, line.startsAt(), line.endsAt(), first, span);
        strip.add(reach);
        marks.stream().limit(MARKS).forEach(a -> {
            NativeButton mark = new NativeButton();
            mark.addClassNames("timeline-mark", "anomaly-" + a.state().name().toLowerCase(java.util.Locale.ROOT));
            mark.getElement().setAttribute("title", words.state(a.state()) + " · " + words.when(a.fromAt(), a.zone()) + " · " + words.length(a));
            mark.getElement().setAttribute("aria-label", line.name() + " · " + words.state(a.state()) + " · " + words.when(a.fromAt(), a.zone()));
            mark.getElement().setAttribute("tabindex", "-1"); // the list beside has them all, by keyboard
            place(mark, a.fromAt(), a.toAt(), first, span);
            mark.addClickListener(click -> choose.accept(a.id()));
            strip.add(mark);
        });
        Div row = new Div(name, open, strip);
        row.addClassName("timeline-row");
        return row;
    }

    private static void place(com.vaadin.flow.component.HasStyle mark, Instant from, Instant to, Instant first, double span) {
        mark.getStyle().set("left", percent(Duration.between(first, from).toMillis() / span));
        mark.getStyle().set("width", percent(Duration.between(from, to).toMillis() / span));
    }

    private static String percent(double share) {
        return Math.round(100_000 * share) / 1_000.0 + "%";
    }
}
