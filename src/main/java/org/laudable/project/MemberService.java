package org.laudable.project;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.laudable.Refused;
import org.laudable.live.ProjectEvents;
import org.laudable.security.AuditLog;
import org.laudable.security.CurrentUser;

/** Who works in which project, and as what. Members are a manager's to choose. */
@ApplicationScoped
public class MemberService {
    private final CurrentUser currentUser;
    private final ProjectAccess access;
    private final MemberRepository members;
    private final AuditLog audit;
    private final Event<MembersChanged> changed;
    private final ProjectEvents events;

    MemberService(CurrentUser currentUser, ProjectAccess access, MemberRepository members, AuditLog audit,
            Event<MembersChanged> changed, ProjectEvents events) {
        this.currentUser = currentUser;
        this.access = access;
        this.members = members;
        this.audit = audit;
        this.changed = changed;
        this.events = events;
    }

    /** The projects the signed-in person may enter, by name, archived ones last; an administrator manages all. */
    @Transactional
    public List<Membership> mine() {
        return members.ofPerson(currentUser.require());
    }

    /** The signed-in person's part in this project; empty if they have none. */
    @Transactional
    public Optional<Membership> mine(long projectId) {
        return members.ofPerson(currentUser.require(), projectId);
    }

    /** The project's members: managers first, then by name. */
    @Transactional
    public List<Member> members(long projectId) {
        access.require(projectId, Role.MANAGER);
        return members.ofProject(projectId);
    }

    /** People with an enabled account who are not in the project, by name. */
    @Transactional
    public List<Candidate> candidates(long projectId) {
        access.require(projectId, Role.MANAGER);
        return members.candidates(projectId);
    }

    /** Adds people; whoever is in already keeps their role. */
    @Transactional
    public void add(long projectId, Collection<Long> accountIds, Role role) {
        access.require(projectId, Role.MANAGER);
        for (long accountId : accountIds) {
            if (members.add(projectId, accountId, role)) {
                audit.record("member.added", "account:" + accountId, projectId, Map.of("role", role));
            }
        }
        changed.fire(new MembersChanged(projectId));
    }

    /** @throws Refused if this would leave the project without a manager */
    @Transactional
    public void changeRole(long projectId, long accountId, Role role) {
        access.require(projectId, Role.MANAGER);
        members.lock(projectId);
        Optional<Role> before = members.role(projectId, accountId);
        if (role != Role.MANAGER) {
            refuseIfLastManager(projectId, accountId);
        }
        if (!members.changeRole(projectId, accountId, role)) {
            throw new Refused("This person is no longer in the team.");
        }
        audit.changed("member.role-changed", "account:" + accountId, projectId, Map.of("role", before.orElseThrow()), Map.of("role", role));
        changed.fire(new MembersChanged(projectId));
    }

    /**
     * Takes someone out of the project. Their labels stay.
     *
     * @throws Refused if this would leave the project without a manager
     */
    @Transactional
    public void remove(long projectId, long accountId) {
        access.require(projectId, Role.MANAGER);
        members.lock(projectId);
        refuseIfLastManager(projectId, accountId);
        Optional<Role> before = members.role(projectId, accountId);
        if (members.remove(projectId, accountId)) {
            audit.record("member.removed", "account:" + accountId, projectId, Map.of("role", before.orElseThrow()));
            changed.fire(new MembersChanged(projectId));
        }
    }

    void publish(@Observes(during = TransactionPhase.AFTER_SUCCESS) MembersChanged news) {
        events.publish(news.projectId(), ProjectEvents.Kind.MEMBERS);
    }

    private void refuseIfLastManager(long projectId, long accountId) {
        if (members.isOnlyManager(projectId, accountId)) {
            throw new Refused("A project needs a manager. Make someone else a manager first.");
        }
    }
}
