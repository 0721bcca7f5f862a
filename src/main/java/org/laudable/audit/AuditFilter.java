package org.laudable.audit;

import java.time.Instant;
import java.util.Optional;

/**
 * Which deeds; empty: all.
 *
 * @param feature the first part of an action: 'project' of 'project.created'
 * @param from inclusive
 * @param to exclusive
 * @param text somewhere in action, subject or details, whatever its case
 */
public record AuditFilter(Optional<Long> accountId, Optional<String> feature, Optional<Long> projectId, Optional<Instant> from,
        Optional<Instant> to, Optional<String> text) {
    public static final AuditFilter ALL =
            new AuditFilter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public AuditFilter inProject(long projectId) {
        return new AuditFilter(accountId, feature, Optional.of(projectId), from, to, text);
    }
}
