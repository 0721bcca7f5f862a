package org.laudable.security.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import org.laudable.security.Invitations;
import org.laudable.security.Person;
import org.laudable.ui.CopyField;

/** Shows a fresh one-time link, once. */
final class LinkDialog extends Dialog {

    LinkDialog(Person person, String token) {
        setHeaderTitle(getTranslation(person.joined() ? "people.resetFor" : "people.inviteFor", person.displayName()));
        setWidth("520px");
        Paragraph text = new Paragraph(getTranslation("people.linkOnce", Invitations.VALID.toHours()));
        text.addClassName("secondary");
        Div content = new Div(text);
        content.addClassName("fields");
        add(content);
        addAttachListener(attached -> attached.getUI().getPage().fetchCurrentURL(url ->
                content.add(new CopyField(getTranslation("people.link"), LinkAddress.of(url, token)))));
        Button close = new Button(getTranslation("ui.close"), click -> close());
        close.addThemeVariants(ButtonVariant.PRIMARY);
        getFooter().add(close);
    }
}
