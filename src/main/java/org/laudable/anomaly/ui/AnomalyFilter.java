package org.laudable.anomaly.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.laudable.anomaly.Anomaly;
import org.laudable.anomaly.AnomalyState;

/** Chips that choose which anomalies are listed: by state, by the signal that speaks loudest. */
final class AnomalyFilter extends Div {
    private static final List<String> SIGNALS = List.of("vae", "potential", "novelty", "agent");

    private final AnomalyWords words;
    private final Runnable changed;
    private final Set<AnomalyState> states = EnumSet.of(AnomalyState.SUGGESTED, AnomalyState.PROPAGATED, AnomalyState.CONFIRMED, AnomalyState.EXPECTED);
    private final Set<String> signals = new LinkedHashSet<>(SIGNALS);
    private final Map<AnomalyState, Span> counts = new EnumMap<>(AnomalyState.class);
    private final Map<String, Span> signalCounts = new LinkedHashMap<>();

    AnomalyFilter(AnomalyWords words, Runnable changed) {
        this.words = words;
        this.changed = changed;
        addClassName("anomaly-filter");
        getElement().setAttribute("role", "group");
        getElement().setAttribute("aria-label", words.text("anomaly.filter"));
        for (AnomalyState state : AnomalyState.values()) {
            Span count = new Span();
            counts.put(state, count);
            add(chip(new StateMark(words, state), count, states.contains(state), on -> toggle(states, state, on)));
        }
        Span apart = new Span();
        apart.addClassName("anomaly-apart");
        add(apart);
        for (String signal : SIGNALS) {
            Span count = new Span();
            signalCounts.put(signal, count);
            add(chip(new Span(words.text(signal.equals("potential") ? "anomaly.voice.severity" : "anomaly.voice." + signal)), count, true, on -> toggle(signals, signal, on)));
        }
    }

    private static <T> void toggle(Set<T> set, T value, boolean on) {
        if (on) {
            set.add(value);
        } else {
            set.remove(value);
        }
    }

    private NativeButton chip(Span name, Span count, boolean on, java.util.function.Consumer<Boolean> act) {
        NativeButton chip = new NativeButton();
        count.addClassName("num");
        chip.add(name, count);
        chip.addClassName("anomaly-chip");
        chip.getElement().setAttribute("aria-pressed", Boolean.toString(on));
        chip.addClickListener(click -> {
            boolean now = !"true".equals(chip.getElement().getAttribute("aria-pressed"));
            chip.getElement().setAttribute("aria-pressed", Boolean.toString(now));
            act.accept(now);
            changed.run();
        });
        return chip;
    }

    void show(List<Anomaly> all) {
        counts.forEach((state, span) -> span.setText(words.figures().count(all.stream().filter(a -> a.state() == state).count())));
        signalCounts.forEach((signal, span) -> span.setText(words.figures().count(all.stream().filter(a -> AnomalyWords.loudest(a).equals(signal)).count())));
    }

    boolean lets(Anomaly anomaly) {
        return states.contains(anomaly.state()) && signals.contains(AnomalyWords.loudest(anomaly));
    }
}
