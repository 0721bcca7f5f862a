package org.laudable.project;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The classes of projects in the database, and what hangs on them. */
@ApplicationScoped
class LabelClassRepository implements PanacheRepositoryBase<LabelClassEntity, Long> {

    /** Retired ones too, in their order. */
    List<LabelClass> ofProject(long projectId) {
        return rowsOf(projectId).stream().map(LabelClassEntity::toRecord).toList();
    }

    List<LabelClassEntity> rowsOf(long projectId) {
        return list("projectId = ?1 order by ordinal, id", projectId);
    }

    void add(long projectId, int ordinal, String name, String description) {
        add(projectId, ordinal, name, description, null);
    }

    void add(long projectId, int ordinal, String name, String description, Meaning meaning) {
        LabelClassEntity row = new LabelClassEntity();
        row.projectId = projectId;
        row.ordinal = ordinal;
        row.name = name;
        row.description = description;
        row.meaning = meaning;
        persist(row);
    }

    ClassUsage usage(long projectId, long classId) {
        Object[] counts = (Object[]) getEntityManager().createNativeQuery("""
                        select (select count(*) from resolution where project_id = ?1 and class_id = ?2 and superseded_at is null),
                               (select count(*) from annotation where project_id = ?1 and class_id = ?2)
                                 + (select count(*) from resolution where project_id = ?1 and class_id = ?2 and superseded_at is not null),
                               (select count(*) from item where project_id = ?1 and known_class_id = ?2)""", Object[].class)
                .setParameter(1, projectId).setParameter(2, classId).getSingleResult();
        return new ClassUsage(((Number) counts[0]).longValue(), ((Number) counts[1]).longValue(),
                ((Number) counts[2]).longValue());
    }

    /**
     * Moves labels, answers, known labels, predictions and suggestions from one class to another. Answers and labels
     * are never overwritten: each gets a new revision that says where it came from. Returns how many labels moved.
     */
    long moveLabels(long projectId, long from, long into, String comment) {
        run("""
                insert into annotation (client_id, task_id, item_id, project_id, account_id, revision, kind, class_id,
                  comment, active_millis, guideline_number, late, surplus, reservation_id, answered_at, moved)
                select gen_random_uuid(), task_id, item_id, project_id, account_id, revision + 1, kind, ?3,
                  ?4, 0, guideline_number, late, surplus, reservation_id, now(), true
                from (select distinct on (task_id, account_id) * from annotation where project_id = ?1
                      order by task_id, account_id, revision desc) newest
                where kind = 'LABEL' and class_id = ?2""", projectId, from, into, comment);
        List<Long> current = getEntityManager().createNativeQuery("""
                        select id from resolution
                        where project_id = ?1 and class_id = ?2 and superseded_at is null for update""", Long.class)
                .setParameter(1, projectId).setParameter(2, from).getResultList();
        if (!current.isEmpty()) {
            Long[] ids = current.toArray(Long[]::new);
            run("update resolution set superseded_at = now() where id = any(?1)", (Object) ids);
            run("""
                    insert into resolution (project_id, item_id, outcome, class_id, origin, confidence, run_id,
                      model_version, task_id, annotators)
                    select project_id, item_id, outcome, ?2, origin, confidence, run_id, model_version, task_id, annotators
                    from resolution where id = any(?1)""", ids, into);
        }
        run("""
                update work_limit set skills = case when ?3 = any (skills) then array_remove(skills, cast(?2 as bigint))
                  else array_replace(skills, cast(?2 as bigint), cast(?3 as bigint)) end
                where project_id = ?1 and ?2 = any (skills)""", projectId, from, into);
        run("update gold set class_id = ?3 where project_id = ?1 and class_id = ?2", projectId, from, into);
        run("update item set known_class_id = ?3 where project_id = ?1 and known_class_id = ?2", projectId, from, into);
        run("update prediction set class_id = ?3 where project_id = ?1 and class_id = ?2", projectId, from, into);
        run("update prediction set second_class_id = null where project_id = ?1 and second_class_id = ?2", projectId, from);
        run("update item_suggestion set class_id = ?2 where class_id = ?1", from, into); // a class is of one project
        run("update task set suggestion_class_id = ?3 where project_id = ?1 and suggestion_class_id = ?2 and state = 'OPEN'",
                projectId, from, into);
        return current.size();
    }

    private void run(String sql, Object... parameters) {
        var statement = getEntityManager().createNativeQuery(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setParameter(i + 1, parameters[i]);
        }
        statement.executeUpdate();
    }
}
