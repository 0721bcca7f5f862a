package org.laudable.security;

import java.util.Optional;

/**
 * Tells whose page is being worked on outside a request: when news is pushed to an open tab. The pages implement it.
 */
public interface PageSession {

    /** The name of the principal the open page belongs to; empty if no page is being worked on or nobody is signed in. */
    Optional<String> principalName();
}
