package org.laudable.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.laudable.Refused;

/** What everyone may change about themselves. */
@ApplicationScoped
public class ProfileService {
    private static final Set<String> LANGUAGES = Set.of("en", "de");
    private static final Set<String> THEMES = Set.of("system", "light", "dark");

    private final AccountRepository accounts;
    private final Sessions sessions;
    private final PasswordRules rules;
    private final PasswordHashing hashing;
    private final SignInThrottle throttle;
    private final CurrentUser currentUser;
    private final AuditLog audit;
    private final Event<AccountChanged> changed;

    ProfileService(AccountRepository accounts, Sessions sessions, PasswordRules rules, PasswordHashing hashing,
            SignInThrottle throttle, CurrentUser currentUser, AuditLog audit, Event<AccountChanged> changed) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.rules = rules;
        this.hashing = hashing;
        this.throttle = throttle;
        this.currentUser = currentUser;
        this.audit = audit;
        this.changed = changed;
    }

    /** How the signed-in person wants to see Laudable; empty if nobody is signed in. Cheap. */
    public Optional<Preferences> preferences() {
        return currentUser.find().flatMap(user -> sessions.preferences(user.id()));
    }

    @Transactional
    public void prefer(Preferences preferences) {
        if (!LANGUAGES.contains(preferences.language()) || !THEMES.contains(preferences.theme())) {
            throw new Refused("There is no such language or theme.");
        }
        Account account = mine();
        account.language = preferences.language();
        account.theme = preferences.theme();
        changed.fire(new AccountChanged(account.id, false));
    }

    @Transactional
    public void rename(String displayName) {
        if (displayName.isBlank() || displayName.length() > 120) {
            throw new Refused("A name has 1 to 120 characters.");
        }
        Account account = mine();
        account.displayName = displayName.strip();
        changed.fire(new AccountChanged(account.id, false));
    }

    /**
     * Sets a new password and ends all sessions of the person: the caller signs them in again.
     *
     * @throws Refused if the old password is wrong or the new one breaks a rule
     */
    @Transactional
    public void changePassword(String old, String fresh) {
        Account account = mine();
        Duration wait = throttle.announce(account.username, "profile");
        if (!wait.isZero()) {
            throw new Refused("Too many wrong passwords. Wait " + (wait.toSeconds() + 1) + " seconds.");
        }
        if (!hashing.matches(old, account.passwordHash)) {
            throw new Refused("The old password is not right.");
        }
        throttle.succeeded(account.username, "profile");
        rules.check(account.username, fresh);
        account.passwordHash = hashing.hash(fresh);
        account.sessionEpoch++;
        audit.record("account.password-changed", "account:" + account.id, null, Map.of());
        changed.fire(new AccountChanged(account.id, true));
    }

    /** Whether there is a password to change: not for whoever comes by single sign-on. */
    @Transactional
    public boolean hasPassword() {
        return accounts.findByIdOptional(currentUser.require().id()).filter(account -> account.passwordHash != null).isPresent();
    }

    private Account mine() {
        return accounts.locked(currentUser.require().id()).orElseThrow(() -> new Refused("This account is no longer there."));
    }
}
