package org.laudable.laud;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import org.laudable.database.Sql;
import org.laudable.labeling.ResolvedItem;

/** What a model would label by itself, and the samples of it that people check. */
@ApplicationScoped
class CertifyRepository {
    /** Where a few items are meant, they are looked up one by one instead of reading all labels. */
    private static final String FEW = "/* few: */";
    /** Accepted: predicted by this model at or above its class's threshold, and nobody has said anything else. */
    private static final String ACCEPTED = """
            from prediction p
            join unnest(?::bigint[], ?::float4[]) as t (class_id, threshold) on t.class_id = p.class_id and p.confidence >= t.threshold
            join item i on i.id = p.item_id and i.split = 'POOL'
            where p.project_id = ? and p.run_id = ? and p.model_version = ?
              and not exists (select 1 from resolution r where r.item_id = p.item_id and r.superseded_at is null
                and r.origin not in ('MODEL', 'PROPAGATED') /* few: */)
              and not exists (select 1 from annotation a where a.item_id = p.item_id and a.kind = 'FLAG'
                and not exists (select 1 from annotation later where later.task_id = a.task_id
                  and later.account_id = a.account_id and later.revision > a.revision))
            """;

    private final Sql sql;

    CertifyRepository(Sql sql) {
        this.sql = sql;
    }

    record Sampled(long itemId, long classId, float confidence) {}

    /** How far people are with a sample; flagged items count as checked and not right. */
    record Progress(int size, int checked, int right) {}

    @Transactional
    long accepted(RunRow run, int modelVersion, Map<Long, Float> thresholds) {
        return sql.number("select count(*) " + ACCEPTED, ids(thresholds), values(thresholds), run.projectId(), run.id(), modelVersion);
    }

    /** A random sample of what would be accepted; the same every time for a run and attempt while nothing changes. */
    @Transactional
    List<Sampled> sample(RunRow run, int modelVersion, Map<Long, Float> thresholds, int attempt, int size) {
        return sql.list("select p.item_id, p.class_id, p.confidence " + ACCEPTED + " order by md5(p.item_id::text || '/' || ?) limit ?",
                row -> new Sampled(row.getLong(1), row.getLong(2), row.getFloat(3)), ids(thresholds), values(thresholds),
                run.projectId(), run.id(), modelVersion, run.settings().seed() + "/" + run.id() + "/" + attempt, size);
    }

    @Transactional
    void save(long runId, int attempt, List<Sampled> sample) {
        sql.update("""
                insert into certify_item (run_id, attempt, item_id, class_id, confidence)
                select ?, ?, n.item_id, n.class_id, n.confidence from unnest(?::bigint[], ?::bigint[], ?::float4[])
                  as n (item_id, class_id, confidence) on conflict do nothing""", runId, attempt,
                sample.stream().map(Sampled::itemId).toArray(Long[]::new), sample.stream().map(Sampled::classId).toArray(Long[]::new),
                sample.stream().map(Sampled::confidence).toArray(Float[]::new));
    }

    /** Items of the sample that want an answer and are not in the queue. */
    @Transactional
    List<Sampled> unasked(long runId, int attempt) {
        return sql.list("""
                select c.item_id, c.class_id, c.confidence from certify_item c where c.run_id = ? and c.attempt = ?
                  and not exists (select 1 from task t where t.item_id = c.item_id and t.state = 'OPEN')
                  and not exists (select 1 from resolution r where r.item_id = c.item_id and r.superseded_at is null
                    and r.origin in ('PERSON', 'REVIEWER'))
                  and not exists (select 1 from annotation a where a.item_id = c.item_id and a.kind = 'FLAG')
                  and not exists (select 1 from task t where t.item_id = c.item_id and t.review_reason is not null)
                order by c.item_id""",
                row -> new Sampled(row.getLong(1), row.getLong(2), row.getFloat(3)), runId, attempt);
    }

    @Transactional
    Progress progress(long runId, int attempt) {
        return sql.first("""
                select count(*), count(*) filter (where r.id is not null or flagged), count(*) filter (where r.class_id = c.class_id)
                from certify_item c
                left join resolution r on r.item_id = c.item_id and r.superseded_at is null and r.origin in ('PERSON', 'REVIEWER')
                cross join lateral (select exists (select 1 from annotation a where a.item_id = c.item_id and a.kind = 'FLAG'
                  and not exists (select 1 from annotation later where later.task_id = a.task_id
                    and later.account_id = a.account_id and later.revision > a.revision))
                  or exists (select 1 from task t where t.item_id = c.item_id and t.review_reason is not null) as flagged) f
                where c.run_id = ? and c.attempt = ?""",
                row -> new Progress(row.getInt(1), row.getInt(2), row.getInt(3)), runId, attempt).orElseThrow();
    }

    /** Accepted items between two ids that this model has not labelled yet. */
    @Transactional
    List<ResolvedItem> toLabel(long projectId, long runId, int modelVersion, Map<Long, Float> thresholds, long after, long upTo) {
        return sql.list("select p.item_id, p.class_id, p.confidence " + ACCEPTED.replace(FEW, "offset 0") + """
                 and p.item_id > ? and p.item_id <= ? and not exists (select 1 from resolution r where r.item_id = p.item_id
                   and r.superseded_at is null and r.run_id = p.run_id and r.model_version = p.model_version and r.origin = 'MODEL' offset 0)
                 order by p.item_id""",
                row -> new ResolvedItem(row.getLong(1), row.getLong(2), row.getFloat(3)), ids(thresholds), values(thresholds),
                projectId, runId, modelVersion, after, upTo);
    }

    /** Whether there are pool items with a vector of which this model has said nothing. */
    @Transactional
    boolean withoutPrediction(RunRow run, int modelVersion) {
        return sql.number("""
                select count(*) from (select 1 from item i
                where i.project_id = ? and i.split = 'POOL' and not exists (select 1 from prediction p
                  where p.item_id = i.id and p.run_id = ? and p.model_version = ?) limit 1) one""", run.projectId(), run.id(), modelVersion) > 0;
    }

    private static Long[] ids(Map<Long, Float> thresholds) {
        return thresholds.keySet().toArray(Long[]::new);
    }

    private static Float[] values(Map<Long, Float> thresholds) {
        return thresholds.values().toArray(Float[]::new);
    }
}
