package org.laudable.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.laudable.LaudableConfig;
import org.laudable.Refused;
import org.laudable.database.Sql;

/** Which account belongs to whom at the provider of single sign-on: the administrator's to say. */
@ApplicationScoped
public class SsoLinks {
    private final AccountRepository accounts;
    private final SsoAccounts ssoAccounts;
    private final LinkRepository links;
    private final CurrentUser currentUser;
    private final AuditLog audit;
    private final Event<AccountChanged> changed;
    private final Sql sql;
    private final LaudableConfig config;

    SsoLinks(AccountRepository accounts, SsoAccounts ssoAccounts, LinkRepository links, CurrentUser currentUser, AuditLog audit,
            Event<AccountChanged> changed, Sql sql, LaudableConfig config) {
        this.accounts = accounts;
        this.ssoAccounts = ssoAccounts;
        this.links = links;
        this.currentUser = currentUser;
        this.audit = audit;
        this.changed = changed;
        this.sql = sql;
        this.config = config;
    }

    /** People the provider sent who were stopped because an account has their user name, by that account's id. */
    @Transactional
    public Map<Long, ProviderPerson> waiting() {
        currentUser.requireAdmin();
        return sql.list("""
                select p.account_id, p.issuer, p.subject, a.username, p.name, p.email from sso_pending p
                join account a on a.id = p.account_id order by p.at""", row -> Map.entry(row.getLong(1), person(row)))
                .stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (earlier, later) -> later));
    }

    /** Of these subjects of the configured issuer, who has an account already. */
    @Transactional
    public Set<String> known(List<String> subjects) {
        currentUser.requireAdmin();
        return Set.copyOf(sql.list("select sso_subject from account where sso_issuer = ? and sso_subject = any (?)",
                row -> row.getString(1), config.oidc().issuer().orElse(""), subjects.toArray(String[]::new)));
    }

    /** The account with this person's user name that is not theirs, if there is one. */
    @Transactional
    public Optional<Person> namesake(ProviderPerson person) {
        currentUser.requireAdmin();
        return accounts.byUsername(SsoAccounts.username(person)).map(Account::person);
    }

    /** Makes an account for somebody found at the provider, before they come for the first time. */
    @Transactional
    public Person add(ProviderPerson person) {
        currentUser.requireAdmin();
        if (accounts.bySubject(person.issuer(), person.subject()).isPresent()) {
            throw new Refused(person.name() + " has an account already.");
        }
        String username = SsoAccounts.username(person);
        if (accounts.byUsername(username).isPresent()) {
            throw new Refused("The user name " + username + " is taken. Join the two accounts instead.");
        }
        return ssoAccounts.create(person, username).person();
    }

    /**
     * From now on the account belongs to this person: its password is gone (but for the one who may sign in when the
     * provider is down) and they come by single sign-on.
     */
    @Transactional
    public Person join(long accountId, ProviderPerson person) {
        currentUser.requireAdmin();
        Account account = accounts.locked(accountId).orElseThrow(() -> new Refused("This account is no longer there."));
        if (accounts.bySubject(person.issuer(), person.subject()).filter(other -> !other.id.equals(accountId)).isPresent()) {
            throw new Refused(person.name() + " has another account already.");
        }
        boolean keepsPassword = config.breakGlass().filter(account.username::equals).isPresent();
        if (!keepsPassword && account.admin && account.enabled && account.passwordHash != null) {
            accounts.lockCounting();
            if (accounts.enabledAdmins() <= 1) {
                throw new Refused("This is the last administrator with a password. Without one, nobody could sign in when the provider is down.");
            }
        }
        account.ssoIssuer = person.issuer();
        account.ssoSubject = person.subject();
        if (!keepsPassword) {
            account.passwordHash = null;
            links.dropUnused(accountId);
        }
        account.sessionEpoch++;
        sql.update("delete from sso_pending where account_id = ?", accountId);
        audit.record("account.sso-joined", "account:" + accountId, null, Map.of("subject", person.subject()));
        changed.fire(new AccountChanged(accountId, true));
        accounts.flush();
        return account.person();
    }

    private static ProviderPerson person(ResultSet row) throws SQLException {
        return new ProviderPerson(row.getString(2), row.getString(3), row.getString(4), row.getString(5), row.getString(6));
    }
}
