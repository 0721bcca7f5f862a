package org.laudable.review.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import org.laudable.dataset.ui.OriginMark;

/** One of the answers given to an item: its key, who says so, their comments. */
final class ChoiceButton extends NativeButton {

    /**
     * Where a stretch lies, beside the others.
     *
     * @param words its times
     * @param start in percent of all the stretches together, {@code length} likewise
     */
    record Place(String words, double start, double length) {}

    /** @param place on a series, or null */
    ChoiceButton(int key, String name, Place place, Choices.Choice choice, Runnable accept) {
        addClassName("review-choice");
        getElement().setAttribute("data-testid", "choice");
        getElement().setAttribute("aria-keyshortcuts", Integer.toString(key));
        Span digit = new Span(Integer.toString(key));
        digit.addClassName("key");
        Span title = new Span(name);
        title.addClassName("name");
        title.getElement().setAttribute("dir", "auto");
        Div head = new Div(digit, title);
        head.addClassName("head");
        add(head);
        if (place != null) {
            Span where = new Span(place.words());
            where.addClassNames("small", "secondary", "num");
            add(where, bar(place));
        }
        choice.said().forEach(who -> add(line(who)));
        addClickListener(click -> accept.run());
    }

    private static Div bar(Place place) {
        Span fill = new Span();
        fill.getStyle().set("margin-inline-start", percent(place.start())).set("width", percent(place.length()));
        Div bar = new Div(fill);
        bar.addClassName("review-stretch");
        bar.getElement().setAttribute("aria-hidden", "true");
        return bar;
    }

    private static String percent(double value) {
        return Math.round(10 * value) / 10.0 + "%";
    }

    private Div line(Choices.Who who) {
        String name = who.name().isBlank() ? getTranslation("dataset.origin." + who.origin()) : who.name();
        Div line = new Div(new OriginMark(who.origin(), name));
        line.addClassName("who");
        if (who.confidence() != null) {
            line.add(quiet(String.format(getLocale(), "%.0f %%", 100 * who.confidence())));
        }
        if (who.guideline() != null) {
            line.add(quiet(getTranslation("review.underGuideline", who.guideline())));
        }
        if (who.comment() != null) {
            Span comment = new Span("“" + who.comment() + "”");
            comment.getElement().setAttribute("dir", "auto");
            line.add(comment);
        }
        return line;
    }

    private static Span quiet(String text) {
        Span span = new Span(text);
        span.addClassNames("small", "secondary", "num");
        return span;
    }
}
