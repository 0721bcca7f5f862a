package org.laudable.security.sso;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import org.laudable.LaudableConfig;
import org.laudable.security.CurrentUser;

/** How people may sign in here, as the pages show it. */
@ApplicationScoped
public class SignOn {
    private final LaudableConfig config;
    private final SsoSessions sessions;
    private final CurrentUser currentUser;

    SignOn(LaudableConfig config, SsoSessions sessions, CurrentUser currentUser) {
        this.config = config;
        this.sessions = sessions;
        this.currentUser = currentUser;
    }

    /** What the provider is called; empty: there is no single sign-on. Open to everyone: the sign-in page shows it. */
    public Optional<String> provider() {
        return config.oidc().issuer().map(issuer -> config.oidc().name());
    }

    public boolean localAccounts() {
        return config.localAccounts();
    }

    /** Whether administrators can find people at the provider. */
    public boolean findsPeople() {
        return provider().isPresent() && config.oidc().findPeople();
    }

    /**
     * How single sign-on does.
     *
     * @param sessions how many sessions live
     * @param lastYes  when the provider last renewed one
     */
    public record State(String issuer, String clientId, long sessions, Optional<Instant> lastYes, Optional<String> breakGlass) {}

    /** Empty: there is no single sign-on. */
    public Optional<State> state() {
        currentUser.requireAdmin();
        return config.oidc().issuer().map(issuer ->
                new State(issuer, config.oidc().clientId(), sessions.live(), sessions.lastYes(), config.breakGlass()));
    }
}
