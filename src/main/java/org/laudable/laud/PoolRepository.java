package org.laudable.laud;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.laudable.database.Sql;

/** What the engine reads: candidates, the audit sample, labels, and what must not be asked. */
@ApplicationScoped
class PoolRepository {
    private final Sql sql;

    PoolRepository(Sql sql) {
        this.sql = sql;
    }

    record PoolItem(long id, String text, byte[] fingerprint) {}

    record Label(long resolutionId, long itemId, long classId) {}

    /** People's word on an audit item; class 0: none of these. */
    record AuditTruth(long itemId, long classId, boolean reports) {}

    /** Items of the pool in random order from a starting point on, round the clock; the order is fixed at import. */
    @Transactional
    List<PoolItem> pool(long projectId, int from, int limit) {
        return sql.list("""
                (select id, body, fingerprint, 0 as lap, shuffle from item
                  where project_id = ? and split = 'POOL' and shuffle >= ? order by shuffle, id limit ?)
                union all
                (select id, body, fingerprint, 1, shuffle from item
                  where project_id = ? and split = 'POOL' and shuffle < ? order by shuffle, id limit ?)
                order by lap, shuffle, id limit ?""",
                row -> new PoolItem(row.getLong(1), row.getString(2), row.getBytes(3)),
                projectId, from, limit, projectId, from, limit, limit);
    }

    /** A place in the random order: 0 is its beginning, 1 its end. */
    @Transactional
    int shuffleAt(long projectId, double fraction) {
        return sql.first("select min(shuffle), max(shuffle) from item where project_id = ?",
                row -> (int) (row.getLong(1) + Math.floor(fraction * (row.getLong(2) - row.getLong(1)))), projectId).orElse(0);
    }

    @Transactional
    List<PoolItem> items(List<Long> ids) {
        return sql.list("select id, body, fingerprint from item where id = any (?) order by shuffle, id",
                row -> new PoolItem(row.getLong(1), row.getString(2), row.getBytes(3)), (Object) ids.toArray(Long[]::new));
    }

    /** Items that may get a label before the next model: in the queue, or next in the ranking. */
    @Transactional
    List<Long> askedOrRanked(long projectId, long runId) {
        return sql.list("""
                select t.item_id from task t where t.project_id = ? and t.state = 'OPEN' and t.purpose = 'TRAIN'
                union select r.item_id from ranked_item r where r.run_id = ?""", row -> row.getLong(1), projectId, runId);
    }

    @Transactional
    List<PoolItem> audit(long projectId) {
        return sql.list("""
                select id, body, fingerprint from item where project_id = ? and split = 'AUDIT' order by shuffle, id""",
                row -> new PoolItem(row.getLong(1), row.getString(2), row.getBytes(3)), projectId);
    }

    @Transactional
    long size(long projectId) {
        return sql.number("select count(*) from item where project_id = ? and split = 'POOL'", projectId);
    }

    /** Labels of people and language models that may train: never those of the audit sample, never 'none of these', never a retired class. */
    @Transactional
    List<Label> labels(long projectId) {
        return sql.list("""
                select r.id, r.item_id, r.class_id from resolution r
                join item i on i.id = r.item_id and i.split = 'POOL'
                join label_class c on c.id = r.class_id and not c.retired
                where r.project_id = ? and r.superseded_at is null and r.origin in ('PERSON', 'REVIEWER', 'LLM')
                  and r.outcome = 'LABEL' order by r.item_id""",
                row -> new Label(row.getLong(1), row.getLong(2), row.getLong(3)), projectId);
    }

    /** How many labels may train, per class. */
    @Transactional
    Map<Long, Integer> labelCounts(long projectId) {
        Map<Long, Integer> counts = new HashMap<>();
        sql.list("""
                select r.class_id, count(*) from resolution r join item i on i.id = r.item_id and i.split = 'POOL'
                where r.project_id = ? and r.superseded_at is null and r.origin in ('PERSON', 'REVIEWER', 'LLM') and r.outcome = 'LABEL'
                group by r.class_id""", row -> counts.put(row.getLong(1), row.getInt(2)), projectId);
        return counts;
    }

    /** Resolved answers, people's and language models', outside the audit sample: by their number a batch is complete. */
    @Transactional
    int answers(long projectId) {
        return (int) sql.number("""
                select (select count(*) from resolution
                    where project_id = ? and superseded_at is null and origin in ('PERSON', 'REVIEWER', 'LLM'))
                  - (select count(*) from item i join resolution r on r.item_id = i.id and r.superseded_at is null
                      and r.origin in ('PERSON', 'REVIEWER', 'LLM')
                    where i.project_id = ? and i.split <> 'POOL')""", projectId, projectId); // those set aside are few, and counted by an index
    }

    @Transactional
    List<AuditTruth> auditTruth(long projectId) {
        return sql.list("""
                select r.item_id, coalesce(r.class_id, 0), i.audit_half = 'REPORT' from resolution r
                join item i on i.id = r.item_id and i.split = 'AUDIT'
                where r.project_id = ? and r.superseded_at is null and r.origin in ('PERSON', 'REVIEWER') order by r.item_id""",
                row -> new AuditTruth(row.getLong(1), row.getLong(2), row.getBoolean(3)), projectId);
    }

    /**
     * Items not to ask: resolved by people without training (none of these, a retired class), left to a reviewer or accepted by
     * one, in the queue and held or half answered, or asked of a language model in this run.
     */
    @Transactional
    List<Long> notToAsk(long projectId, long runId) {
        return sql.list("""
                select r.item_id from resolution r where r.project_id = ? and r.superseded_at is null
                  and r.origin in ('PERSON', 'REVIEWER', 'LLM')
                union
                select r.item_id from resolution r where r.project_id = ? and r.superseded_at is null and r.sample_id is not null
                union
                select l.item_id from llm_answer l where l.run_id = ? and (l.purpose = 'ORACLE' or l.decision is not null)
                union
                select t.item_id from task t where t.project_id = ? and t.state = 'OPEN'
                  and (t.purpose <> 'TRAIN' or t.free_slots < t.slots)
                union
                select a.item_id from annotation a where a.project_id = ? and a.kind = 'FLAG'
                  and not exists (select 1 from annotation later where later.task_id = a.task_id
                    and later.account_id = a.account_id and later.revision > a.revision)
                union
                select t.item_id from task t where t.project_id = ? and t.review_reason is not null
                union
                select a.item_id from annotation a join answerer w on w.project_id = a.project_id and w.account_id = a.account_id
                where a.project_id = ? and a.kind <> 'RETRACTED'
                  and not exists (select 1 from annotation later where later.task_id = a.task_id
                    and later.account_id = a.account_id and later.revision > a.revision)
                group by a.item_id having count(distinct a.account_id) >= (select count(*) from answerer where project_id = ?)""",
                row -> row.getLong(1), projectId, projectId, runId, projectId, projectId, projectId, projectId, projectId);
    }
}
