package org.laudable.security.sso;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Collection;
import java.util.List;
import org.laudable.LaudableConfig;
import org.laudable.PeriodicTask;
import org.laudable.security.SsoAccounts;

/**
 * Asks Keycloak about people who are signed in nowhere but have access tokens: without a session there is no refresh that
 * could be refused, and a program would go on in the name of somebody who has left.
 */
@ApplicationScoped
class TokenOwners {

    private final Provider provider;
    private final ProviderPeople people;
    private final SsoSessions sessions;
    private final SsoAccounts accounts;
    private final LaudableConfig config;
    private final PeriodicTask timer = new PeriodicTask("sso-token-owners", this::look, "The owners of access tokens could not be looked at");

    TokenOwners(Provider provider, ProviderPeople people, SsoSessions sessions, SsoAccounts accounts, LaudableConfig config) {
        this.provider = provider;
        this.people = people;
        this.sessions = sessions;
        this.accounts = accounts;
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        if (config.role().servesPages() && provider.isConfigured() && config.oidc().findPeople()) {
            timer.start(config.oidc().checkEvery());
        }
    }

    void stop(@Observes ShutdownEvent event) {
        timer.stop();
    }

    private void look() {
        List<SsoSessions.TokenOwner> owners = sessions.tokenOwners(provider.issuer());
        Collection<String> gone = people.gone(owners.stream().map(SsoSessions.TokenOwner::subject).toList());
        owners.stream().filter(owner -> gone.contains(owner.subject())).forEach(owner -> QuarkusTransaction.requiringNew()
                .run(() -> accounts.endAll(owner.accountId(), "disabled at the provider")));
    }
}
