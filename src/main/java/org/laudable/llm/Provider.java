package org.laudable.llm;

import java.time.Instant;
import java.util.Optional;

/**
 * A configured provider, without its key.
 *
 * @param version goes up with every change; an edit says which version it started from
 * @param hasKey whether a key is stored
 * @param triedAt when a test call last got an answer; empty: never
 */
public record Provider(long id, int version, ProviderSettings settings, boolean hasKey, boolean enabled,
        Optional<Instant> triedAt) {

    public String name() {
        return settings.name();
    }
}
