package org.laudable.project;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Versions of guidelines in the database; rows are only ever added. */
@ApplicationScoped
class GuidelineRepository {
    private final EntityManager entities;

    GuidelineRepository(EntityManager entities) {
        this.entities = entities;
    }

    /** Newest first. */
    List<Guideline> versions(long projectId, int limit) {
        List<Object[]> rows = entities.createNativeQuery("""
                        select g.number, g.markdown, g.created_at, coalesce(a.display_name, '')
                        from guideline g left join account a on a.id = g.author_id
                        where g.project_id = ?1 order by g.number desc""", Object[].class)
                .setParameter(1, projectId).setMaxResults(limit).getResultList();
        return rows.stream().map(row -> new Guideline(projectId, ((Number) row[0]).intValue(), (String) row[1],
                (Instant) row[2], (String) row[3])).toList();
    }

    Optional<Guideline> newest(long projectId) {
        return versions(projectId, 1).stream().findFirst();
    }

    void add(long projectId, String markdown, long authorId) {
        entities.createNativeQuery("""
                        insert into guideline (project_id, number, markdown, author_id)
                        select ?1, coalesce(max(number), 0) + 1, ?2, ?3 from guideline where project_id = ?1""")
                .setParameter(1, projectId).setParameter(2, markdown).setParameter(3, authorId).executeUpdate();
    }
}
