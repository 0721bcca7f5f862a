package org.laudable.security;

import io.quarkus.security.ForbiddenException;

/**
 * Something that is not there, or is none of the person's business: the two look alike, so that ids cannot be tried out.
 * REST answers 404.
 */
public final class OutOfReach extends ForbiddenException {
    public OutOfReach(String message) {
        super(message);
    }
}
