package org.laudable.security.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.data.value.ValueChangeMode;
import java.util.Optional;
import org.laudable.security.PasswordRules;

/** A new password, typed twice, with the rule it breaks beside it. */
final class NewPasswordFields extends Div {
    private final PasswordRules rules;
    private final PasswordField password = new PasswordField();
    private final PasswordField again = new PasswordField();

    NewPasswordFields(PasswordRules rules) {
        this.rules = rules;
        addClassName("fields");
        password.setLabel(getTranslation("security.newPassword"));
        password.setHelperText(getTranslation("security.passwordHint", PasswordRules.SHORTEST));
        password.getElement().setAttribute("autocomplete", "new-password");
        password.setMaxLength(PasswordRules.LONGEST);
        password.setWidthFull();
        password.setManualValidation(true);
        again.setLabel(getTranslation("security.again"));
        again.getElement().setAttribute("autocomplete", "new-password");
        again.setMaxLength(PasswordRules.LONGEST);
        again.setWidthFull();
        again.setManualValidation(true);
        again.setValueChangeMode(ValueChangeMode.ON_CHANGE);
        add(password, again);
    }

    /** The password, if it keeps the rules and was typed the same twice; otherwise the fields say what is wrong. */
    Optional<String> read(String username) {
        Optional<PasswordRules.Violation> violation = rules.violation(username, password.getValue());
        password.setInvalid(violation.isPresent());
        password.setErrorMessage(violation.map(found -> getTranslation("security.rule." + found, PasswordRules.SHORTEST,
                PasswordRules.LONGEST)).orElse(null));
        boolean same = password.getValue().equals(again.getValue());
        again.setInvalid(violation.isEmpty() && !same);
        again.setErrorMessage(getTranslation("security.notTheSame"));
        return violation.isEmpty() && same ? Optional.of(password.getValue()) : Optional.empty();
    }

    void clear() {
        password.clear();
        again.clear();
        password.setInvalid(false);
        again.setInvalid(false);
    }
}
