package org.laudable.project;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.laudable.security.AuditLog;
import org.laudable.security.sso.RuledMemberships;

/**
 * The memberships that follow from what the provider of single sign-on says about a person. For {@code security.sso}; checks
 * no access. A role that somebody gave by hand stays as it is.
 */
@ApplicationScoped
class MembershipsByRule implements RuledMemberships {
    private final MemberRepository members;
    private final AuditLog audit;
    private final Event<MembersChanged> changed;
    private final Event<ProjectWithoutManager> withoutManager;

    MembershipsByRule(MemberRepository members, AuditLog audit, Event<MembersChanged> changed, Event<ProjectWithoutManager> withoutManager) {
        this.members = members;
        this.audit = audit;
        this.changed = changed;
        this.withoutManager = withoutManager;
    }

    @Override
    @Transactional
    public void set(long accountId, Map<Long, String> roles) {
        Map<Long, Role> present = members.byRule(accountId);
        Map<Long, Role> wanted = new TreeMap<>();
        roles.forEach((project, role) -> wanted.put(project, Role.valueOf(role)));
        if (present.equals(wanted)) {
            return;
        }
        TreeSet<Long> projects = new TreeSet<>(present.keySet()); // in order: two checks at once do not wait for each other
        projects.addAll(wanted.keySet());
        projects.forEach(project -> set(project, accountId, Optional.ofNullable(wanted.get(project))));
    }

    private void set(long projectId, long accountId, Optional<Role> wanted) {
        Optional<Role> present = Optional.ofNullable(members.byRule(accountId).get(projectId));
        if (present.equals(wanted) || present.isEmpty() && members.role(projectId, accountId).isPresent()) {
            return;
        }
        members.lock(projectId);
        boolean only = wanted.filter(role -> role == Role.MANAGER).isEmpty() && members.isOnlyManager(projectId, accountId);
        members.setByRule(projectId, accountId, wanted);
        audit.record("member." + (wanted.isEmpty() ? "removed" : present.isEmpty() ? "added" : "role-changed"), "account:" + accountId, projectId,
                Map.of("role", wanted.or(() -> present).orElseThrow(), "rule", true));
        changed.fire(new MembersChanged(projectId));
        if (only) {
            withoutManager.fire(new ProjectWithoutManager(projectId));
        }
    }
}
