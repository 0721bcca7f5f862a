package org.laudable.project.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.popover.Popover;
import com.vaadin.flow.component.popover.PopoverPosition;

/** A field with a small 'why?' beside it that explains what the choice means. */
final class Why extends Div {

    Why(Component field, String nameKey, String textKey) {
        addClassName("with-why");
        NativeButton button = new NativeButton(getTranslation("project.why"));
        button.addClassName("why");
        button.getElement().setAttribute("aria-label", getTranslation("project.why.about", getTranslation(nameKey)));
        Popover popover = new Popover(new Paragraph(getTranslation(textKey)));
        popover.addClassName("why-text");
        popover.setTarget(button);
        popover.setPosition(PopoverPosition.BOTTOM_START);
        add(field, new Span(button, popover));
    }
}
