package org.laudable.security;

import java.util.Optional;
import java.util.Set;

/**
 * A token a person asks for.
 *
 * @param projects empty: all projects of the person, also later ones
 * @param days     how long it is valid, 1 to 366
 */
public record NewToken(String name, Set<TokenAction> actions, Optional<Set<Long>> projects, int days) {
    public static final int USUAL_DAYS = 90;
    public static final int MOST_DAYS = 366;
}
