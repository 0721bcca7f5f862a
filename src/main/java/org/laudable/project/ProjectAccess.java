package org.laudable.project;

import io.quarkus.security.ForbiddenException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.Optional;
import org.laudable.security.CurrentUser;
import org.laudable.security.OutOfReach;
import org.laudable.security.User;

/**
 * Who may do what in a project. Every service asks here first; deny is the default. An administrator manages every
 * project.
 */
@ApplicationScoped
public class ProjectAccess {
    private final CurrentUser currentUser;
    private final EntityManager entities;

    ProjectAccess(CurrentUser currentUser, EntityManager entities) {
        this.currentUser = currentUser;
        this.entities = entities;
    }

    /**
     * The signed-in person, if they have at least this role in the project.
     *
     * @throws OutOfReach if they are no member, or there is no such project
     * @throws ForbiddenException if their role is too small
     */
    @Transactional
    public User require(long projectId, Role atLeast) {
        User user = currentUser.require();
        Role role = myRole(projectId).orElseThrow(() -> new OutOfReach("There is no such project, or you have no access to it."));
        if (!role.includes(atLeast)) {
            throw new ForbiddenException("You have no access to this project, or not the role this needs.");
        }
        return user;
    }

    /** The role of the signed-in person in the project; an administrator counts as MANAGER. */
    @Transactional
    public Optional<Role> myRole(long projectId) {
        User user = currentUser.require();
        if (!inReach(projectId)) {
            return Optional.empty();
        }
        return user.admin() && exists(projectId) ? Optional.of(Role.MANAGER) : roleOf(projectId, user.id());
    }

    /** Whether the token of the request, if there is one, covers the project. */
    public boolean inReach(long projectId) {
        return currentUser.token().filter(token -> !token.covers(projectId)).isEmpty();
    }

    /**
     * The signed-in person, who may make a project: everyone, but not with a token for certain projects.
     *
     * @throws ForbiddenException otherwise
     */
    public User requireNewProject() {
        User user = currentUser.require();
        if (currentUser.token().filter(token -> token.projects().isPresent()).isPresent()) {
            throw new ForbiddenException("This token is for certain projects only; it cannot make a new one.");
        }
        return user;
    }

    private Optional<Role> roleOf(long projectId, long accountId) {
        return entities.createNativeQuery("""
                        select m.role from project_member m join account a on a.id = m.account_id
                        where m.project_id = ?1 and m.account_id = ?2 and a.enabled""", String.class)
                .setParameter(1, projectId).setParameter(2, accountId)
                .getResultStream().findFirst().map(name -> Role.valueOf((String) name));
    }

    private boolean exists(long projectId) {
        return !entities.createNativeQuery("select 1 from project where id = ?1").setParameter(1, projectId)
                .getResultList().isEmpty();
    }
}
