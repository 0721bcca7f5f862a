package org.laudable.project;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;
import org.laudable.security.User;

/** The members of projects. */
@ApplicationScoped
class MemberRepository {
    private static final String MEMBERSHIPS = """
            select p.id, p.name, case when ?2 then 'MANAGER' else m.role end
            from project p left join project_member m on m.project_id = p.id and m.account_id = ?1
            where (?2 or m.role is not null)""";

    private final EntityManager entities;

    MemberRepository(EntityManager entities) {
        this.entities = entities;
    }

    List<Membership> ofPerson(User user) {
        return entities.createNativeQuery(MEMBERSHIPS + " order by p.state = 'ARCHIVED', lower(p.name), p.id", Object[].class)
                .setParameter(1, user.id()).setParameter(2, user.admin())
                .getResultStream().map(row -> membership((Object[]) row)).toList();
    }

    Optional<Membership> ofPerson(User user, long projectId) {
        return entities.createNativeQuery(MEMBERSHIPS + " and p.id = ?3", Object[].class)
                .setParameter(1, user.id()).setParameter(2, user.admin()).setParameter(3, projectId)
                .getResultStream().map(row -> membership((Object[]) row)).findFirst();
    }

    private static Membership membership(Object[] row) {
        return new Membership(((Number) row[0]).longValue(), (String) row[1], Role.valueOf((String) row[2]));
    }
}
