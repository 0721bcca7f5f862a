package org.laudable.streaming.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.laudable.loop.ui.Figures;
import org.laudable.project.Meaning;
import org.laudable.streaming.LiveAnomaly;
import org.laudable.streaming.LiveBoard;

/** Anomalies as they were found, newest first, each with when, why, and two buttons for a person's word. */
final class FoundList extends Section {
    private final Figures figures;
    private final BiConsumer<LiveAnomaly, Meaning> judging;
    private final boolean manager;
    private final UnorderedList list = new UnorderedList();
    private final Paragraph none = new Paragraph();
    private final Paragraph awaiting = new Paragraph();
    private final Button takeIn;
    private final Div harvest;
    private final Map<Long, ListItem> rows = new HashMap<>();
    private List<LiveAnomaly> shown = List.of();

    FoundList(Figures figures, boolean manager, BiConsumer<LiveAnomaly, Meaning> judging, Runnable takingIn) {
        this.figures = figures;
        this.manager = manager;
        this.judging = judging;
        addClassNames("card", "live-found");
        list.addClassName("live-list");
        list.getElement().setAttribute("aria-live", "polite");
        list.getElement().setAttribute("aria-relevant", "additions");
        none.addClassName("secondary");
        none.setText(figures.text("live.found.none"));
        takeIn = new Button(figures.text("live.takeIn"), click -> takingIn.run());
        harvest = new Div(awaiting, takeIn);
        harvest.addClassNames("actions", "live-harvest");
        add(new H2(figures.text("live.found")), harvest, none, list);
    }

    void show(LiveBoard board) {
        none.setVisible(board.newest().isEmpty());
        harvest.setVisible(board.awaiting() > 0);
        awaiting.setText(figures.text(board.awaiting() == 1 ? "live.awaiting.one" : "live.awaiting", figures.count(board.awaiting())));
        takeIn.setVisible(manager);
        if (board.newest().equals(shown)) {
            return;
        }
        Map<Long, LiveAnomaly> before = new HashMap<>();
        shown.forEach(one -> before.put(one.id(), one));
        shown = List.copyOf(board.newest());
        rows.keySet().removeIf(id -> shown.stream().noneMatch(one -> one.id() == id));
        list.removeAll();
        for (LiveAnomaly one : shown) {
            if (!one.equals(before.get(one.id()))) {
                rows.put(one.id(), row(one));
            }
            list.add(rows.get(one.id()));
        }
    }

    private ListItem row(LiveAnomaly one) {
        Span name = new Span(one.series());
        name.addClassName("live-name");
        Span when = new Span(when(one));
        Span open = new Span(figures.text("live.open"));
        open.addClassName("live-open");
        open.setVisible(one.open());
        Span sure = new Span(figures.percent(one.probability()));
        sure.addClassName("num");
        Div head = new Div(name, when, sure, open);
        head.addClassName("live-head");
        Paragraph why = new Paragraph(figures.text("live.why." + one.signal(), one.channel()));
        why.addClassName("secondary");
        Div actions = new Div(button(one, Meaning.ANOMALY), button(one, Meaning.NORMAL));
        actions.addClassName("actions");
        actions.setVisible(!one.taken());
        ListItem item = new ListItem(head, why);
        if (one.meaning() != null) {
            Paragraph said = new Paragraph(figures.text(one.taken() ? "live.said.taken" : "live.said", figures.text("live.meaning." + one.meaning()),
                    one.judge() == null ? figures.text("run.unknown") : one.judge()));
            said.addClassNames("small", "live-said");
            item.add(said);
        }
        item.add(actions);
        item.getElement().setAttribute("data-live-anomaly", Long.toString(one.id()));
        return item;
    }

    private Button button(LiveAnomaly one, Meaning meaning) {
        Button button = new Button(figures.text("live.say." + meaning), click -> judging.accept(one, meaning));
        button.setAriaLabel(figures.text("live.say." + meaning) + ": " + one.series() + ", " + when(one));
        button.setEnabled(one.meaning() != meaning);
        return button;
    }

    private String when(LiveAnomaly one) {
        ZoneId zone = ZoneId.of(one.zone());
        return one.from().equals(one.to()) ? at(one.from(), zone) : at(one.from(), zone) + " – " + at(one.to(), zone);
    }

    private String at(Instant moment, ZoneId zone) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.SHORT, FormatStyle.MEDIUM).withLocale(figures.locale()).withZone(zone).format(moment);
    }
}
