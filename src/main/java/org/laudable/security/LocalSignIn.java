package org.laudable.security;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.laudable.LaudableConfig;

/** Whether a person may come in with a password of this site: everyone, or where that is switched off, one. */
@ApplicationScoped
class LocalSignIn {
    private final LaudableConfig config;

    LocalSignIn(LaudableConfig config) {
        this.config = config;
    }

    /** Refuses to start where nobody could sign in, or nobody when the provider is down. */
    void check(@Observes StartupEvent started) {
        if (!config.localAccounts() && config.oidc().issuer().isEmpty()) {
            throw new IllegalStateException("Local accounts are switched off, but no issuer of single sign-on is named:"
                    + " nobody could sign in. Set laudable.oidc.issuer (--oidc-issuer).");
        }
        if (!config.localAccounts() && config.breakGlass().isEmpty()) {
            throw new IllegalStateException("Local accounts are switched off: name the one local administrator who may"
                    + " still sign in when the provider is down with laudable.break-glass (--break-glass).");
        }
    }

    boolean open(String username) {
        return config.localAccounts() || config.breakGlass().filter(username::equals).isPresent();
    }
}
