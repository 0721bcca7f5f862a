package org.laudable.review;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.laudable.database.Sql;
import org.laudable.project.Aggregation;

/** Reads what is to be weighed, and the table {@code aggregation}: how far a project is with it. */
@ApplicationScoped
class WeighingRepository {
    /** Of very many, the newest: older ones keep what they came to. */
    static final int MOST_ITEMS = 20_000;
    /** Answers are counted up to here. */
    private static final int COUNTED = 500;
    private static final int SECONDS = 30;

    private final Sql sql;

    WeighingRepository(Sql sql) {
        this.sql = sql;
    }

    /** @param mode how labels were made when it was last weighed; null: never */
    record Candidate(long projectId, Aggregation way, Aggregation mode, long until, int items) {}

    /** @param at when; {@code items} looked at, {@code changed} labels that became others */
    record State(Aggregation mode, int items, int changed, Instant at) {}

    /** Active projects of texts that weigh, or did so until now. */
    List<Candidate> candidates() {
        return sql.list("""
                select p.id, p.aggregation, g.mode, coalesce(g.answers_until, 0), coalesce(g.items, 0)
                from project p left join aggregation g on g.project_id = p.id
                where p.state = 'ACTIVE' and p.kind = 'TEXT' and (p.aggregation = 'DAWID_SKENE' or g.mode = 'DAWID_SKENE')""",
                row -> new Candidate(row.getLong(1), Aggregation.valueOf(row.getString(2)),
                        row.getString(3) == null ? null : Aggregation.valueOf(row.getString(3)), row.getLong(4), row.getInt(5)));
    }

    /**
     * Whether so many answers came since then, or fewer and no more for a while.
     *
     * @param enough how many are many
     */
    boolean news(long projectId, long until, int enough) {
        return sql.first("""
                select count(*), coalesce(max(f.created_at) < now() - make_interval(secs => ?), false) from project_member m
                join lateral (select a.created_at from annotation a where a.project_id = m.project_id and a.account_id = m.account_id and a.id > ?
                  order by a.id limit ?) f on true
                where m.project_id = ?""", row -> row.getLong(1) >= enough || row.getLong(1) > 0 && row.getBoolean(2),
                SECONDS, until, COUNTED, projectId).orElseThrow();
    }

    long newestAnswer() {
        return sql.number("select coalesce(max(id), 0) from annotation");
    }

    /** Counted answers to closed questions that several people answered, each item's newest question. */
    List<Weighing.Said> said(long projectId) {
        return sql.list("""
                with closed as (
                  select t.id, t.item_id from task t
                  where t.project_id = ? and t.state = 'DONE' and t.purpose <> 'GOLD' and t.slots > 1
                    and not exists (select 1 from task o where o.item_id = t.item_id and o.id > t.id and o.state <> 'WITHDRAWN' and o.purpose <> 'GOLD')
                  order by t.id desc limit ?)
                select c.item_id, c.id, a.account_id, (select max(l.id) from annotation l where l.task_id = c.id), a.kind, a.class_id,
                  coalesce((select coalesce(r.class_id, -1) from resolution r where r.item_id = c.item_id and r.superseded_at is null
                    and r.origin = 'REVIEWER' and r.bulk_id is null), 0)
                from closed c join annotation a on a.task_id = c.id and a.kind in ('LABEL', 'NONE', 'FLAG') and not a.surplus
                  and not exists (select 1 from annotation later where later.task_id = a.task_id and later.account_id = a.account_id
                    and later.revision > a.revision)
                order by c.id, a.id""", row -> new Weighing.Said(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4),
                row.getString(5).equals("FLAG"), row.getObject(6, Long.class), row.getLong(7)), projectId, MOST_ITEMS);
    }

    Optional<State> state(long projectId) {
        return sql.first("select mode, items, changed, weighed_at from aggregation where project_id = ?",
                row -> new State(Aggregation.valueOf(row.getString(1)), row.getInt(2), row.getInt(3), Sql.instant(row, "weighed_at")), projectId);
    }

    void save(long projectId, Aggregation mode, long until, int items, int changed) {
        sql.update("""
                insert into aggregation (project_id, answers_until, mode, items, changed) values (?, ?, ?, ?, ?)
                on conflict (project_id) do update set answers_until = excluded.answers_until, mode = excluded.mode, items = excluded.items,
                  changed = excluded.changed, weighed_at = now()""", projectId, until, mode, items, changed);
    }
}
