package org.laudable.security;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Lets the open pages ask again and again whether their session still holds, here or where another replica ended it. */
@ApplicationScoped
public class SessionWatch {
    private final Sessions sessions;

    SessionWatch(Sessions sessions) {
        this.sessions = sessions;
    }

    /** @param principalName whose page it is; empty answer: the session is over */
    public Optional<Standing> standing(String principalName) {
        return SessionPrincipal.parse(principalName).flatMap(sessions::standing);
    }

    /** Whether this page belongs to a sign-in with this nonce. */
    public static boolean isOf(String principalName, String nonce) {
        return SessionPrincipal.parse(principalName).filter(session -> session.nonce().equals(nonce)).isPresent();
    }
}
