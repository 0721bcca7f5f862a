package org.laudable.ui;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import org.laudable.Refused;

/** A form in a dialog: saves and closes, or says above the fields why it cannot. */
public abstract class FormDialog extends Dialog {
    private final Div message = new Div();
    private final Div fields = new Div(message);
    private final Runnable done;

    protected FormDialog(String title, Runnable done) {
        this.done = done;
        setHeaderTitle(title);
        setWidth("560px");
        setMaxWidth("96vw");
        message.addClassName("form-error");
        message.getElement().setAttribute("role", "alert");
        message.setVisible(false);
        fields.addClassNames("fields", "llm-form");
        add(fields);
        Button confirm = new Button(getTranslation("ui.save"), click -> attempt());
        confirm.addThemeVariants(ButtonVariant.PRIMARY);
        confirm.addClickShortcut(Key.ENTER);
        getFooter().add(new Button(getTranslation("ui.cancel"), click -> close()), confirm);
    }

    /** Where the fields go. */
    protected final Div fields() {
        return fields;
    }

    /** A line of fields side by side; below each other on a phone. */
    protected final Div line(com.vaadin.flow.component.Component... parts) {
        Div line = new Div(parts);
        line.addClassName("form-line");
        return line;
    }

    /** @throws Refused with what is wrong */
    protected abstract void save();

    private void attempt() {
        try {
            save();
        } catch (Refused e) {
            message.setText(e.getMessage());
            message.setVisible(true);
            return;
        }
        close();
        done.run();
    }
}
