package org.laudable.review.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import org.laudable.dataset.ui.OriginMark;

/** One of the answers given to an item: its key, who says so, their comments. */
final class ChoiceButton extends NativeButton {

    /** @param stretch where on a series, or null */
    ChoiceButton(int key, String name, String stretch, Choices.Choice choice, Runnable accept) {
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
        if (stretch != null) {
            Span where = new Span(stretch);
            where.addClassNames("small", "secondary", "num");
            head.add(where);
        }
        add(head);
        choice.said().forEach(who -> add(line(who)));
        addClickListener(click -> accept.run());
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
