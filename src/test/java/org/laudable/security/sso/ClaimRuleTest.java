package org.laudable.security.sso;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whom a rule reaches. */
class ClaimRuleTest {
    @Test
    void a_role_is_matched_whole() {
        ClaimRule rule = new ClaimRule(1, ClaimKind.ROLE, "boss", Optional.empty());

        assertTrue(rule.matches(Set.of("boss"), Set.of()));
        assertFalse(rule.matches(Set.of("bossy"), Set.of("boss", "/boss")));
    }

    @Test
    void a_group_reaches_the_groups_below_it_and_no_namesakes() {
        ClaimRule rule = new ClaimRule(1, ClaimKind.GROUP, "/team", Optional.of(new ClaimRule.Membership(7, "ANNOTATOR")));

        assertTrue(rule.matches(Set.of(), Set.of("/team")));
        assertTrue(rule.matches(Set.of(), Set.of("/team/night")));
        assertFalse(rule.matches(Set.of("/team"), Set.of("/teams", "/other/team")));
    }

    @Test
    void of_two_roles_in_one_project_the_stronger_counts() {
        assertEquals("MANAGER", ClaimRules.stronger("ANNOTATOR", "MANAGER"));
        assertEquals("REVIEWER", ClaimRules.stronger("REVIEWER", "ANNOTATOR"));
    }
}
