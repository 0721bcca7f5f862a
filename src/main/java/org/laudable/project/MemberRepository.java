package org.laudable.project;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.laudable.security.User;

/** The members of projects. */
@ApplicationScoped
class MemberRepository {
    private static final String MEMBERSHIPS = """
            select p.id, p.name, case when ?2 then 'MANAGER' else m.role end, p.kind
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

    List<Member> ofProject(long projectId) {
        return entities.createNativeQuery("""
                        select a.id, a.display_name, a.username, m.role, a.enabled, m.added_at
                        from project_member m join account a on a.id = m.account_id where m.project_id = ?1
                        order by array_position(array['MANAGER', 'REVIEWER', 'ANNOTATOR'], m.role), lower(a.display_name), a.id""",
                        Object[].class)
                .setParameter(1, projectId)
                .getResultStream().map(row -> member((Object[]) row)).toList();
    }

    List<Candidate> candidates(long projectId) {
        return entities.createNativeQuery("""
                        select a.id, a.display_name, a.username from account a
                        where a.enabled and not exists (
                          select 1 from project_member m where m.project_id = ?1 and m.account_id = a.id)
                        order by lower(a.display_name), a.id""", Object[].class)
                .setParameter(1, projectId)
                .getResultStream().map(row -> candidate((Object[]) row)).toList();
    }

    /** Until the transaction ends, only the caller changes the project's members. */
    void lock(long projectId) {
        entities.createNativeQuery("select id from project where id = ?1 for update", Long.class)
                .setParameter(1, projectId).getResultList();
    }

    /** False if the person is in already, or has no enabled account. */
    boolean add(long projectId, long accountId, Role role) {
        return entities.createNativeQuery("""
                        insert into project_member (project_id, account_id, role)
                        select ?1, id, ?3 from account where id = ?2 and enabled
                        on conflict do nothing""")
                .setParameter(1, projectId).setParameter(2, accountId).setParameter(3, role.name())
                .executeUpdate() == 1;
    }

    Optional<Role> role(long projectId, long accountId) {
        return entities.createNativeQuery("select role from project_member where project_id = ?1 and account_id = ?2", String.class)
                .setParameter(1, projectId).setParameter(2, accountId).getResultStream().map(role -> Role.valueOf((String) role)).findFirst();
    }

    boolean changeRole(long projectId, long accountId, Role role) {
        return entities.createNativeQuery("update project_member set role = ?3, by_rule = false where project_id = ?1 and account_id = ?2")
                .setParameter(1, projectId).setParameter(2, accountId).setParameter(3, role.name())
                .executeUpdate() == 1;
    }

    /** The roles that rules gave this person, by project. */
    Map<Long, Role> byRule(long accountId) {
        Map<Long, Role> roles = new HashMap<>();
        for (Object found : entities.createNativeQuery("select project_id, role from project_member where account_id = ?1 and by_rule", Object[].class)
                .setParameter(1, accountId).getResultList()) {
            Object[] row = (Object[]) found;
            roles.put(id(row[0]), Role.valueOf((String) row[1]));
        }
        return roles;
    }

    /** Gives or takes away what rules give; a membership made by hand stays. */
    void setByRule(long projectId, long accountId, Optional<Role> role) {
        if (role.isEmpty()) {
            entities.createNativeQuery("delete from project_member where project_id = ?1 and account_id = ?2 and by_rule")
                    .setParameter(1, projectId).setParameter(2, accountId).executeUpdate();
            return;
        }
        entities.createNativeQuery("""
                        insert into project_member (project_id, account_id, role, by_rule) values (?1, ?2, ?3, true)
                        on conflict (project_id, account_id) do update set role = excluded.role where project_member.by_rule""")
                .setParameter(1, projectId).setParameter(2, accountId).setParameter(3, role.get().name()).executeUpdate();
    }

    boolean remove(long projectId, long accountId) {
        return entities.createNativeQuery("delete from project_member where project_id = ?1 and account_id = ?2")
                .setParameter(1, projectId).setParameter(2, accountId)
                .executeUpdate() == 1;
    }

    /** Whether this person is a manager and nobody else who can sign in is. */
    boolean isOnlyManager(long projectId, long accountId) {
        return (Boolean) entities.createNativeQuery("""
                        select exists (select 1 from project_member where project_id = ?1 and account_id = ?2 and role = 'MANAGER')
                          and not exists (
                            select 1 from project_member m join account a on a.id = m.account_id
                            where m.project_id = ?1 and m.account_id <> ?2 and m.role = 'MANAGER' and a.enabled)""", Boolean.class)
                .setParameter(1, projectId).setParameter(2, accountId).getSingleResult();
    }

    private static Membership membership(Object[] row) {
        return new Membership(id(row[0]), (String) row[1], Role.valueOf((String) row[2]), ProjectKind.valueOf((String) row[3]));
    }

    private static Member member(Object[] row) {
        return new Member(id(row[0]), (String) row[1], (String) row[2], Role.valueOf((String) row[3]), (Boolean) row[4], (Instant) row[5]);
    }

    private static Candidate candidate(Object[] row) {
        return new Candidate(id(row[0]), (String) row[1], (String) row[2]);
    }

    private static long id(Object column) {
        return ((Number) column).longValue();
    }
}
