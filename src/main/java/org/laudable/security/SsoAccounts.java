package org.laudable.security;

import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.laudable.database.Sql;
import org.laudable.security.SsoEntry.Reason;

/**
 * The accounts of people who come by single sign-on: found by issuer and subject, made where there is none. For
 * {@code security.sso}, which has asked the provider; checks no access.
 */
@ApplicationScoped
public class SsoAccounts {
    private final AccountRepository accounts;
    private final SessionCookie cookie;
    private final AuditLog audit;
    private final Event<AccountChanged> changed;
    private final Sql sql;
    private final Clock clock;

    SsoAccounts(AccountRepository accounts, SessionCookie cookie, AuditLog audit, Event<AccountChanged> changed, Sql sql, Clock clock) {
        this.accounts = accounts;
        this.cookie = cookie;
        this.audit = audit;
        this.changed = changed;
        this.sql = sql;
        this.clock = clock;
    }

    /** Finds or makes the person's account. A user name that an account has already is never taken over. */
    @Transactional
    public SsoEntry enter(ProviderPerson person) {
        Optional<Account> known = accounts.bySubject(person.issuer(), person.subject());
        if (known.isPresent()) {
            Account account = accounts.locked(known.get().id).orElseThrow();
            if (!account.enabled) {
                audit.record(null, "session.refused", "account:" + account.id, null, Map.of("sso", Reason.DISABLED));
                return new SsoEntry.Stopped(Reason.DISABLED);
            }
            call(account, person);
            return new SsoEntry.In(account.id, account.sessionEpoch);
        }
        accounts.lockCounting();
        if (accounts.count() == 0) {
            return new SsoEntry.Stopped(Reason.FIRST);
        }
        String username = username(person);
        Optional<Account> namesake = accounts.byUsername(username);
        if (namesake.isPresent()) {
            sql.update("""
                    insert into sso_pending (issuer, subject, account_id, name, email) values (?, ?, ?, ?, ?)
                    on conflict (issuer, subject) do update
                    set account_id = excluded.account_id, name = excluded.name, email = excluded.email, at = now()""",
                    person.issuer(), person.subject(), namesake.get().id, person.name(), person.email());
            audit.record(null, "session.refused", "account:" + namesake.get().id, null, Map.of("sso", Reason.TAKEN));
            return new SsoEntry.Stopped(Reason.TAKEN);
        }
        Account account = create(person, username);
        return new SsoEntry.In(account.id, account.sessionEpoch);
    }

    /** Makes an account bound to the person, before or when they first come. */
    Account create(ProviderPerson person, String username) {
        Account account = new Account();
        account.username = username;
        account.displayName = cut(person.name().isBlank() ? username : person.name());
        account.email = email(person);
        account.ssoIssuer = person.issuer();
        account.ssoSubject = person.subject();
        account.createdAt = clock.instant();
        accounts.persistAndFlush(account);
        audit.record("account.created", "account:" + account.id, null, Map.of("username", username, "sso", true));
        return account;
    }

    /** Gives the browser a session of this account and returns its nonce. Its row must be there before the answer goes out. */
    public String openSession(SsoEntry.In entry, RoutingContext context) {
        SessionPrincipal session = SessionPrincipal.startBySso(entry.accountId(), entry.epoch(), clock.instant());
        cookie.save(session, context);
        audit.record(entry.accountId(), "session.started", "account:" + entry.accountId(), null, Map.of("sso", true), AuditLog.address(context));
        return session.nonce();
    }

    /** Makes the person an administrator because a rule says so, or takes away what a rule gave. Sessions go on. */
    @Transactional
    public void setAdminByRule(long accountId, boolean admin) {
        Account account = accounts.locked(accountId).orElseThrow();
        if (admin == account.admin || !admin && !account.adminByRule) {
            return;
        }
        account.admin = admin;
        account.adminByRule = admin;
        audit.record(admin ? "account.admin-granted" : "account.admin-revoked", "account:" + accountId, null, Map.of("rule", true));
        changed.fire(new AccountChanged(accountId, false));
    }

    /** All sessions of the person are over, and their tokens: the provider knows them no more. */
    @Transactional
    public void endAll(long accountId, String reason) {
        accounts.locked(accountId).ifPresent(account -> {
            account.sessionEpoch++;
            audit.record("session.ended", "account:" + accountId, null, Map.of("sso", reason));
            changed.fire(new AccountChanged(accountId, true));
        });
    }

    static String username(ProviderPerson person) {
        String wanted = person.username().strip().toLowerCase(java.util.Locale.ROOT);
        if (Usernames.isValid(wanted)) {
            return wanted;
        }
        String made = Usernames.from(wanted);
        return Usernames.isValid(made) ? made : "sso-" + Usernames.from(person.subject());
    }

    private static void call(Account account, ProviderPerson person) {
        if (!person.name().isBlank()) {
            account.displayName = cut(person.name());
        }
        if (email(person) != null) {
            account.email = person.email();
        }
    }

    private static String email(ProviderPerson person) {
        return person.email() != null && Usernames.isEmail(person.email()) ? person.email() : null;
    }

    private static String cut(String name) {
        String bare = name.strip();
        return bare.length() <= 120 ? bare : bare.substring(0, 120);
    }
}
