package org.laudable.security;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.laudable.LaudableConfig;

/**
 * Whether a session still holds: asked on every request. What it knows of an account is at most {@link #FRESH} old, so
 * a disabled person is out within that time on every replica, and at once on the one where it was done.
 */
@ApplicationScoped
class Sessions {
    static final Duration FRESH = Duration.ofSeconds(3);
    private static final int MANY = 10_000;

    private final DataSource dataSource;
    private final Clock clock;
    private final Map<Long, Known> accounts = new ConcurrentHashMap<>();
    private final Map<String, Instant> ended = new ConcurrentHashMap<>();
    private final Map<String, KnownSso> bySso = new ConcurrentHashMap<>();
    private final LocalSignIn localSignIn;
    private final LaudableConfig config;

    Sessions(DataSource dataSource, LocalSignIn localSignIn, LaudableConfig config, Clock clock) {
        this.dataSource = dataSource;
        this.localSignIn = localSignIn;
        this.config = config;
        this.clock = clock;
    }

    /** The identity behind a session; empty if the session is over. May ask the database. */
    Optional<SecurityIdentity> identity(SessionPrincipal session) {
        return standing(session).map(known -> {
            QuarkusSecurityIdentity.Builder identity = QuarkusSecurityIdentity.builder().setPrincipal(session)
                    .addRole("USER").addAttribute(CurrentUser.ATTRIBUTE, known.user());
            if (known.readOnly()) {
                identity.addAttribute(ReadOnlyGate.ATTRIBUTE, true);
            }
            if (known.user().admin()) {
                identity.addRole(CurrentUser.ADMIN);
            }
            return identity.build();
        });
    }

    /** The person behind a session; empty if the session is over. May ask the database. */
    Optional<User> user(SessionPrincipal session) {
        return standing(session).map(Standing::user);
    }

    /** Somebody who may come in, whatever their session. May ask the database. */
    Optional<User> known(long accountId) {
        return account(accountId).filter(State::enabled).map(State::user);
    }

    /** How the person wants to see Laudable. */
    Optional<Preferences> preferences(long accountId) {
        return account(accountId).map(State::preferences);
    }

    /** Ends this one session: someone signed out. Here at once, in other processes within {@link #FRESH}. */
    void end(SessionPrincipal session) {
        Instant now = clock.instant();
        if (ended.size() > MANY) {
            ended.values().removeIf(now::isAfter);
        }
        Instant until = Instant.ofEpochSecond(session.signedInAt()).plus(SessionPrincipal.LONGEST);
        ended.put(session.getName(), until);
        try (Connection connection = dataSource.getConnection();
                PreparedStatement old = connection.prepareStatement("delete from ended_session where until < now()");
                PreparedStatement write = connection.prepareStatement(
                        "insert into ended_session (account_id, name, until) values (?, ?, ?) on conflict do nothing")) {
            old.executeUpdate();
            write.setLong(1, session.accountId());
            write.setString(2, session.getName());
            write.setObject(3, until.atOffset(ZoneOffset.UTC));
            write.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("The end of a session cannot be kept", e);
        }
    }

    void forget(@Observes(during = TransactionPhase.AFTER_COMPLETION) AccountChanged changed) {
        accounts.remove(changed.accountId());
    }

    void forget(@Observes(during = TransactionPhase.AFTER_COMPLETION) SessionEnded over) {
        bySso.remove(over.nonce());
    }

    /** Whether the session, asked about a moment ago, was good for reading only. Asks nobody. */
    boolean knownReadOnly(SessionPrincipal session) {
        KnownSso known = bySso.get(session.nonce());
        return known != null && known.readOnly().orElse(false);
    }

    /** The person behind a session and what they may do with it; empty if it is over. May ask the database. */
    Optional<Standing> standing(SessionPrincipal session) {
        if (session.isOver(clock.instant()) || ended.containsKey(session.getName())) {
            return Optional.empty();
        }
        Optional<State> state = account(session.accountId()).filter(known -> known.enabled() && known.epoch() == session.epoch() && !known.ended().contains(session.getName()));
        if (session.isSso()) {
            return state.flatMap(known -> readOnly(session).map(readOnly -> new Standing(known.user(), readOnly)));
        }
        return state.filter(known -> localSignIn.open(known.user().username())).map(known -> new Standing(known.user(), false));
    }

    /** Empty: the session by single sign-on is over. */
    private Optional<Boolean> readOnly(SessionPrincipal session) {
        Instant now = clock.instant();
        KnownSso known = bySso.get(session.nonce());
        if (known == null || now.isAfter(known.readAt().plus(FRESH))) {
            if (bySso.size() > MANY) {
                bySso.clear();
            }
            known = new KnownSso(readSso(session), now);
            bySso.put(session.nonce(), known);
        }
        return known.readOnly();
    }

    private Optional<Boolean> readSso(SessionPrincipal session) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement query = connection.prepareStatement("""
                        select checked_at < now() - make_interval(secs => ?) from sso_session
                        where nonce = ? and account_id = ? and ended_at is null""")) {
            query.setDouble(1, config.oidc().readOnlyAfter().toMillis() / 1_000.0);
            query.setString(2, session.nonce());
            query.setLong(3, session.accountId());
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? Optional.of(row.getBoolean(1)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The sessions cannot be read", e);
        }
    }

    private Optional<State> account(long id) {
        Instant now = clock.instant();
        Known known = accounts.get(id);
        if (known == null || now.isAfter(known.readAt().plus(FRESH))) {
            if (accounts.size() > MANY) {
                accounts.clear();
            }
            known = new Known(read(id), now);
            accounts.put(id, known);
        }
        return known.account();
    }

    private Optional<State> read(long id) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement query = connection.prepareStatement("""
                        select username, display_name, admin, enabled, session_epoch, language, theme,
                          array(select name from ended_session where account_id = account.id and until > now())
                        from account where id = ?""")) {
            query.setLong(1, id);
            try (ResultSet row = query.executeQuery()) {
                return row.next()
                        ? Optional.of(new State(new User(id, row.getString(1), row.getString(2), row.getBoolean(3)),
                                row.getBoolean(4), row.getInt(5), new Preferences(row.getString(6), row.getString(7)),
                                Set.of((String[]) row.getArray(8).getArray())))
                        : Optional.empty();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The accounts cannot be read", e);
        }
    }

    private record KnownSso(Optional<Boolean> readOnly, Instant readAt) {}

    private record Known(Optional<State> account, Instant readAt) {}

    private record State(User user, boolean enabled, int epoch, Preferences preferences, Set<String> ended) {}
}
