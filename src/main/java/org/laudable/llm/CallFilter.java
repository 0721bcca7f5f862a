package org.laudable.llm;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which calls to show; empty parts let all through.
 *
 * @param outcome one outcome, or one of the groups ANSWERED (with cached and partial ones) and ABSENT
 */
public record CallFilter(OptionalLong providerId, Optional<String> outcome, Optional<String> purpose, OptionalLong projectId) {
    public static final String ABSENT = "ABSENT";
    public static final CallFilter ALL = new CallFilter(OptionalLong.empty(), Optional.empty(), Optional.empty(), OptionalLong.empty());
}
