package org.laudable.anomaly.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.laudable.anomaly.Anomaly;

/** Anomalies, what needs eyes first; one of them is chosen. */
final class AnomalyList extends Div {
    private static final int PAGE = 60;

    private final AnomalyWords words;
    private final LongConsumer choose;
    private List<Anomaly> shown = List.of();
    private long chosen;
    private int room = PAGE;

    AnomalyList(AnomalyWords words, LongConsumer choose) {
        this.words = words;
        this.choose = choose;
        addClassNames("anomaly-list", "card");
        getElement().setAttribute("role", "group");
        getElement().setAttribute("aria-label", words.text("anomaly.list"));
    }

    void show(List<Anomaly> anomalies, long chosenId) {
        if (anomalies.equals(shown) && chosenId == chosen && getComponentCount() > 0) {
            return;
        }
        shown = new ArrayList<>(anomalies);
        chosen = chosenId;
        removeAll();
        if (anomalies.isEmpty()) {
            Paragraph none = new Paragraph(words.text("anomaly.list.none"));
            none.addClassName("secondary");
            add(none);
        }
        anomalies.stream().limit(room).forEach(a -> add(row(a)));
        if (anomalies.size() > room) {
            NativeButton more = new NativeButton(words.text("anomaly.list.more", words.figures().count(anomalies.size() - room)));
            more.addClassName("anomaly-more");
            more.addClickListener(click -> {
                room += PAGE;
                removeAll();
                List<Anomaly> again = shown;
                shown = List.of();
                show(again, chosen);
            });
            add(more);
        }
    }

    private NativeButton row(Anomaly a) {
        Span name = new Span(a.series());
        name.addClassName("anomaly-name");
        Div top = new Div(name, new StateMark(words, a.state()));
        top.addClassName("anomaly-row-top");
        Span when = new Span(words.when(a.fromAt(), a.zone()) + " · " + words.length(a));
        when.addClassNames("secondary", "small");
        Div bottom = new Div(when);
        bottom.addClassName("anomaly-row-top");
        if (a.voices().isPresent()) {
            Span bar = new Span(new Span());
            bar.getElement().getChild(0).getStyle().set("width", Math.round(100 * a.severity()) + "%");
            bar.addClassName("anomaly-severity");
            bar.getElement().setAttribute("title", words.text("anomaly.severity", words.figures().wholePercent(Math.round(100 * a.severity()) / 100.0)));
            bottom.add(bar);
        }
        NativeButton row = new NativeButton();
        row.add(top, bottom);
        row.addClassName("anomaly-row");
        row.getElement().setAttribute("aria-pressed", Boolean.toString(a.id() == chosen));
        row.addClickListener(click -> choose.accept(a.id()));
        return row;
    }
}
