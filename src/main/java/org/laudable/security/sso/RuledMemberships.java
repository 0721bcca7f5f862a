package org.laudable.security.sso;

import java.util.Map;

/** Makes a person's memberships what the rules say; the projects implement it. Never touches those made by hand. */
public interface RuledMemberships {

    /** @param roles by project: MANAGER, REVIEWER or ANNOTATOR; in all other projects a rule gives them nothing */
    void set(long accountId, Map<Long, String> roles);
}
