package org.laudable.security;

import java.util.Optional;

/** Signing out at the provider of single sign-on as well; {@code security.sso} does it. */
public interface ProviderLogout {

    /**
     * Ends the session with this nonce.
     *
     * @param backTo the address the provider sends the browser to afterwards
     * @return where to send the browser; empty: nowhere
     */
    Optional<String> end(String nonce, String backTo);
}
