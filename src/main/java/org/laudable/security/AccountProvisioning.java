package org.laudable.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.laudable.LaudableConfig;

/** Makes the accounts of the sample team. For the start of the demo; checks no access and works in demo mode only. */
@ApplicationScoped
public class AccountProvisioning {
    private final AccountRepository accounts;
    private final PasswordHashing hashing;
    private final LaudableConfig config;
    private final Clock clock;
    private final List<DemoAccount> shown = new CopyOnWriteArrayList<>();

    AccountProvisioning(AccountRepository accounts, PasswordHashing hashing, LaudableConfig config, Clock clock) {
        this.accounts = accounts;
        this.hashing = hashing;
        this.config = config;
        this.clock = clock;
    }

    /** An account whose password is no secret: the sign-in page shows it. */
    public record DemoAccount(String username, String displayName, String password) {}

    /** Makes the account, or gives it this password again if it is there. */
    @Transactional
    public User createForDemo(String username, String displayName, String password, boolean admin) {
        if (!config.demo()) {
            throw new IllegalStateException("Sample accounts are made in demo mode only");
        }
        Account account = accounts.byUsername(username).orElseGet(Account::new);
        if (account.id == null) {
            account.username = username;
            account.displayName = displayName;
            account.admin = admin;
            account.createdAt = clock.instant();
        }
        if (account.passwordHash == null || !hashing.matches(password, account.passwordHash)) {
            account.passwordHash = hashing.hash(password);
        }
        accounts.persistAndFlush(account);
        shown.removeIf(other -> other.username().equals(username));
        shown.add(new DemoAccount(username, account.displayName, password));
        return account.user();
    }

    /** The sample accounts in the order they were made; empty outside of demo mode. */
    public List<DemoAccount> demoAccounts() {
        return List.copyOf(shown);
    }
}
