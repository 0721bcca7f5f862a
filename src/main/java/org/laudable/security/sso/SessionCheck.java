package org.laudable.security.sso;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.laudable.LaudableConfig;
import org.laudable.PeriodicTask;

/**
 * Asks the provider about every session that lives, whether its person clicks or not: it says nothing by itself when it
 * disables somebody. A fresh token means yes, and brings the person's present roles and groups; a refusal ends the session.
 * One replica at a time asks about a session.
 */
@ApplicationScoped
class SessionCheck {
    private static final Logger LOG = Logger.getLogger(SessionCheck.class);
    private static final int AT_ONCE = 8;
    private static final int BUNDLE = 200;
    private static final Duration TICK = Duration.ofSeconds(2);
    /** Longer than one question to the provider takes with all its timeouts. */
    private static final Duration MINE = Duration.ofSeconds(45);
    private static final Duration AGAIN = Duration.ofSeconds(10);
    private static final int TICKS_PER_CLEANING = 1_800;

    private final Provider provider;
    private final SsoSessions sessions;
    private final SessionEnding ending;
    private final ClaimRules rules;
    private final LaudableConfig config;
    private final PeriodicTask timer = new PeriodicTask("sso-check", this::tick, "The sessions could not be looked at");
    private final ExecutorService asking = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore places = new Semaphore(AT_ONCE);
    private final AtomicBoolean away = new AtomicBoolean();
    private int ticks;

    SessionCheck(Provider provider, SsoSessions sessions, SessionEnding ending, ClaimRules rules, LaudableConfig config) {
        this.provider = provider;
        this.sessions = sessions;
        this.ending = ending;
        this.rules = rules;
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        if (config.role().servesPages() && provider.isConfigured()) {
            timer.start(TICK);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        asking.shutdownNow(); // the provider may be slow, and is asked again
        timer.stop();
    }

    /** When to ask about a session next: a little earlier than is due, never for all at once. */
    Duration next() {
        return spread(config.oidc().checkEvery());
    }

    private void tick() {
        try {
            look();
            if (ticks++ % TICKS_PER_CLEANING == 0) {
                sessions.clean();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Asks about every session that is due, and comes back when all answers are in. */
    void look() throws InterruptedException {
        for (List<SsoSessions.Live> due = take(); !due.isEmpty(); due = take()) {
            asking.invokeAll(due.stream().map(session -> Executors.callable(() -> askInTurn(session))).toList());
        }
    }

    private List<SsoSessions.Live> take() {
        return QuarkusTransaction.requiringNew().call(() -> sessions.take(BUNDLE, MINE));
    }

    private void askInTurn(SsoSessions.Live session) {
        places.acquireUninterruptibly();
        try {
            ask(session);
        } catch (RuntimeException e) {
            LOG.warnf(e, "A session of account %d could not be checked; it is tried again", session.accountId());
        } finally {
            places.release();
        }
    }

    private void ask(SsoSessions.Live session) {
        Renewal renewal = session.refreshToken().map(provider::renew)
                .orElseGet(() -> new Renewal.Over("its token cannot be decrypted with this data folder's key"));
        switch (renewal) {
            case Renewal.Renewed(Tokens tokens, ProviderClaims claims) when claims.person().subject().equals(session.subject()) -> {
                if (away.compareAndSet(true, false)) {
                    LOG.info("The provider of single sign-on answers again");
                }
                boolean lives = QuarkusTransaction.requiringNew().call(() -> sessions.renewed(session, tokens, next()));
                if (lives) {
                    QuarkusTransaction.requiringNew().run(() -> rules.apply(session.accountId(), claims));
                }
            }
            case Renewal.Renewed other -> ending.refused(session, "the token is about somebody else");
            case Renewal.Over over when session.ranOut() -> ending.ranOut(session);
            case Renewal.Over(String reason) -> ending.refused(session, reason);
            case Renewal.Unreachable(String reason) -> {
                if (away.compareAndSet(false, true)) {
                    LOG.warnf("The provider of single sign-on does not answer: %s. After %d s its people can only read.",
                            reason, config.oidc().readOnlyAfter().toSeconds());
                }
                Duration every = config.oidc().checkEvery();
                sessions.tryAgain(session, spread(every.compareTo(AGAIN) < 0 ? every : AGAIN));
            }
        }
    }

    private static Duration spread(Duration most) {
        return Duration.ofMillis((long) (most.toMillis() * ThreadLocalRandom.current().nextDouble(0.8, 1.0)));
    }
}
