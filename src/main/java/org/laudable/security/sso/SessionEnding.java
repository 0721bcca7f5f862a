package org.laudable.security.sso;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import org.laudable.security.AccountChanged;
import org.laudable.security.ProviderLogout;
import org.laudable.security.SessionEnded;
import org.laudable.security.SsoAccounts;

/** Ends sessions that came by single sign-on, whoever says so: the person, the provider, or an administrator here. */
@ApplicationScoped
class SessionEnding implements ProviderLogout {
    private final SsoSessions sessions;
    private final SsoAccounts accounts;
    private final Provider provider;
    private final Event<SessionEnded> ended;
    private final Event<AccountChanged> changed;

    SessionEnding(SsoSessions sessions, SsoAccounts accounts, Provider provider, Event<SessionEnded> ended, Event<AccountChanged> changed) {
        this.sessions = sessions;
        this.accounts = accounts;
        this.provider = provider;
        this.ended = ended;
        this.changed = changed;
    }

    /** The person signs out here. */
    @Override
    @Transactional
    public Optional<String> end(String nonce, String backTo) {
        List<SsoSessions.Ended> over = sessions.endByNonce(nonce, "signed out");
        tell(over);
        return over.stream().findFirst().flatMap(session -> provider.endSession(session.idToken(), backTo));
    }

    /** The provider says that the person signed out, of one session or of all. A token counts once. */
    @Transactional
    public void signedOut(LogoutToken token) {
        if (!sessions.firstSeen(token.id())) {
            return;
        }
        if (token.sid().isPresent()) {
            tell(sessions.endBySid(token.sid().get(), "signed out at the provider"));
        } else {
            token.subject().flatMap(subject -> sessions.account(provider.issuer(), subject))
                    .ifPresent(account -> tell(sessions.endByAccount(account, "signed out at the provider")));
        }
    }

    /** The session has run out at the provider. */
    @Transactional
    public void ranOut(SsoSessions.Live session) {
        tell(sessions.endByNonce(session.nonce(), "ran out"));
    }

    /** The provider knows the person no more: all their sessions and tokens are over. */
    @Transactional
    public void refused(SsoSessions.Live session, String reason) {
        accounts.endAll(session.accountId(), reason);
    }

    /** Sessions that ended with their account's epoch need no check any more. */
    void follow(@Observes AccountChanged change) {
        if (change.sessionsEnded()) {
            sessions.endByAccount(change.accountId(), "all sessions ended").forEach(over -> ended.fire(new SessionEnded(over.nonce())));
        }
    }

    private void tell(List<SsoSessions.Ended> over) {
        over.forEach(session -> ended.fire(new SessionEnded(session.nonce())));
        over.stream().map(SsoSessions.Ended::accountId).distinct().filter(account -> !sessions.anyLive(account))
                .forEach(account -> changed.fire(new AccountChanged(account, true)));
    }
}
