package org.laudable.security.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasComponents;
import com.vaadin.flow.component.HasStyle;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.html.Input;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.component.textfield.TextField;
import org.laudable.ui.Leaving;

/**
 * A form that the browser itself posts to the server's sign-in address: password managers know what it is, and the
 * session cookie comes with the answer.
 */
@Tag("form")
final class SignInForm extends Component implements HasComponents, HasStyle {
    private final TextField username = new TextField();
    private final PasswordField password = new PasswordField();
    private final Input wanted = new Input();

    SignInForm() {
        addClassName("sign-in-form");
        getElement().setAttribute("method", "post");
        getElement().setAttribute("action", "/j_security_check");
        username.setLabel(getTranslation("security.username"));
        username.getElement().setAttribute("name", "j_username");
        username.getElement().setAttribute("autocomplete", "username");
        username.getElement().setAttribute("autocapitalize", "none");
        username.setRequired(true);
        password.setLabel(getTranslation("security.password"));
        password.getElement().setAttribute("name", "j_password");
        password.getElement().setAttribute("autocomplete", "current-password");
        password.setRequired(true);
        wanted.setType("hidden");
        wanted.getElement().setAttribute("name", "to");
        username.setWidthFull();
        password.setWidthFull();
        add(username, password, wanted);
        getElement().executeJs("this.addEventListener('submit', () => {" + Leaving.SILENTLY + "})");
    }

    /** With a button of its own and the cursor in the first field. */
    SignInForm withButton(String text) {
        NativeButton button = new NativeButton(text);
        button.getElement().setAttribute("type", "submit");
        button.addClassNames("button", "primary", "wide");
        add(button);
        username.setAutofocus(true);
        return this;
    }

    /** Where to go after signing in: a path of this site, starting with a slash. */
    void goTo(String path) {
        wanted.setValue(path);
    }

    /** Signs in at once and goes where the form would go. */
    void submit(String name, String secret) {
        submit(this, name, secret, wanted.getValue());
    }

    /** Lets the browser sign in from any page, then go to a path of this site. */
    static void submit(Component page, String name, String secret, String path) {
        page.getElement().executeJs("""
                const form = document.createElement('form');
                form.method = 'post';
                form.action = '/j_security_check';
                for (const [name, value] of [['j_username', $0], ['j_password', $1], ['to', $2]]) {
                  const input = document.createElement('input');
                  input.type = 'hidden';
                  input.name = name;
                  input.value = value;
                  form.append(input);
                }
                document.body.append(form);
                """ + Leaving.SILENTLY + "form.submit();", name, secret, path);
    }
}
