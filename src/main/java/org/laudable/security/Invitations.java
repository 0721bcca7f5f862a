package org.laudable.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.laudable.Refused;

/** One-time links by which a person sets their password. An administrator makes them; whoever holds one may use it. */
@ApplicationScoped
public class Invitations {
    public static final Duration VALID = Duration.ofHours(72);
    private static final String GONE = "This link was used already or has expired. Ask an administrator for a new one.";

    private final AccountRepository accounts;
    private final LinkRepository links;
    private final PasswordRules rules;
    private final PasswordHashing hashing;
    private final LocalSignIn localSignIn;
    private final CurrentUser currentUser;
    private final AuditLog audit;
    private final Event<AccountChanged> changed;
    private final Clock clock;

    Invitations(AccountRepository accounts, LinkRepository links, PasswordRules rules, PasswordHashing hashing,
            LocalSignIn localSignIn, CurrentUser currentUser, AuditLog audit, Event<AccountChanged> changed, Clock clock) {
        this.accounts = accounts;
        this.links = links;
        this.rules = rules;
        this.hashing = hashing;
        this.localSignIn = localSignIn;
        this.currentUser = currentUser;
        this.audit = audit;
        this.changed = changed;
        this.clock = clock;
    }

    /** For whom a link is. */
    public record Invitation(String username, String displayName, LinkPurpose purpose) {}

    /**
     * Makes a link for an account and returns its secret part: it cannot be had again. Earlier links of the account
     * stop working; a password already set works on until the link is used.
     */
    @Transactional
    public String create(long accountId) {
        User admin = currentUser.requireAdmin();
        Account account = accounts.locked(accountId).orElseThrow(() -> new Refused("This account is no longer there."));
        if (!account.enabled) {
            throw new Refused("This account is disabled. Enable it first.");
        }
        if (account.ssoSubject != null) {
            throw new Refused("This person signs in by single sign-on and has no password here.");
        }
        if (!localSignIn.open(account.username)) {
            throw new Refused("Passwords of this site are switched off: people come by single sign-on.");
        }
        LinkPurpose purpose = account.passwordHash == null ? LinkPurpose.INVITE : LinkPurpose.RESET;
        LinkToken token = LinkToken.random();
        links.insert(accountId, token.hash(), purpose, clock.instant().plus(VALID), admin.id());
        audit.record("account.link-created", "account:" + accountId, null, Map.of("purpose", purpose));
        return token.text();
    }

    /** Whom the link is for; empty if it is used up, expired or wrong. Open to everyone: the token is the right. */
    @Transactional
    public Optional<Invitation> find(String token) {
        return links.open(new LinkToken(token).hash(), clock.instant())
                .flatMap(open -> accounts.findByIdOptional(open.accountId()).filter(account -> account.enabled)
                        .map(account -> new Invitation(account.username, account.displayName, open.purpose())));
    }

    /**
     * Uses the link up and sets the password; older sessions of the person end. Open to everyone: the token is the
     * right.
     *
     * @throws Refused if the link no longer works or the password breaks a rule (the link then stays)
     */
    @Transactional
    public void accept(String token, String password) {
        LinkRepository.Open open = links.use(new LinkToken(token).hash(), clock.instant()).orElseThrow(() -> new Refused(GONE));
        Account account = accounts.locked(open.accountId()).filter(found -> found.enabled).orElseThrow(() -> new Refused(GONE));
        rules.check(account.username, password);
        account.passwordHash = hashing.hash(password);
        account.sessionEpoch++;
        audit.record(account.id, "account.password-set", "account:" + account.id, null, Map.of("purpose", open.purpose()));
        changed.fire(new AccountChanged(account.id, true));
    }
}
