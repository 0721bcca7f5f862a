package org.laudable.review;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Map;
import org.laudable.database.Sql;
import org.laudable.live.ProjectEvents;
import org.laudable.project.ProjectAccess;
import org.laudable.project.ProjectService;
import org.laudable.project.Role;
import org.laudable.security.AuditLog;

/**
 * After a change of the guidelines: items answered under an older version are asked again, of the same people too. Their
 * label stands until the first new answer; what a reviewer decided stays. For reviewers and managers.
 */
@ApplicationScoped
public class RequeueService {
    private static final String OLD_QUESTIONS = """
            from task t where t.project_id = ? and t.state = 'DONE' and t.purpose <> 'GOLD'
              and exists (select 1 from annotation a where a.task_id = t.id and a.kind in ('LABEL', 'NONE')
                and coalesce(a.guideline_number, 0) < ? and not exists (select 1 from annotation l where l.task_id = a.task_id
                  and l.account_id = a.account_id and l.revision > a.revision))
              and not exists (select 1 from resolution r where r.item_id = t.item_id and r.superseded_at is null
                and r.origin = 'REVIEWER')
              and not exists (select 1 from task o where o.project_id = t.project_id and o.item_id = t.item_id
                and (o.state = 'OPEN' or o.state = 'DONE' and o.id > t.id))
              and not exists (select 1 from sent_back b where b.item_id = t.item_id and b.closed_at is null and b.answered_at is null)""";

    private final ProjectAccess access;
    private final ProjectService projects;
    private final Sql sql;
    private final AuditLog audit;
    private final ProjectEvents events;
    private final Requeueing requeueing;

    RequeueService(ProjectAccess access, ProjectService projects, Sql sql, AuditLog audit, ProjectEvents events, Requeueing requeueing) {
        this.access = access;
        this.projects = projects;
        this.sql = sql;
        this.audit = audit;
        this.events = events;
        this.requeueing = requeueing;
    }

    /** How many items were answered under an older version of the guidelines than the newest. */
    public long outdated(long projectId) {
        access.require(projectId, Role.REVIEWER);
        return sql.number("select count(*) " + OLD_QUESTIONS, projectId, newest(projectId));
    }

    /**
     * Asks them again.
     *
     * @return how many
     */
    public int requeue(long projectId) {
        access.require(projectId, Role.REVIEWER);
        int version = newest(projectId);
        int asked = requeueing.askAgain(projectId, version);
        audit.record("items.requeued", "project:" + projectId, projectId, Map.of("items", asked, "guideline", version));
        events.publish(projectId, ProjectEvents.Kind.ANSWERS);
        return asked;
    }

    private int newest(long projectId) {
        return projects.guideline(projectId).map(guideline -> guideline.number()).orElse(0);
    }

    /** Its own transaction. */
    @ApplicationScoped
    static class Requeueing {
        private final Sql sql;

        Requeueing(Sql sql) {
            this.sql = sql;
        }

        @Transactional
        int askAgain(long projectId, int version) {
            Long[] tasks = sql.list("select t.id " + OLD_QUESTIONS + " order by t.id for update of t", row -> row.getLong(1),
                    projectId, version).toArray(Long[]::new);
            sql.update("""
                    insert into annotation (client_id, task_id, item_id, project_id, account_id, revision, kind, comment,
                      guideline_number, answered_at)
                    select gen_random_uuid(), a.task_id, a.item_id, a.project_id, a.account_id, a.revision + 1, 'RETRACTED', ?,
                      a.guideline_number, now()
                    from annotation a where a.task_id = any (?) and a.kind <> 'RETRACTED'
                      and not exists (select 1 from annotation l where l.task_id = a.task_id and l.account_id = a.account_id
                        and l.revision > a.revision)""", "Guidelines v" + version, tasks);
            return sql.update("""
                    update task t set state = 'OPEN', closed_at = null, asked_again = true, review_reason = null, slots = base_slots, priority = greatest(priority, 1e6), free_slots = greatest(0, t.base_slots
                      - (select count(*) from lease l where l.task_id = t.id and l.state = 'HELD'))
                    where t.id = any (?)""", (Object) tasks);
        }
    }
}
