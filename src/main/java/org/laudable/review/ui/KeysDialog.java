package org.laudable.review.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.Span;
import java.util.List;

/** Which key does what under Review. */
final class KeysDialog extends Dialog {
    private static final List<List<String>> KEYS = List.of(List.of("1 … 9", "accept"), List.of("/", "find"), List.of("0", "none"),
            List.of("s", "sendBack"), List.of("n", "pass"), List.of("h", "history"), List.of("g", "guidelines"), List.of("b", "many"),
            List.of("Backspace, u", "undo"), List.of("?", "help"));

    KeysDialog() {
        setHeaderTitle(getTranslation("review.keys"));
        setMaxWidth("96vw");
        DescriptionList list = new DescriptionList();
        list.addClassName("review-keys");
        KEYS.forEach(one -> {
            Span key = new Span(one.get(0));
            key.addClassName("key");
            DescriptionList.Term term = new DescriptionList.Term();
            term.add(key);
            list.add(term, new DescriptionList.Description(getTranslation("review.key." + one.get(1))));
        });
        add(list);
        getFooter().add(new Button(getTranslation("ui.close"), click -> close()));
    }
}
