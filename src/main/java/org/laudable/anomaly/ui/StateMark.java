package org.laudable.anomaly.ui;

import com.vaadin.flow.component.html.Span;
import org.laudable.anomaly.AnomalyState;

/** A state by colour, shape and word. */
final class StateMark extends Span {

    StateMark(AnomalyWords words, AnomalyState state) {
        Span shape = new Span(shape(state));
        shape.addClassName("anomaly-shape");
        shape.getElement().setAttribute("aria-hidden", "true");
        add(shape, new Span(words.state(state)));
        addClassNames("anomaly-state", "anomaly-" + state.name().toLowerCase(java.util.Locale.ROOT));
    }

    static String shape(AnomalyState state) {
        return switch (state) {
            case SUGGESTED -> "▲";
            case CONFIRMED -> "●";
            case REFUSED -> "✕";
            case PROPAGATED -> "◌";
            case EXPECTED -> "◆";
        };
    }
}
