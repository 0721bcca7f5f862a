package org.laudable.budget;

import java.util.Optional;

/** Which entries of a ledger; empty: all. */
public record LedgerFilter(Optional<String> kind, Optional<Source> source) {
    public static final LedgerFilter ALL = new LedgerFilter(Optional.empty(), Optional.empty());
}
