package org.laudable.project;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import org.laudable.security.CurrentUser;

/** Who works in which project, and as what. */
@ApplicationScoped
public class MemberService {
    private final CurrentUser currentUser;
    private final MemberRepository members;

    MemberService(CurrentUser currentUser, MemberRepository members) {
        this.currentUser = currentUser;
        this.members = members;
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
}
