package org.laudable.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextField;

/** A text to take away: read-only, with a button that copies it, also where the browser has no clipboard for plain HTTP. */
public final class CopyField extends Div {
    private final TextField field = new TextField();

    public CopyField(String label, String text) {
        addClassName("copy-field");
        field.setLabel(label);
        field.setValue(text);
        field.setReadOnly(true);
        field.setAutoselect(true);
        Button copy = new Button(getTranslation("ui.copy"), Icon.COPY.create());
        copy.addClickListener(click -> copy(text, copy));
        add(field, copy);
    }

    /** Copies a text of several lines on a click. */
    public static void copy(String text, Button button) {
        button.getElement().executeJs("""
                const fallback = () => {
                  const area = document.createElement('textarea');
                  area.value = $0;
                  (this.closest('vaadin-dialog') ?? document.body).append(area);
                  area.select();
                  document.execCommand('copy');
                  area.remove();
                };
                if (navigator.clipboard) {
                  return navigator.clipboard.writeText($0).catch(fallback);
                }
                fallback();""", text);
        button.setText(button.getTranslation("ui.copied"));
    }
}
