package org.laudable.security.ui;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.EmailField;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import java.util.Locale;
import org.laudable.Refused;
import org.laudable.security.AccountService;
import org.laudable.security.Invitations;
import org.laudable.security.NewPerson;
import org.laudable.security.PastedPeople;
import org.laudable.security.Person;

/** One person: made new, which leads to their invitation link, or changed. */
final class PersonDialog extends Dialog {
    private final Runnable done;
    private final TextField name = new TextField();
    private final EmailField email = new EmailField();
    private final TextField username = new TextField();
    private final Checkbox admin = new Checkbox();
    private final Div message = new Div();
    private String suggested = "";
    private Runnable save = () -> { };

    /** A new person. */
    PersonDialog(AccountService accounts, Invitations invitations, Runnable done) {
        this(done, "people.new", "people.create");
        name.setValueChangeMode(ValueChangeMode.LAZY);
        email.setValueChangeMode(ValueChangeMode.LAZY);
        name.addValueChangeListener(change -> suggestUsername());
        email.addValueChangeListener(change -> suggestUsername());
        admin.setLabel(getTranslation("people.isAdmin"));
        Div fields = fields();
        fields.add(username, admin);
        this.save = () -> {
            Person person = accounts.create(new NewPerson(username.getValue().strip().toLowerCase(Locale.ROOT),
                    name.getValue(), emailOrNull(), admin.getValue()));
            new LinkDialog(person, invitations.create(person.id())).open();
        };
    }

    /** Someone who is there. */
    PersonDialog(AccountService accounts, Person person, Runnable done) {
        this(done, "people.edit", "ui.save");
        name.setValue(person.displayName());
        email.setValue(person.email() == null ? "" : person.email());
        fields();
        this.save = () -> accounts.change(person.id(), person.version(), name.getValue(), emailOrNull());
    }

    private PersonDialog(Runnable done, String titleKey, String saveKey) {
        this.done = done;
        setHeaderTitle(getTranslation(titleKey));
        setWidth("420px");
        name.setLabel(getTranslation("security.displayName"));
        name.setRequiredIndicatorVisible(true);
        name.setAutofocus(true);
        email.setLabel(getTranslation("security.email"));
        username.setLabel(getTranslation("security.username"));
        username.setRequiredIndicatorVisible(true);
        username.setHelperText(getTranslation("people.usernameHint"));
        message.addClassName("form-error");
        message.getElement().setAttribute("role", "alert");
        message.setVisible(false);
        Button confirm = new Button(getTranslation(saveKey), click -> save());
        confirm.addThemeVariants(ButtonVariant.PRIMARY);
        confirm.addClickShortcut(Key.ENTER);
        getFooter().add(new Button(getTranslation("ui.cancel"), click -> close()), confirm);
    }

    private Div fields() {
        Div fields = new Div(message, name, email);
        fields.addClassName("fields");
        add(fields);
        return fields;
    }

    private void suggestUsername() {
        if (!username.getValue().equals(suggested)) {
            return;
        }
        suggested = PastedPeople.parse(name.getValue().isBlank() ? "x," + email.getValue() : name.getValue() + "," + email.getValue())
                .people().stream().findFirst().map(NewPerson::username).orElse("");
        username.setValue(suggested);
    }

    private String emailOrNull() {
        return email.getValue().isBlank() ? null : email.getValue().strip().toLowerCase(Locale.ROOT);
    }

    private void save() {
        try {
            save.run();
            close();
            done.run();
        } catch (Refused refused) {
            message.setText(refused.getMessage());
            message.setVisible(true);
        }
    }
}
