package org.laudable.security.ui;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import java.util.Locale;
import java.util.Optional;
import org.laudable.LaudableConfig;
import org.laudable.Refused;
import org.laudable.security.FirstAdmin;
import org.laudable.security.PasswordRules;

/** The first start: whoever reads the console makes the first administrator here. */
@Route(value = "welcome", autoLayout = false)
@AnonymousAllowed
class WelcomeView extends EntrancePage implements BeforeEnterObserver {
    private final FirstAdmin firstAdmin;
    private final TextField code = field("security.code");
    private final TextField name = field("security.displayName");
    private final TextField username = field("security.username");
    private final NewPasswordFields passwords;

    WelcomeView(FirstAdmin firstAdmin, PasswordRules rules, LaudableConfig config) {
        super(config);
        this.firstAdmin = firstAdmin;
        this.passwords = new NewPasswordFields(rules);
        code.setPlaceholder("XXXX-XXXX-XXXX");
        code.setHelperText(getTranslation("security.codeHint"));
        code.setAutofocus(true);
        name.getElement().setAttribute("autocomplete", "name");
        username.getElement().setAttribute("autocomplete", "username");
        username.getElement().setAttribute("autocapitalize", "none");
        Button create = new Button(getTranslation("security.createAdmin"), click -> create());
        create.addThemeVariants(ButtonVariant.PRIMARY);
        create.addClickShortcut(Key.ENTER);
        create.setWidthFull();
        Div fields = new Div(code, name, username, passwords, create);
        fields.addClassName("fields");
        show(title(), getTranslation("security.welcomeText"), fields);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        if (!firstAdmin.isMissing()) {
            event.forwardTo(LoginView.class);
        }
    }

    @Override
    String title() {
        return getTranslation("security.welcome");
    }

    private void create() {
        clearWarning();
        String user = username.getValue().strip().toLowerCase(Locale.ROOT);
        Optional<String> password = passwords.read(user);
        if (password.isEmpty()) {
            return;
        }
        try {
            firstAdmin.create(code.getValue(), user, name.getValue(), password.get());
            SignInForm.submit(this, user, password.get(), "/");
        } catch (Refused refused) {
            warn(refused.getMessage());
        }
    }

    private TextField field(String key) {
        TextField field = new TextField(getTranslation(key));
        field.setWidthFull();
        field.setRequiredIndicatorVisible(true);
        return field;
    }
}
