package org.laudable.webhook.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import org.laudable.ui.CopyField;
import org.laudable.webhook.WebhookService;

/** A webhook's new secret, this once. */
final class SecretDialog extends Dialog {
    SecretDialog(WebhookService.WithSecret made) {
        super();
        setHeaderTitle(made.webhook().settings().name());
        setWidth("520px");
        setMaxWidth("96vw");
        setCloseOnOutsideClick(false);
        Paragraph text = new Paragraph(getTranslation("webhook.once"));
        text.addClassName("secondary");
        Div content = new Div(text, new CopyField(getTranslation("webhook.secret"), made.secret()));
        content.addClassName("fields");
        add(content);
        getFooter().add(new Button(getTranslation("ui.close"), click -> close()));
    }
}
