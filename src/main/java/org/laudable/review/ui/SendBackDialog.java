package org.laudable.review.ui;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.KeyModifier;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.CheckboxGroup;
import com.vaadin.flow.component.checkbox.CheckboxGroupVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.data.value.ValueChangeMode;
import java.util.List;
import org.laudable.review.ReviewItem;

/** A note for the people whose answers shall be given again. */
final class SendBackDialog extends Dialog {
    private final CheckboxGroup<ReviewItem.Answer> people = new CheckboxGroup<>();
    private final TextArea note = new TextArea();
    private final Send send;

    /** Sends it. */
    interface Send {
        void to(List<Long> accounts, String note);
    }

    SendBackDialog(List<ReviewItem.Answer> answers, java.util.function.Function<Long, String> className, Send send) {
        this.send = send;
        setHeaderTitle(getTranslation("review.sendBack.title"));
        setWidth("480px");
        setMaxWidth("100%");
        people.setLabel(getTranslation("review.sendBack.people"));
        people.addThemeVariants(CheckboxGroupVariant.LUMO_VERTICAL);
        people.setItems(answers);
        people.setItemLabelGenerator(answer -> answer.person() + ": " + (answer.classId() == null
                ? getTranslation("dataset.answer." + answer.kind()) : className.apply(answer.classId())));
        people.select(answers);
        note.setLabel(getTranslation("review.sendBack.note"));
        note.setHelperText(getTranslation("review.sendBack.help"));
        note.setMaxLength(2_000);
        note.setMinRows(3);
        note.setWidthFull();
        note.setValueChangeMode(ValueChangeMode.EAGER);
        Button go = new Button(getTranslation("review.sendBack.send"), click -> send());
        go.addThemeVariants(ButtonVariant.PRIMARY);
        go.addClickShortcut(Key.ENTER, KeyModifier.CONTROL).listenOn(this);
        add(people, note);
        getFooter().add(new Button(getTranslation("ui.cancel"), click -> close()), go);
        addOpenedChangeListener(change -> {
            if (change.isOpened()) {
                note.focus();
            }
        });
    }

    private void send() {
        send.to(people.getSelectedItems().stream().map(ReviewItem.Answer::accountId).toList(), note.getValue());
        close();
    }
}
