package org.laudable.audit;

import java.time.Instant;
import java.util.Optional;

/**
 * One deed in the audit trail.
 *
 * @param who the person's name as it is now; empty: nobody was signed in, or the work was Laudable's own
 * @param action as {@code feature.verb}
 * @param subject as {@code kind:id}
 * @param project its name; empty outside of projects, and where the project is deleted
 * @param details JSON; for a change each field as {@code {"before": …, "after": …}}
 * @param origin the caller's address
 * @param token the name of the access token it was done with
 */
public record AuditEvent(long id, Instant at, Optional<String> who, String action, String subject, Optional<Long> projectId,
        Optional<String> project, String details, Optional<String> origin, Optional<String> token) {}
