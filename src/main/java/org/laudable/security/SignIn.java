package org.laudable.security;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** One try to sign in, from the throttle to the session. A wrong name and a wrong password look and take the same. */
@ApplicationScoped
class SignIn {
    private final SignInThrottle throttle;
    private final AccountRepository accounts;
    private final PasswordHashing hashing;
    private final LocalSignIn localSignIn;
    private final Sessions sessions;
    private final AuditLog audit;
    private final Clock clock;

    SignIn(SignInThrottle throttle, AccountRepository accounts, PasswordHashing hashing, LocalSignIn localSignIn, Sessions sessions, AuditLog audit,
            Clock clock) {
        this.throttle = throttle;
        this.accounts = accounts;
        this.hashing = hashing;
        this.localSignIn = localSignIn;
        this.sessions = sessions;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * How a try ended.
     *
     * @param delay more than zero: the password was not looked at, try again after this time
     */
    record Outcome(Optional<SecurityIdentity> identity, Duration delay) {}

    @ActivateRequestContext
    Outcome attempt(String username, String password, String address) {
        Duration wait = throttle.announce(username, address);
        if (!wait.isZero()) {
            return new Outcome(Optional.empty(), wait);
        }
        Optional<Known> account = QuarkusTransaction.requiringNew().call(() -> accounts.byUsername(username)
                .map(found -> new Known(found.id, found.passwordHash, found.enabled, found.sessionEpoch)));
        boolean right = password.length() <= PasswordRules.LONGEST
                && hashing.matches(password, account.map(Known::passwordHash).orElse(null));
        if (!right || !account.get().enabled() || !localSignIn.open(username)) {
            audit.record(null, "session.refused", "username:" + cut(username), null, Map.of(), address);
            return new Outcome(Optional.empty(), Duration.ZERO);
        }
        throttle.succeeded(username, address);
        Optional<SecurityIdentity> identity = sessions.identity(
                SessionPrincipal.start(account.get().id(), account.get().epoch(), clock.instant()));
        audit.record(account.get().id(), "session.started", "account:" + account.get().id(), null, Map.of(), address);
        return new Outcome(identity, Duration.ZERO);
    }

    private static String cut(String username) {
        return username.length() <= 64 ? username : username.substring(0, 64);
    }

    private record Known(long id, String passwordHash, boolean enabled, int epoch) {}
}
