package org.laudable.laud;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import org.laudable.database.Sql;

/** The newest ranking beyond what is in the queue: with it the queue stays full while a model is trained. */
@ApplicationScoped
class RankingRepository {
    private final Sql sql;

    RankingRepository(Sql sql) {
        this.sql = sql;
    }

    @Transactional
    void replace(long runId, List<RankedItem> ranking) {
        sql.update("delete from ranked_item where run_id = ?", runId);
        sql.update("""
                insert into ranked_item (run_id, position, item_id, reason, class_id, confidence, source)
                select ?, n.position, n.item_id, n.reason, n.class_id, n.confidence, n.source
                from unnest(?::int[], ?::bigint[], ?::text[], ?::bigint[], ?::float4[], ?::text[])
                  as n (position, item_id, reason, class_id, confidence, source)""", runId,
                ranking.stream().map(RankedItem::position).toArray(Integer[]::new),
                ranking.stream().map(RankedItem::itemId).toArray(Long[]::new),
                ranking.stream().map(RankedItem::reason).toArray(String[]::new),
                ranking.stream().map(RankedItem::classId).toArray(Long[]::new),
                ranking.stream().map(RankedItem::confidence).toArray(Float[]::new),
                ranking.stream().map(RankedItem::source).toArray(String[]::new));
    }

    /** Takes the next ones out of the ranking. */
    @Transactional
    List<RankedItem> take(long runId, int count) {
        return sql.list("""
                delete from ranked_item where run_id = ? and position in
                  (select position from ranked_item where run_id = ? order by position limit ?)
                returning position, item_id, reason, class_id, confidence, source""",
                row -> new RankedItem(row.getInt(1), row.getLong(2), row.getString(3), row.getObject(4, Long.class),
                        row.getObject(5, Float.class), row.getString(6)), runId, runId, count);
    }

    @Transactional
    long left(long runId) {
        return sql.number("select count(*) from ranked_item where run_id = ?", runId);
    }

    @Transactional
    void clear(long runId) {
        sql.update("delete from ranked_item where run_id = ?", runId);
    }
}
