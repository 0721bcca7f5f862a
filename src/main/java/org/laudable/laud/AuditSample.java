package org.laudable.laud;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import org.laudable.database.Sql;
import org.laudable.engine.text.NormalizedText.AuditHalf;
import org.laudable.engine.text.NormalizedText;
import org.laudable.labeling.NewTask;
import org.laudable.labeling.Purpose;
import org.laudable.labeling.TaskQueue;

/**
 * The random sample that measures the model and never trains it (ENGINES §1.1): the first items in the random order
 * fixed at import, so a larger sample contains the smaller one. Texts whose labels taught the model a run begins with stay
 * out of it.
 */
@ApplicationScoped
class AuditSample {
    /** At most this share of the items is set aside, or nothing would be left to learn from. */
    private static final int AT_MOST_ONE_IN = 3;

    private final Sql sql;
    private final TaskQueue queue;

    AuditSample(Sql sql, TaskQueue queue) {
        this.sql = sql;
        this.queue = queue;
    }

    private record Drawn(long id, String text) {}

    /** Draws what is missing up to {@code size} items; does nothing once the sample is complete. */
    @Transactional
    void draw(long projectId, int size) {
        long missing = missing(projectId, size);
        if (missing <= 0) {
            return;
        }
        List<Drawn> drawn = sql.list("""
                select id, body from item i where project_id = ? and split = 'POOL' and not exists (
                  select 1 from model_start_text s where s.project_id = i.project_id and s.fingerprint = i.fingerprint)
                order by shuffle, id limit ?""",
                row -> new Drawn(row.getLong(1), row.getString(2)), projectId, missing);
        setAside(drawn);
    }

    /** How many items the sample still lacks. */
    @Transactional
    long missing(long projectId, int size) {
        long there = sql.number("select count(*) from item where project_id = ? and split = 'AUDIT'", projectId);
        long items = sql.number("select count(*) from item where project_id = ?", projectId);
        return Math.min(size, items / AT_MOST_ONE_IN) - there;
    }

    /** Lets items that came later into the sample, as if they had been there when it was drawn, up to twice its size. */
    @Transactional
    void extend(long projectId, int size) {
        List<Drawn> late = sql.list("""
                select id, body from item where project_id = ? and split = 'POOL'
                  and shuffle < (select max(shuffle) from item where project_id = ? and split = 'AUDIT')
                  and not exists (select 1 from resolution r where r.item_id = item.id and r.superseded_at is null
                    and r.origin in ('PERSON', 'REVIEWER'))
                  and not exists (select 1 from task t where t.item_id = item.id and t.state = 'OPEN')
                  and not exists (select 1 from model_start_text s where s.project_id = item.project_id and s.fingerprint = item.fingerprint)
                order by shuffle, id limit greatest(0, ? - (select count(*) from item where project_id = ? and split = 'AUDIT'))""",
                row -> new Drawn(row.getLong(1), row.getString(2)), projectId, projectId, 2 * size, projectId);
        setAside(late);
    }

    private void setAside(List<Drawn> drawn) {
        sql.update("""
                update item set split = 'AUDIT', audit_half = n.half
                from unnest(?::bigint[], ?::text[]) as n (id, half) where item.id = n.id""",
                drawn.stream().map(Drawn::id).toArray(Long[]::new),
                drawn.stream().map(item -> half(item.text())).toArray(String[]::new));
    }

    private static String half(String text) {
        return NormalizedText.of(text).auditHalf() == AuditHalf.CHOOSES ? "CHOOSE" : "REPORT";
    }

    private record Unasked(long id, Long classId, Float confidence) {}

    /** Puts the sample's unanswered items into the queue; those that are there already stay as they are. */
    @Transactional
    void ask(RunRow run) {
        List<Unasked> unasked = sql.list("""
                select i.id, c.id, a.confidence from item i
                left join audit_prediction a on a.run_id = ? and a.round_number = ? and a.item_id = i.id
                left join label_class c on c.id = a.class_id
                where i.project_id = ? and i.split = 'AUDIT'
                  and not exists (select 1 from task t where t.item_id = i.id and t.state = 'OPEN')
                  and not exists (select 1 from resolution r where r.item_id = i.id and r.superseded_at is null
                    and r.origin in ('PERSON', 'REVIEWER'))
                order by i.shuffle, i.id""",
                row -> new Unasked(row.getLong(1), row.getObject(2, Long.class), row.getObject(3, Float.class)),
                run.id(), run.roundNumber() - 1, run.projectId());
        QuestionReason reasons = QuestionReason.in(run.settings().language());
        String reason = run.roundNumber() == 0 ? reasons.first() : reasons.rest();
        List<NewTask> tasks = new ArrayList<>();
        for (Unasked item : unasked) {
            tasks.add(new NewTask(item.id(), Purpose.AUDIT, -tasks.size(), reason, item.classId(), item.confidence(),
                    item.classId() == null ? null : QuestionRanking.source(run.roundNumber() - 1)));
        }
        queue.enqueue(run.projectId(), run.id(), run.roundNumber(), tasks);
    }
}
