package org.laudable.review;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.laudable.database.Sql;

/** Which items wait in which queue. */
@ApplicationScoped
class QueueRepository {
    /** So many are tried when others have claimed the first ones. */
    private static final int TRIED = 50;
    /** Of a language model's labels, so many of the least sure are looked at for those that the task model contradicts. */
    private static final int LEAST_SURE = 2_000;
    private static final String STANDING = """
            exists (select 1 from resolution r where r.item_id = x.item_id and r.superseded_at is null and r.origin in""";
    private static final String AWAY = " "
            + """
            and not exists (select 1 from sent_back b where b.item_id = x.item_id and b.closed_at is null and b.answered_at is null)""";
    /** People have neither labeled it nor been asked again. */
    private static final String UNDECIDED = " and not " + STANDING + " ('PERSON', 'REVIEWER')) "
            + "and not exists (select 1 from task o where o.item_id = x.item_id and o.state = 'OPEN')";
    private static final String NEWEST = " "
            + """
            and not exists (select 1 from annotation l where l.task_id = x.task_id and l.account_id = x.account_id
              and l.revision > x.revision)""";

    private final Sql sql;

    QueueRepository(Sql sql) {
        this.sql = sql;
    }

    /** How many wait in each, counted up to one more than {@link ReviewQueue#MANY}; the random check has no end worth counting. */
    Map<ReviewQueue, Long> counts(long projectId) {
        Map<ReviewQueue, Long> counts = new EnumMap<>(ReviewQueue.class);
        for (ReviewQueue queue : ReviewQueue.values()) {
            if (queue != ReviewQueue.RANDOM && queue != ReviewQueue.CONFUSED) {
                counts.put(queue, sql.number("select count(distinct item_id) from (select x.item_id " + from(queue)
                        + (queue.bulk() ? order(queue) : "") + " limit ?) bounded", projectId, // in the order of their index, or all labels are read
                        ReviewQueue.MANY + 1));
            }
        }
        return counts;
    }

    /** The first items nobody else has on the screen. */
    List<Long> candidates(long projectId, ReviewWish wish, long accountId) {
        List<Object> parameters = new ArrayList<>(List.of(projectId));
        if (wish.queue() == ReviewQueue.CONFUSED) {
            parameters.addAll(List.of(wish.first(), wish.second()));
        }
        parameters.addAll(List.of(wish.passed().toArray(Long[]::new), accountId, wish.queue() == ReviewQueue.LLM ? LEAST_SURE : TRIED));
        String found = "select x.* " + from(wish.queue()) + " " + """
                and x.item_id <> all (?) and not exists (select 1 from review_claim c
                   where c.item_id = x.item_id and c.account_id <> ? and c.until > now())""" + order(wish.queue()) + " limit ?";
        if (wish.queue() == ReviewQueue.LLM) {
            found = "select w.* from (" + found + """
                    ) w order by coalesce((select p.class_id <> w.class_id from prediction p where p.item_id = w.item_id), false) desc,
                      w.confidence nulls first, w.item_id limit\s""" + TRIED;
        }
        return sql.list(found, row -> row.getLong("item_id"), parameters.toArray()).stream().distinct().toList();
    }

    private static String from(ReviewQueue queue) {
        return switch (queue) {
            case RETURNED -> "from sent_back x where x.project_id = ? and x.closed_at is null" + AWAY;
            case DISAGREEMENT -> "from task x where x.project_id = ? and x.review_reason = 'DISAGREEMENT'" + UNDECIDED + AWAY;
            case SKIPPED -> "from task x where x.project_id = ? and x.review_reason = 'SKIPPED'" + UNDECIDED + AWAY;
            case FLAGGED -> "from annotation x where x.project_id = ? and x.kind = 'FLAG' and not " + STANDING + " ('REVIEWER'))" + NEWEST + AWAY;
            case NONE -> "from resolution x where x.project_id = ? and x.superseded_at is null and x.outcome = 'NONE' and x.origin = 'PERSON'" + AWAY;
            case LLM -> "from resolution x where x.project_id = ? and x.superseded_at is null and x.sample_id is null and x.origin = 'LLM'" + AWAY;
            case MODEL -> "from resolution x where x.project_id = ? and x.superseded_at is null and x.sample_id is null and x.origin in ('MODEL', 'PROPAGATED')" + AWAY;
            case RANDOM -> "from resolution x join item i on i.id = x.item_id and i.project_id = x.project_id where x.project_id = ? and x.superseded_at is null and x.origin = 'PERSON'" + AWAY;
            case CONFUSED -> """
                    from annotation x join annotation y on y.item_id = x.item_id and y.account_id <> x.account_id
                    where x.project_id = ? and x.class_id = ? and y.class_id = ?
                      and not exists (select 1 from annotation l where l.task_id = y.task_id and l.account_id = y.account_id
                        and l.revision > y.revision)
                      and not\s""" + STANDING + " ('REVIEWER'))" + NEWEST + AWAY;
        };
    }

    private static String order(ReviewQueue queue) {
        return switch (queue) {
            case RETURNED, FLAGGED, NONE, CONFUSED -> " order by x.id";
            case DISAGREEMENT, SKIPPED -> " order by x.closed_at, x.id";
            case LLM, MODEL -> " order by x.confidence nulls first, x.item_id";
            case RANDOM -> " order by i.shuffle, i.id";
        };
    }
}
