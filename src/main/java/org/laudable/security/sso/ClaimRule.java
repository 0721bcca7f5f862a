package org.laudable.security.sso;

import java.util.Optional;
import java.util.Set;

/**
 * Whom the provider gives a role or puts in a group is an administrator, or has a role in a project.
 *
 * @param membership empty: administrator
 */
public record ClaimRule(long id, ClaimKind kind, String value, Optional<Membership> membership) {

    /** @param role MANAGER, REVIEWER or ANNOTATOR */
    public record Membership(long projectId, String role) {}

    boolean matches(Set<String> roles, Set<String> groups) {
        return switch (kind) {
            case ROLE -> roles.contains(value);
            case GROUP -> groups.stream().anyMatch(group -> group.equals(value) || group.startsWith(value + "/"));
        };
    }
}
