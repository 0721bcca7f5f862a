package org.laudable.security;

import java.util.Optional;
import java.util.Set;

/**
 * What the token of the current request allows; never more than its person may do.
 *
 * @param projects empty: all projects the person is a member of
 */
public record TokenGrant(long tokenId, Set<TokenAction> actions, Optional<Set<Long>> projects) {

    public boolean covers(long projectId) {
        return projects.isEmpty() || projects.get().contains(projectId);
    }
}
