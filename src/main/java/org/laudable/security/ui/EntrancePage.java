package org.laudable.security.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.HasDynamicTitle;
import org.laudable.LaudableConfig;
import org.laudable.ui.Icon;

/** A page in front of the door: the name, a title, a sentence, a form. */
abstract class EntrancePage extends Main implements HasDynamicTitle {
    private final Div card = new Div();
    private final Div message = new Div();

    EntrancePage(LaudableConfig config) {
        addClassName("entrance");
        if (config.plainHttp()) {
            Div banner = new Div(getTranslation("ui.plainHttp"));
            banner.addClassName("plain-http");
            banner.getElement().setAttribute("role", "note");
            add(banner);
        }
        Span name = new Span("Laudable");
        Div brand = new Div(Icon.BRAND.create(), name);
        brand.addClassName("brand");
        card.addClassName("entrance-card");
        message.addClassName("message");
        message.getElement().setAttribute("role", "alert");
        message.setVisible(false);
        add(brand, card);
    }

    /** Fills the card. */
    final void show(String title, String sentence, Component... content) {
        card.removeAll();
        card.add(new H1(title));
        if (!sentence.isEmpty()) {
            Paragraph text = new Paragraph(sentence);
            text.addClassName("secondary");
            card.add(text);
        }
        card.add(message);
        card.add(content);
    }

    /** Says what is wrong, above the form. */
    final void warn(String sentence) {
        message.setText(sentence);
        message.setVisible(true);
    }

    final void clearWarning() {
        message.setVisible(false);
    }

    @Override
    public final String getPageTitle() {
        return title() + " · Laudable";
    }

    abstract String title();
}
