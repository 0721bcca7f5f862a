package org.laudable.security.ui;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import java.util.Optional;
import org.laudable.LaudableConfig;
import org.laudable.Refused;
import org.laudable.security.Invitations;
import org.laudable.security.Invitations.Invitation;
import org.laudable.security.LinkPurpose;
import org.laudable.security.PasswordRules;

/** Where a one-time link leads: the invited person sets their password and is in. */
@Route(value = "invite/:token", autoLayout = false)
@AnonymousAllowed
class InviteView extends EntrancePage implements BeforeEnterObserver {
    private final Invitations invitations;
    private final NewPasswordFields passwords;
    private String token = "";

    InviteView(Invitations invitations, PasswordRules rules, LaudableConfig config) {
        super(config);
        this.invitations = invitations;
        this.passwords = new NewPasswordFields(rules);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        token = event.getRouteParameters().get("token").orElse("");
        invitations.find(token).ifPresentOrElse(this::showForm, this::showGone);
    }

    @Override
    String title() {
        return getTranslation("security.setPassword");
    }

    private void showForm(Invitation invitation) {
        TextField username = new TextField(getTranslation("security.username"));
        username.setValue(invitation.username());
        username.setReadOnly(true);
        username.setWidthFull();
        username.getElement().setAttribute("autocomplete", "username");
        Button save = new Button(getTranslation("security.setAndSignIn"), click -> accept(invitation));
        save.addThemeVariants(ButtonVariant.PRIMARY);
        save.addClickShortcut(Key.ENTER);
        save.setWidthFull();
        Div fields = new Div(username, passwords, save);
        fields.addClassName("fields");
        boolean isNew = invitation.purpose() == LinkPurpose.INVITE;
        show(getTranslation(isNew ? "security.hello" : "security.setPassword", invitation.displayName()),
                getTranslation(isNew ? "security.inviteText" : "security.resetText", invitation.displayName()), fields);
    }

    private void showGone() {
        show(getTranslation("security.linkGone"), getTranslation("security.linkGoneText"),
                new Anchor("/login", getTranslation("security.toSignIn")));
    }

    private void accept(Invitation invitation) {
        clearWarning();
        Optional<String> password = passwords.read(invitation.username());
        if (password.isEmpty()) {
            return;
        }
        try {
            invitations.accept(token, password.get());
            SignInForm.submit(this, invitation.username(), password.get(), "/");
        } catch (Refused refused) {
            warn(refused.getMessage());
        }
    }
}
