package org.laudable.security;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import org.jboss.logging.Logger;
import org.laudable.LaudableConfig;
import org.laudable.Refused;
import org.laudable.database.DataFolder;

/**
 * The very first account. As long as there is none, the console shows a one-time code, and whoever knows it makes the
 * first administrator: who reads the console owns the machine. The code has 60 random bits; guessing it needs no slowing down.
 * It comes from a secret in the data folder, so all processes know the same.
 */
@ApplicationScoped
public class FirstAdmin {
    private static final Logger LOG = Logger.getLogger("laudable");
    private static final String LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private static final int CODE_LENGTH = 12;

    private final AccountRepository accounts;
    private final PasswordRules rules;
    private final PasswordHashing hashing;
    private final AuditLog audit;
    private final LaudableConfig config;
    private final Clock clock;
    private volatile String code;
    private volatile boolean made;

    FirstAdmin(AccountRepository accounts, PasswordRules rules, PasswordHashing hashing, AuditLog audit,
            LaudableConfig config, Clock clock) {
        this.accounts = accounts;
        this.rules = rules;
        this.hashing = hashing;
        this.audit = audit;
        this.config = config;
        this.clock = clock;
    }

    void announce(@Observes @Priority(Interceptor.Priority.APPLICATION + 900) StartupEvent started) {
        if (config.role().servesPages() && !config.demo() && QuarkusTransaction.requiringNew().call(this::isMissing)) {
            LOG.infof("There is no account yet. The first page asks for this one-time code: %s-%s-%s",
                    code().substring(0, 4), code().substring(4, 8), code().substring(8));
        }
    }

    /** Whether there is no account at all. */
    @Transactional
    public boolean isMissing() {
        if (!made) {
            made = accounts.count() > 0;
        }
        return !made;
    }

    /**
     * Makes the first administrator. Open to everyone who knows the code, while there is no account.
     *
     * @throws Refused if there is an account, the code is wrong, or name or password break a rule
     */
    @Transactional
    public void create(String saidCode, String username, String displayName, String password) {
        accounts.lockCounting();
        if (accounts.count() > 0) {
            throw new Refused("There is an account already. Sign in, or ask an administrator for an invitation.");
        }
        if (!isCode(saidCode)) {
            throw new Refused("This is not the code that the console shows.");
        }
        if (!Usernames.isValid(username)) {
            throw new Refused("A user name has 2 to 64 small letters, digits, dots, dashes or underscores, and starts with a letter or digit.");
        }
        if (displayName.isBlank() || displayName.length() > 120) {
            throw new Refused("A name has 1 to 120 characters.");
        }
        if (!config.localAccounts() && !config.breakGlass().equals(java.util.Optional.of(username))) {
            throw new Refused("Local accounts are off: the first administrator is " + config.breakGlass().orElse("")
                    + ", who may sign in here when the provider is down.");
        }
        rules.check(username, password);
        Account account = new Account();
        account.username = username;
        account.displayName = displayName.strip();
        account.passwordHash = hashing.hash(password);
        account.admin = true;
        account.createdAt = clock.instant();
        accounts.persistAndFlush(account);
        audit.record(account.id, "account.created", "account:" + account.id, null, Map.of("username", username, "first", true));
    }

    String code() {
        if (code == null) {
            code = codeOf(config.data());
        }
        return code;
    }

    private boolean isCode(String said) {
        String bare = said.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
        return MessageDigest.isEqual(bare.getBytes(StandardCharsets.UTF_8), code().getBytes(StandardCharsets.UTF_8));
    }

    private static String codeOf(Path data) {
        try {
            byte[] bytes = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(DataFolder.secret(data, "first-admin.key")));
            StringBuilder code = new StringBuilder(CODE_LENGTH);
            for (int i = 0; i < CODE_LENGTH; i++) {
                code.append(LETTERS.charAt(bytes[i] & 31));
            }
            return code.toString();
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("The code for the first administrator cannot be made in " + data, e);
        }
    }
}
