package org.laudable.security.sso;

import java.util.Optional;

/**
 * The provider's word that a session is over.
 *
 * @param subject whose; all of theirs where no session is named
 */
record LogoutToken(String id, Optional<String> sid, Optional<String> subject) {}
