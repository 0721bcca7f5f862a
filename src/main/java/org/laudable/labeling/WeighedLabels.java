package org.laudable.labeling;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.laudable.database.Sql;

/**
 * Gives items the labels that weighed answers came to, many in one transaction. A reviewer's verdict, the audit sample, what
 * was sent back, what a reviewer has on the screen and items that were answered meanwhile stay as they are. For background
 * work; checks no access.
 */
@ApplicationScoped
public class WeighedLabels {
    /** Smaller changes of a confidence are not written. */
    private static final float VISIBLE = .001f;
    private static final String WISHED = """
            unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::text[], ?::real[], ?::text[]::boolean[], ?::text[])
              as n (item_id, task_id, class_id, outcome, confidence, weighed, annotators)""";

    private final Sql sql;

    WeighedLabels(Sql sql) {
        this.sql = sql;
    }

    /**
     * What an item's answers come to.
     *
     * @param lastAnswer the newest answer that was weighed: a later one leaves the item for the next time
     * @param outcome    LABEL, NONE, or REVIEW: too doubtful, a reviewer decides
     * @param classId    with LABEL, otherwise null
     * @param weighed    false: by majority
     * @param annotators who says so
     */
    public record Wish(long itemId, long taskId, long lastAnswer, String outcome, Long classId, float confidence, boolean weighed,
            List<Long> annotators) {}

    /** @param changed labels that became others, came or went; {@code news} to be told after the commit */
    public record Given(int changed, List<ItemResolved> news) {}

    /** The same wishes again change nothing. */
    @Transactional(TxType.REQUIRES_NEW)
    public Given give(long projectId, List<Wish> wishes) {
        Set<Long> free = new HashSet<>(free(projectId, wishes));
        Object[] rows = rows(wishes.stream().filter(wish -> free.contains(wish.itemId())).toList());
        sql.update("update resolution r set confidence = n.confidence, weighed = n.weighed from " + WISHED + """
                 where r.item_id = n.item_id and r.superseded_at is null and r.origin = 'PERSON' and r.task_id = n.task_id
                  and r.outcome = n.outcome and r.class_id is not distinct from n.class_id
                  and (r.weighed <> n.weighed or abs(coalesce(r.confidence, 0) - n.confidence) > ?)""", and(rows, VISIBLE));
        int gone = sql.update("update resolution r set superseded_at = now() from " + WISHED + """
                 where r.item_id = n.item_id and r.superseded_at is null and r.origin = 'PERSON' and r.task_id = n.task_id
                  and (r.outcome <> n.outcome or r.class_id is distinct from n.class_id)""", rows);
        List<ItemResolved> news = sql.list("""
                with given as (
                  insert into resolution (project_id, item_id, outcome, class_id, origin, confidence, run_id, task_id, annotators, weighed)
                  select t.project_id, n.item_id, n.outcome, n.class_id, 'PERSON', n.confidence, t.run_id, t.id, n.annotators::bigint[], n.weighed
                  from\s""" + WISHED + """
                   join task t on t.id = n.task_id where n.outcome <> 'REVIEW'
                  on conflict (item_id) where superseded_at is null do nothing returning item_id, task_id)
                select g.item_id, t.purpose, t.run_id, t.round_number from given g join task t on t.id = g.task_id""",
                row -> new ItemResolved(projectId, row.getLong(1), Purpose.valueOf(row.getString(2)), row.getObject(3, Long.class),
                        row.getObject(4, Integer.class)), rows);
        int toReview = sql.update("update task t set review_reason = case when n.outcome = 'REVIEW' then 'DISAGREEMENT' end from " + WISHED + """
                 where t.id = n.task_id and (t.review_reason is null) <> (n.outcome <> 'REVIEW')""", rows);
        return new Given(Math.max(Math.max(gone, news.size()), toReview), news);
    }

    /** Locks the questions, and says which items may get another label now. */
    private List<Long> free(long projectId, List<Wish> wishes) {
        sql.list("select id from task where id = any (?) order by id for update", row -> row.getLong(1),
                (Object) wishes.stream().map(Wish::taskId).toArray(Long[]::new));
        return sql.list("""
                select n.item_id from unnest(?::bigint[], ?::bigint[], ?::bigint[]) as n (item_id, task_id, last_answer)
                join task t on t.id = n.task_id and t.state = 'DONE' and t.project_id = ? and (t.review_reason is null or t.review_reason = 'DISAGREEMENT')
                join item i on i.id = n.item_id and i.split <> 'AUDIT'
                left join resolution r on r.item_id = n.item_id and r.superseded_at is null
                where n.last_answer = (select max(a.id) from annotation a where a.task_id = t.id)
                  and case when r.id is null then t.review_reason is not null
                    else r.origin = 'PERSON' and r.task_id = t.id and r.interval_from is null end
                  and not exists (select 1 from task o where o.item_id = n.item_id and o.id > t.id and o.state <> 'WITHDRAWN' and o.purpose <> 'GOLD')
                  and not exists (select 1 from sent_back b where b.item_id = n.item_id and b.closed_at is null)
                  and not exists (select 1 from review_claim c where c.item_id = n.item_id and c.until > now())""",
                row -> row.getLong(1), wishes.stream().map(Wish::itemId).toArray(Long[]::new), wishes.stream().map(Wish::taskId).toArray(Long[]::new),
                wishes.stream().map(Wish::lastAnswer).toArray(Long[]::new), projectId);
    }

    private static Object[] rows(List<Wish> wishes) {
        return new Object[] {wishes.stream().map(Wish::itemId).toArray(Long[]::new), wishes.stream().map(Wish::taskId).toArray(Long[]::new),
            wishes.stream().map(Wish::classId).toArray(Long[]::new), wishes.stream().map(Wish::outcome).toArray(String[]::new),
            wishes.stream().map(Wish::confidence).toArray(Float[]::new), wishes.stream().map(wish -> Boolean.toString(wish.weighed())).toArray(String[]::new),
            wishes.stream().map(wish -> wish.annotators().stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}"))).toArray(String[]::new)};
    }

    private static Object[] and(Object[] rows, Object more) {
        List<Object> all = new ArrayList<>(List.of(rows));
        all.add(more);
        return all.toArray();
    }
}
