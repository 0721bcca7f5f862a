package org.laudable.security.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.PermitAll;
import java.util.Locale;
import org.laudable.Refused;
import org.laudable.project.ProjectService;
import org.laudable.security.CurrentUser;
import org.laudable.security.PasswordRules;
import org.laudable.security.Preferences;
import org.laudable.security.ProfileService;
import org.laudable.security.TokenService;
import org.laudable.security.User;
import org.laudable.ui.Appearance;
import org.laudable.ui.Icon;
import org.laudable.ui.Notices;
import org.laudable.ui.Translations;

/** One's own name, language, theme, password and access tokens. */
@Route("profile")
@PermitAll
class ProfileView extends Div implements HasDynamicTitle {
    private final ProfileService profiles;
    private final Appearance appearance;
    private final PasswordRules rules;
    private final Notices notices;
    private final TokenService tokens;
    private final ProjectService projects;
    private final User me;

    ProfileView(ProfileService profiles, Appearance appearance, PasswordRules rules, CurrentUser currentUser, Notices notices,
            TokenService tokens, ProjectService projects) {
        this.profiles = profiles;
        this.appearance = appearance;
        this.rules = rules;
        this.notices = notices;
        this.tokens = tokens;
        this.projects = projects;
        this.me = currentUser.require();
        addClassNames("page", "reading");
        add(new H1(getTranslation("ui.profile")), person(), preferences());
        if (profiles.hasPassword()) {
            add(password());
        }
        add(tokens());
    }

    @Override
    public String getPageTitle() {
        return getTranslation("ui.profile");
    }

    private Div person() {
        TextField username = new TextField(getTranslation("security.username"));
        username.setValue(me.username());
        username.setReadOnly(true);
        TextField name = new TextField(getTranslation("security.displayName"));
        name.setValue(me.displayName());
        name.setMaxLength(120);
        name.getElement().setAttribute("autocomplete", "name");
        Button save = new Button(getTranslation("ui.save"), click -> {
            profiles.rename(name.getValue());
            UI.getCurrent().getPage().reload();
        });
        return card("profile.you", username, name, save);
    }

    private Div preferences() {
        Preferences now = profiles.preferences().orElseThrow();
        Select<Locale> language = new Select<>();
        language.setLabel(getTranslation("profile.language"));
        language.setItems(Translations.LANGUAGES);
        language.setItemLabelGenerator(locale -> locale.getDisplayLanguage(locale));
        language.setValue(Translations.supported(Locale.of(now.language())));
        RadioButtonGroup<String> theme = new RadioButtonGroup<>(getTranslation("profile.theme"));
        theme.setItems("system", "light", "dark");
        theme.setItemLabelGenerator(value -> getTranslation("profile.theme." + value));
        theme.setValue(now.theme());
        language.addValueChangeListener(change -> {
            profiles.prefer(new Preferences(change.getValue().getLanguage(), theme.getValue()));
            UI.getCurrent().getPage().reload();
        });
        theme.addValueChangeListener(change -> {
            profiles.prefer(new Preferences(language.getValue().getLanguage(), change.getValue()));
            appearance.apply(UI.getCurrent());
        });
        return card("profile.look", language, theme);
    }

    private Div password() {
        PasswordField old = new PasswordField(getTranslation("security.oldPassword"));
        old.getElement().setAttribute("autocomplete", "current-password");
        NewPasswordFields fresh = new NewPasswordFields(rules);
        Div message = new Div();
        message.addClassName("form-error");
        message.getElement().setAttribute("role", "alert");
        message.setVisible(false);
        Button save = new Button(getTranslation("profile.changePassword"), click -> {
            message.setVisible(false);
            fresh.read(me.username()).ifPresent(password -> {
                try {
                    profiles.changePassword(old.getValue(), password);
                    notices.info(getTranslation("profile.passwordChanged"));
                    SignInForm.submit(this, me.username(), password, "/profile");
                } catch (Refused refused) {
                    message.setText(refused.getMessage());
                    message.setVisible(true);
                }
            });
        });
        save.addThemeVariants(ButtonVariant.PRIMARY);
        return card("security.password", message, old, fresh, save);
    }

    private Div tokens() {
        TokenList list = new TokenList(tokens, tokens::mine, false);
        Paragraph text = new Paragraph(getTranslation("token.text"));
        text.addClassName("secondary");
        Anchor documentation = new Anchor("/q/swagger-ui/", getTranslation("token.documentation"));
        documentation.setRouterIgnore(true);
        Button create = new Button(getTranslation("token.new"), Icon.PLUS.create(), click ->
                new TokenDialog(tokens, projects.mine(), me.admin(), list::refresh).open());
        Div card = card("token.tokens", text, documentation, list, create);
        card.addClassName("token-card");
        return card;
    }

    private Div card(String titleKey, com.vaadin.flow.component.Component... content) {
        Div fields = new Div(content);
        fields.addClassName("fields");
        Div card = new Div(new H2(getTranslation(titleKey)), fields);
        card.addClassNames("card", "profile-card");
        return card;
    }
}
