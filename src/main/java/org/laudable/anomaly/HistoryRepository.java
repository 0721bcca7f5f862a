package org.laudable.anomaly;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.laudable.database.Sql;
import org.laudable.project.Meaning;

/** What was said of windows of a series over time, corrected and undone answers included. */
@ApplicationScoped
class HistoryRepository {
    private final Sql sql;

    HistoryRepository(Sql sql) {
        this.sql = sql;
    }

    /**
     * One verdict.
     *
     * @param people  who said so, by display name
     * @param meaning empty: it could not be told
     * @param until   when it was replaced or taken back; null: it stands
     */
    record Verdict(Instant at, Instant until, String origin, String people, Optional<Meaning> meaning, String comment) {}

    /** Verdicts on windows that end in a stretch, newest first. */
    @Transactional
    List<Verdict> of(long seriesId, int from, int to) {
        return sql.list("""
                select r.created_at, r.superseded_at, r.origin, c.meaning,
                  (select string_agg(a.display_name, ', ' order by a.display_name) from account a where a.id = any (r.annotators)) as people,
                  (select n.comment from annotation n where n.item_id = r.item_id and n.account_id = any (r.annotators) and n.comment is not null
                    and n.created_at <= r.created_at + interval '1 second' order by n.id desc limit 1) as comment
                from resolution r join item i on i.id = r.item_id left join label_class c on c.id = r.class_id
                where i.series_id = ? and r.origin in ('PERSON', 'REVIEWER', 'LLM')
                  and (i.point >= ? and i.point < ? or r.interval_from < ? and r.interval_to > ?)
                order by r.id desc limit 20""",
                row -> new Verdict(Sql.instant(row, "created_at"), Sql.instant(row, "superseded_at"), row.getString("origin"),
                        row.getString("people") == null ? "" : row.getString("people"),
                        Optional.ofNullable(row.getString("meaning")).map(Meaning::valueOf), row.getString("comment")),
                seriesId, from, to, to, from);
    }

    /** Points of a series that have an answer or an open question that somebody holds. */
    @Transactional
    List<Integer> taken(long seriesId, int from, int to) {
        return sql.list("""
                select i.point from item i where i.series_id = ? and i.point >= ? and i.point < ? and (
                  exists (select 1 from resolution r where r.item_id = i.id and r.superseded_at is null and r.origin in ('PERSON', 'REVIEWER'))
                  or exists (select 1 from task t where t.item_id = i.id and t.state = 'OPEN' and t.free_slots < t.slots))""",
                row -> row.getInt(1), seriesId, from, to);
    }

    /** A question about the stretch that waits in the queue: answering it here takes it out. */
    @Transactional
    Optional<Integer> waiting(long seriesId, int from, int to) {
        return sql.first("""
                select i.point from task t join item i on i.id = t.item_id
                where i.series_id = ? and i.point >= ? and i.point < ? and t.state = 'OPEN' and t.free_slots = t.slots
                order by t.priority desc limit 1""", row -> row.getInt(1), seriesId, from, to);
    }
}
