package org.laudable.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.persistence.OptimisticLockException;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.laudable.Refused;

/** The administrator's work on accounts. Every method asks for an administrator. */
@ApplicationScoped
public class AccountService {
    private final AccountRepository accounts;
    private final LinkRepository links;
    private final CurrentUser currentUser;
    private final AuditLog audit;
    private final Event<AccountChanged> changed;
    private final Event<AccountAnonymised> anonymised;
    private final Clock clock;

    AccountService(AccountRepository accounts, LinkRepository links, CurrentUser currentUser, AuditLog audit,
            Event<AccountChanged> changed, Event<AccountAnonymised> anonymised, Clock clock) {
        this.accounts = accounts;
        this.links = links;
        this.currentUser = currentUser;
        this.audit = audit;
        this.changed = changed;
        this.anonymised = anonymised;
        this.clock = clock;
    }

    /** Everyone with an account, the enabled first, by name. */
    @Transactional
    public List<Person> people() {
        currentUser.requireAdmin();
        return accounts.all().stream().map(Account::person).toList();
    }

    /** Makes an account without a password; a link from {@link Invitations} lets its owner in. */
    @Transactional
    public Person create(NewPerson person) {
        currentUser.requireAdmin();
        if (!Usernames.isValid(person.username())) {
            throw new Refused("A user name has 2 to 64 small letters, digits, dots, dashes or underscores, and starts with a letter or digit.");
        }
        if (person.displayName().isBlank() || person.displayName().length() > 120) {
            throw new Refused("A name has 1 to 120 characters.");
        }
        checkEmail(person.email());
        if (accounts.byUsername(person.username()).isPresent()) {
            throw new Refused("The user name " + person.username() + " is taken.");
        }
        Account account = new Account();
        account.username = person.username();
        account.displayName = person.displayName().strip();
        account.email = person.email();
        account.admin = person.admin();
        account.createdAt = clock.instant();
        accounts.persistAndFlush(account);
        audit.record("account.created", "account:" + account.id, null, Map.of("username", account.username, "admin", account.admin));
        return account.person();
    }

    /** The list with the lines marked whose user name someone has already. */
    @Transactional
    public PastedPeople check(PastedPeople pasted) {
        currentUser.requireAdmin();
        return new PastedPeople(pasted.lines().stream()
                .map(line -> line.person().filter(person -> accounts.byUsername(person.username()).isPresent()).isPresent()
                        ? line.bad(PastedPeople.Problem.TAKEN) : line)
                .toList());
    }

    /** Changes name and e-mail. @throws OptimisticLockException if someone else changed the account meanwhile */
    @Transactional
    public Person change(long id, int version, String displayName, String email) {
        currentUser.requireAdmin();
        if (displayName.isBlank() || displayName.length() > 120) {
            throw new Refused("A name has 1 to 120 characters.");
        }
        checkEmail(email);
        Account account = account(id);
        if (account.version != version) {
            throw new OptimisticLockException("Account " + id + " has changed");
        }
        Person before = account.person();
        account.displayName = displayName.strip();
        account.email = email;
        audit.changed("account.changed", "account:" + id, null, before, account.person());
        changed.fire(new AccountChanged(id, false));
        accounts.flush();
        return account.person();
    }

    /** Ends the person's sessions and links and lets them in no more. Their labels stay. */
    @Transactional
    public void disable(long id) {
        currentUser.requireAdmin();
        Account account = account(id);
        refuseIfLastAdmin(account);
        account.enabled = false;
        account.sessionEpoch++;
        links.dropUnused(id);
        audit.record("account.disabled", "account:" + id, null, Map.of());
        changed.fire(new AccountChanged(id, true));
    }

    @Transactional
    public void enable(long id) {
        currentUser.requireAdmin();
        account(id).enabled = true;
        audit.record("account.enabled", "account:" + id, null, Map.of());
        changed.fire(new AccountChanged(id, false));
    }

    /**
     * Takes a person's name, e-mail and way in out of their account for good: everywhere a name is shown it is replaced by a
     * number. Their labels, and what was paid for them, stay. The audit trail keeps what it recorded.
     */
    @Transactional
    public Person anonymise(long id) {
        if (currentUser.requireAdmin().id() == id) {
            throw new Refused("You cannot anonymise yourself. Another administrator can.");
        }
        Account account = account(id);
        refuseIfLastAdmin(account);
        account.displayName = "Person " + id;
        account.username = "anonymous-" + id;
        account.email = null;
        account.passwordHash = null;
        account.ssoIssuer = null;
        account.ssoSubject = null;
        account.admin = false;
        account.enabled = false;
        account.sessionEpoch++;
        links.dropUnused(id);
        audit.record("account.anonymised", "account:" + id, null, Map.of());
        accounts.flush();
        anonymised.fire(new AccountAnonymised(id, account.displayName));
        changed.fire(new AccountChanged(id, true));
        return account.person();
    }

    /** Makes someone an administrator, or takes it away; they sign in again. */
    @Transactional
    public void setAdmin(long id, boolean admin) {
        currentUser.requireAdmin();
        Account account = account(id);
        if (account.admin == admin) {
            return;
        }
        if (!admin) {
            refuseIfLastAdmin(account);
        }
        account.admin = admin;
        account.adminByRule = false;
        account.sessionEpoch++;
        audit.record(admin ? "account.admin-granted" : "account.admin-revoked", "account:" + id, null, Map.of());
        changed.fire(new AccountChanged(id, true));
    }

    private void refuseIfLastAdmin(Account account) {
        accounts.lockCounting();
        if (account.admin && account.enabled && account.passwordHash != null && accounts.enabledAdmins() <= 1) {
            throw new Refused("This is the last administrator who can sign in. Make someone else an administrator first.");
        }
    }

    private Account account(long id) {
        return accounts.locked(id).orElseThrow(() -> new Refused("This account is no longer there."));
    }

    private static void checkEmail(String email) {
        if (!Objects.requireNonNullElse(email, "").isEmpty() && !Usernames.isEmail(email)) {
            throw new Refused("This is no e-mail address: " + email);
        }
    }
}
