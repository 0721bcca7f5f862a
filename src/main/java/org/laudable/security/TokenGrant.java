package org.laudable.security;

import io.quarkus.security.ForbiddenException;
import java.util.Optional;
import java.util.Set;

/**
 * What the token of the current request allows; never more than its person may do.
 *
 * @param projects empty: all projects the person is a member of
 */
public record TokenGrant(long tokenId, Set<TokenAction> actions, Optional<Set<Long>> projects) {

    /** @throws ForbiddenException if the token is not for this */
    public void require(TokenAction action) {
        if (!actions.contains(action)) {
            throw new ForbiddenException("This token is not for " + action + ". Make one that is.");
        }
    }

    public boolean covers(long projectId) {
        return projects.isEmpty() || projects.get().contains(projectId);
    }
}
