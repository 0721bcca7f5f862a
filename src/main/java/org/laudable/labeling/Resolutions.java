package org.laudable.labeling;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import org.laudable.database.Sql;

/**
 * Each item's current label and where it came from; earlier ones stay as history. For services and background work; checks
 * no access.
 */
@ApplicationScoped
public class Resolutions {
    private final Sql sql;

    Resolutions(Sql sql) {
        this.sql = sql;
    }

    /** What the answers to a task came to. {@code classId} empty: none of these; {@code interval} empty: none was drawn. */
    record Verdict(Optional<Long> classId, float agreement, List<Long> annotators, Optional<Interval> interval) {}

    /**
     * Labels many items by a task model, in one statement. Replaces what a model or propagation said before; never what a
     * person, a reviewer or an LLM said or a reviewer accepted, nor an item with an open question that somebody has answered.
     *
     * @return how many items got it
     */
    @Transactional
    public int assignByModel(long projectId, long runId, int modelVersion, List<ResolvedItem> items) {
        if (items.isEmpty()) {
            return 0;
        }
        Long[] ids = items.stream().map(ResolvedItem::itemId).toArray(Long[]::new);
        Long[] classes = items.stream().map(ResolvedItem::classId).toArray(Long[]::new);
        Float[] confidences = items.stream().map(ResolvedItem::confidence).toArray(Float[]::new);
        sql.update("""
                update resolution set superseded_at = now()
                where item_id = any (?) and project_id = ? and superseded_at is null and sample_id is null and origin in ('MODEL', 'PROPAGATED')""",
                ids, projectId);
        return sql.update("""
                insert into resolution (project_id, item_id, outcome, class_id, origin, confidence, run_id, model_version)
                select i.project_id, i.id, 'LABEL', n.class_id, 'MODEL', n.confidence, ?, ?
                from unnest(?::bigint[], ?::bigint[], ?::float4[]) as n (item_id, class_id, confidence)
                join item i on i.id = n.item_id and i.project_id = ?
                on conflict (item_id) where superseded_at is null do nothing""",
                runId, modelVersion, ids, classes, confidences, projectId);
    }

    /**
     * Labels items by a language model's answers. Replaces what task models, propagation or a language model said before;
     * never what a person or a reviewer said or accepted.
     *
     * @return how many items got it
     */
    @Transactional
    public int assignByLanguageModel(long projectId, long runId, long modelId, long promptVersionId, List<ResolvedItem> items) {
        Long[] ids = items.stream().map(ResolvedItem::itemId).toArray(Long[]::new);
        sql.update("""
                update resolution set superseded_at = now()
                where item_id = any (?) and project_id = ? and superseded_at is null and sample_id is null and origin in ('MODEL', 'PROPAGATED', 'LLM')""",
                ids, projectId);
        return sql.update("""
                insert into resolution (project_id, item_id, outcome, class_id, origin, confidence, run_id, llm_model_id, prompt_version_id)
                select i.project_id, i.id, 'LABEL', n.class_id, 'LLM', n.confidence, ?, ?, ?
                from unnest(?::bigint[], ?::bigint[], ?::float4[]) as n (item_id, class_id, confidence)
                join item i on i.id = n.item_id and i.project_id = ?
                on conflict (item_id) where superseded_at is null do nothing""", runId, modelId, promptVersionId, ids,
                items.stream().map(ResolvedItem::classId).toArray(Long[]::new),
                items.stream().map(ResolvedItem::confidence).toArray(Float[]::new), projectId);
    }

    /**
     * Takes back what models and propagation said in a project: the run starts anew or its certificate failed. What a reviewer
     * accepted stays.
     */
    @Transactional
    public int withdrawByModel(long projectId) {
        return sql.update("""
                update resolution set superseded_at = now()
                where project_id = ? and superseded_at is null and sample_id is null and origin in ('MODEL', 'PROPAGATED')""", projectId);
    }

    /** Records what people's answers came to; a reviewer's verdict stays. False if nothing changed. */
    @Transactional
    boolean recordByPeople(TaskRow task, Verdict verdict) {
        Integer from = verdict.interval().map(Interval::from).orElse(null);
        Integer to = verdict.interval().map(Interval::to).orElse(null);
        Integer[] channels = verdict.interval().map(Interval::channelArray).orElse(null);
        boolean standing = sql.number("""
                select count(*) from resolution where item_id = ? and superseded_at is null
                  and (origin = 'REVIEWER' or (origin = 'PERSON' and task_id = ? and class_id is not distinct from ?
                    and annotators = ? and interval_from is not distinct from cast(? as int)
                    and interval_to is not distinct from cast(? as int) and channels is not distinct from cast(? as int[])))""",
                task.itemId(), task.id(), verdict.classId().orElse(null), verdict.annotators().toArray(Long[]::new), from, to,
                channels) > 0;
        if (standing) {
            return false;
        }
        int inserted = 0;
        while (inserted == 0) { // a model's label can slip in between the two statements
            sql.update("update resolution set superseded_at = now() where item_id = ? and superseded_at is null", task.itemId());
            inserted = sql.update("""
                    insert into resolution (project_id, item_id, outcome, class_id, origin, confidence, run_id, task_id,
                      annotators, interval_from, interval_to, channels)
                    values (?, ?, ?, ?, 'PERSON', ?, ?, ?, ?, ?, ?, cast(? as int[]))
                    on conflict (item_id) where superseded_at is null do nothing""", task.projectId(), task.itemId(),
                    verdict.classId().isPresent() ? "LABEL" : "NONE", verdict.classId().orElse(null), verdict.agreement(),
                    task.runId(), task.id(), verdict.annotators().toArray(Long[]::new), from, to, channels);
        }
        return true;
    }

    /** Takes back the resolution that came from this task's answers, if it is the current one. */
    @Transactional
    boolean withdrawOfTask(long taskId, long itemId) {
        return sql.update("""
                update resolution set superseded_at = now()
                where item_id = ? and task_id = ? and origin = 'PERSON' and superseded_at is null""", itemId, taskId) > 0;
    }
}
