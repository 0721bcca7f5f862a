package org.laudable.security.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.VaadinSession;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import com.vaadin.flow.server.auth.NavigationAccessControl;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.laudable.LaudableConfig;
import org.laudable.security.AccountProvisioning;
import org.laudable.security.AccountProvisioning.DemoAccount;
import org.laudable.security.CurrentUser;
import org.laudable.security.FirstAdmin;
import org.laudable.security.sso.SignOn;

/** Signing in: by single sign-on where there is a provider, and with user name and password. */
@Route(value = "login", autoLayout = false)
@AnonymousAllowed
class LoginView extends EntrancePage implements BeforeEnterObserver {
    private static final Set<String> SSO_REASONS = Set.of("failed", "unreachable", "disabled", "taken", "first");

    private final CurrentUser currentUser;
    private final FirstAdmin firstAdmin;
    private final Optional<String> provider;
    private final Anchor sso = new Anchor("/sso", "");
    private final SignInForm form = new SignInForm().withButton(getTranslation("security.signIn"));

    LoginView(CurrentUser currentUser, FirstAdmin firstAdmin, AccountProvisioning provisioning, SignOn signOn, LaudableConfig config) {
        super(config);
        this.currentUser = currentUser;
        this.firstAdmin = firstAdmin;
        this.provider = signOn.provider();
        Component local = signOn.localAccounts() ? form : new Details(getTranslation("sso.emergency"), form);
        if (provider.isPresent()) {
            sso.setText(getTranslation("sso.signIn", provider.get()));
            sso.setRouterIgnore(true);
            sso.addClassNames("button", "primary", "wide");
            form.addClassName("second-way");
            Div or = new Div(getTranslation("sso.or"));
            or.addClassNames("secondary", "or");
            or.setVisible(signOn.localAccounts());
            show(getTranslation("security.signIn"), "", sso, or, local);
        } else {
            show(getTranslation("security.signIn"), "", local);
        }
        List<DemoAccount> demo = provisioning.demoAccounts();
        if (!demo.isEmpty()) {
            add(demoAccounts(demo));
        }
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        if (currentUser.find().isPresent()) {
            event.forwardTo("");
            return;
        }
        if (firstAdmin.isMissing()) {
            event.forwardTo(WelcomeView.class);
            return;
        }
        VaadinSession session = VaadinSession.getCurrent();
        if (session.getSession().getAttribute(NavigationAccessControl.SESSION_STORED_REDIRECT) instanceof String wanted) {
            String path = wanted.startsWith("/") ? wanted : "/" + wanted;
            form.goTo(path);
            sso.setHref("/sso?to=" + URLEncoder.encode(path, StandardCharsets.UTF_8));
        }
        QueryParameters parameters = event.getLocation().getQueryParameters();
        if (parameters.getSingleParameter("error").isPresent()) {
            warn(getTranslation("security.wrong"));
        } else if (parameters.getSingleParameter("ended").isPresent()) {
            warn(getTranslation("security.ended"));
        }
        parameters.getSingleParameter("sso").filter(SSO_REASONS::contains)
                .ifPresent(reason -> warn(getTranslation("sso.stopped." + reason, provider.orElse(""))));
        parameters.getSingleParameter("wait").filter(seconds -> seconds.matches("\\d{1,4}"))
                .ifPresent(seconds -> warn(getTranslation("security.wait", Integer.parseInt(seconds))));
    }

    @Override
    String title() {
        return getTranslation("security.signIn");
    }

    private Div demoAccounts(List<DemoAccount> accounts) {
        Div list = new Div(new Paragraph(getTranslation("security.demo")));
        list.addClassName("demo-accounts");
        for (DemoAccount account : accounts) {
            Span name = new Span(account.displayName());
            name.addClassName("name");
            Span secret = new Span(account.username() + " / " + account.password());
            secret.addClassName("secondary");
            NativeButton button = new NativeButton();
            button.add(name, secret);
            button.addClickListener(click -> form.submit(account.username(), account.password()));
            list.add(button);
        }
        return list;
    }
}
