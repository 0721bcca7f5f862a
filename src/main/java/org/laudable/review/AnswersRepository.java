package org.laudable.review;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.laudable.database.Sql;
import org.laudable.dataset.Origin;

/** Reads answers to the same items, for figures of agreement. */
@ApplicationScoped
class AnswersRepository {
    /** More items would not make the figures surer, only slower. */
    static final int MOST_ITEMS = 5_000;
    private static final String SHARED = """
            with shared as (
              select a.item_id from annotation a where a.project_id = ? and a.kind in ('LABEL', 'NONE')
                and not exists (select 1 from task g where g.id = a.task_id and g.purpose = 'GOLD')
                and a.id = (select max(n.id) from annotation n where n.item_id = a.item_id and n.account_id = a.account_id)
              group by a.item_id having count(*) > 1 order by max(a.id) desc limit ?)
            """;

    private final Sql sql;

    AnswersRepository(Sql sql) {
        this.sql = sql;
    }

    /** @param classId null: none of these; {@code from} and {@code to} null: no stretch was marked */
    record Given(long itemId, long accountId, String person, Long classId, Integer from, Integer to, Instant at) {}

    /** People's newest answers to items that two or more of them answered. */
    List<Given> shared(long projectId) {
        return sql.list(SHARED + """
                select a.item_id, a.account_id, p.display_name, a.class_id, a.interval_from, a.interval_to, a.created_at
                from annotation a join shared s on s.item_id = a.item_id join account p on p.id = a.account_id
                where a.kind in ('LABEL', 'NONE')
                  and not exists (select 1 from task g where g.id = a.task_id and g.purpose = 'GOLD')
                  and a.id = (select max(n.id) from annotation n where n.item_id = a.item_id and n.account_id = a.account_id)
                order by a.id""", row -> new Given(row.getLong(1), row.getLong(2), row.getString(3), row.getObject(4, Long.class),
                row.getObject(5, Integer.class), row.getObject(6, Integer.class), Sql.instant(row, "created_at")), projectId, MOST_ITEMS);
    }

    /** Reviewers' verdicts on such items; -1: none of these. */
    Map<Long, Long> verdicts(long projectId) {
        return sql.list(SHARED + """
                select s.item_id, coalesce(r.class_id, -1) from shared s join resolution r on r.item_id = s.item_id and r.superseded_at is null
                where r.origin = 'REVIEWER' and r.bulk_id is null""", row -> Map.entry(row.getLong(1), row.getLong(2)), projectId, MOST_ITEMS).stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** What a model said of an item, and what a person said. */
    record Compared(Origin origin, long modelId, String model, long itemId, long accountId, Long personClassId, long modelClassId) {}

    /** People's newest answers beside what language models and the task model said of the same items, the newest ones. */
    List<Compared> compared(long projectId) {
        return sql.list("""
                with newest as (
                  select a.item_id, a.account_id, a.class_id from annotation a where a.project_id = ? and a.kind in ('LABEL', 'NONE')
                and not exists (select 1 from task g where g.id = a.task_id and g.purpose = 'GOLD')
                    and a.id = (select max(n.id) from annotation n where n.item_id = a.item_id and n.account_id = a.account_id)
                  order by a.id desc limit ?)
                select 'LLM' as origin, l.model_id, m.name, n.item_id, n.account_id, n.class_id, l.class_id
                from newest n join llm_answer l on l.item_id = n.item_id and l.state = 'ANSWERED' and l.class_id is not null
                  and l.id = (select max(o.id) from llm_answer o where o.item_id = l.item_id and o.model_id = l.model_id and o.class_id is not null)
                join llm_model m on m.id = l.model_id
                union all
                select 'MODEL', 0, '', n.item_id, n.account_id, n.class_id, p.class_id
                from newest n join prediction p on p.item_id = n.item_id""",
                row -> new Compared(Origin.valueOf(row.getString(1)), row.getLong(2), row.getString(3), row.getLong(4), row.getLong(5),
                        row.getObject(6, Long.class), row.getLong(7)), projectId, 2 * MOST_ITEMS);
    }

    Map<Long, String> texts(List<Long> items) {
        return sql.list("select i.id, coalesce(s.name || ' · ' || i.point, left(i.body, 160)) from item i left join series s on s.id = i.series_id where i.id = any (?)",
                row -> Map.entry(row.getLong(1), row.getString(2)), (Object) items.toArray(Long[]::new)).stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
