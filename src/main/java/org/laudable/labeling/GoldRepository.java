package org.laudable.labeling;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.laudable.database.Sql;

/** The tables {@code gold} and {@code gold_person}, and the gold questions made for one person. */
@ApplicationScoped
class GoldRepository {
    /** Intersection over union from which two stretches of a series are the same one. */
    static final double LEAST_OVERLAP = 0.5;
    /** Whether the answer s says what the gold item k has; without a stretch drawn, it means the suggested one. */
    private static final String RIGHT = """
            s.class_id = k.class_id and (k.interval_from is null or
              greatest(0, least(s.to_index, k.interval_to) - greatest(s.from_index, k.interval_from)) >= %s * (
                s.to_index - s.from_index + k.interval_to - k.interval_from
                - greatest(0, least(s.to_index, k.interval_to) - greatest(s.from_index, k.interval_from))))
            """.formatted(LEAST_OVERLAP);
    private static final String SCORE = """
            select m.account_id, coalesce(bool_or(g.onboarded), false),
              count(*) filter (where\s""" + RIGHT + """
              ), count(k.item_id) filter (where s.kind in ('LABEL', 'NONE'))
            from project_member m
            left join gold_person g on g.project_id = m.project_id and g.account_id = m.account_id
            left join task t on t.project_id = m.project_id and t.purpose = 'GOLD' and t.reserved_for = 'person:' || m.account_id
            left join item i on i.id = t.item_id and i.series_id is not null
            left join lateral (select a.kind, a.class_id, a.created_at, coalesce(a.interval_from, t.suggested_from, i.point) as from_index,
                coalesce(a.interval_to, t.suggested_to, i.point + 1) as to_index from annotation a where a.task_id = t.id
              and a.account_id = m.account_id order by a.revision desc limit 1) s
              on s.kind in ('LABEL', 'NONE') and s.created_at > coalesce(g.since, '-infinity')
            left join gold k on k.item_id = t.item_id and s.kind is not null
            where m.project_id = ?""";

    private final Sql sql;

    GoldRepository(Sql sql) {
        this.sql = sql;
    }

    long count(long projectId) {
        return sql.number("select count(*) from gold where project_id = ?", projectId);
    }

    /** Whether the person is measured: annotators are. */
    boolean measured(long projectId, long accountId) {
        return sql.number("select count(*) from project_member where project_id = ? and account_id = ? and role = 'ANNOTATOR'",
                projectId, accountId) > 0;
    }

    /** @param handed questions handed to the person before this one */
    record Person(long handed, boolean onboarded) {}

    /** Notes that the person is handed one more question. */
    Person turn(long projectId, long accountId) {
        return sql.first("""
                insert into gold_person (project_id, account_id, handed) values (?, ?, 1)
                on conflict (project_id, account_id) do update set handed = gold_person.handed + 1
                returning handed - 1, onboarded""", row -> new Person(row.getLong(1), row.getBoolean(2)), projectId, accountId)
                .orElseThrow();
    }

    /** Keeps others from judging the person until the transaction ends. */
    void lock(long projectId, long accountId) {
        sql.list("select 1 from gold_person where project_id = ? and account_id = ? for update", row -> row.getInt(1), projectId, accountId);
    }

    void onboarded(long projectId, long accountId) {
        sql.update("update gold_person set onboarded = true where project_id = ? and account_id = ?", projectId, accountId);
    }

    /** A manager hands work out again: the first gold items are behind the person, and the score begins anew. */
    void beginAnew(long projectId, long accountId) {
        sql.update("""
                insert into gold_person (project_id, account_id, onboarded, since) values (?, ?, true, now())
                on conflict (project_id, account_id) do update set onboarded = true, since = now()""", projectId, accountId);
    }

    /** Gold questions the person has answered, flagged or passed on, and those they hold now. */
    record Asked(int answered, int held) {}

    Asked asked(long projectId, long accountId) {
        return sql.first("""
                select count(*) filter (where t.state = 'DONE'), count(*) filter (where t.state = 'ASKED')
                from task t where t.project_id = ? and t.purpose = 'GOLD' and t.reserved_for = ?""",
                row -> new Asked(row.getInt(1), row.getInt(2)), projectId, Reservation.forPerson(accountId).key()).orElseThrow();
    }

    /**
     * Makes a question of a gold item the person was not heard on and does not hold. It looks like the others: with what a
     * model says of the item, and with a reason another question has. A question that came back unanswered is asked again, so
     * that a late answer to it is not a second one.
     */
    Optional<Long> ask(long projectId, long accountId) {
        return sql.first("""
                with chosen as materialized (
                  select g.project_id, g.item_id from gold g where g.project_id = ?
                    and not exists (select 1 from annotation a where a.item_id = g.item_id and a.account_id = ?
                      and a.kind <> 'RETRACTED' and not exists (select 1 from annotation later where later.task_id = a.task_id
                        and later.account_id = a.account_id and later.revision > a.revision))
                    and not exists (select 1 from lease l join task h on h.id = l.task_id where l.project_id = g.project_id
                      and l.account_id = ? and l.state = 'HELD' and h.item_id = g.item_id)
                  order by hashint8extended(g.item_id, ?) limit 1),
                asked as materialized (
                  select c.project_id, c.item_id,
                    coalesce((select o.reason from task o where o.project_id = c.project_id and o.purpose = 'TRAIN' and o.state = 'OPEN' limit 1), '') as reason,
                    coalesce(d.class_id, e.suggestion_class_id) as class_id,
                    case when d.class_id is null then e.suggestion_confidence else d.confidence end as confidence,
                    case when d.class_id is null then e.suggestion_source else 'model v' || d.model_version end as source,
                    w.suggested_from, w.suggested_to
                  from chosen c
                  left join prediction d on d.item_id = c.item_id
                  left join lateral (select t.suggestion_class_id, t.suggestion_confidence, t.suggestion_source from task t
                    where t.item_id = c.item_id and t.suggestion_class_id is not null order by t.id desc limit 1) e on true
                  left join lateral (select t.suggested_from, t.suggested_to from task t
                    where t.item_id = c.item_id and t.suggested_from is not null order by t.id desc limit 1) w on true),
                again as (
                  update task t set state = 'ASKED', closed_at = null, reason = n.reason, suggestion_class_id = n.class_id,
                    suggestion_confidence = n.confidence, suggestion_source = n.source, suggested_from = n.suggested_from,
                    suggested_to = n.suggested_to
                  from asked n where t.item_id = n.item_id and t.project_id = n.project_id and t.purpose = 'GOLD'
                    and t.reserved_for = ? and t.state = 'WITHDRAWN' returning t.id),
                first as (
                  insert into task (project_id, item_id, purpose, state, priority, reason, suggestion_class_id, suggestion_confidence,
                    suggestion_source, suggested_from, suggested_to, reserved_for)
                  select n.project_id, n.item_id, 'GOLD', 'ASKED', 0, n.reason, n.class_id, n.confidence, n.source, n.suggested_from,
                    n.suggested_to, ?
                  from asked n where not exists (select 1 from again) returning id)
                select id from again union all select id from first""", row -> row.getLong(1), projectId, accountId, accountId, accountId,
                Reservation.forPerson(accountId).key(), Reservation.forPerson(accountId).key());
    }

    /** Nobody holds these gold questions any more: they are asked again when their turn comes. */
    void withdrawReturned(Long[] taskIds) {
        sql.update("""
                update task t set state = 'WITHDRAWN', closed_at = now() where t.id = any (?) and t.state = 'ASKED'
                  and not exists (select 1 from lease l where l.task_id = t.id and l.state = 'HELD')""", (Object) taskIds);
    }

    /** Whether it was answered or passed on. */
    void answered(long taskId, boolean done) {
        sql.update("update task set state = ?, closed_at = case when ? then now() end where id = ?", done ? "DONE" : "ASKED", done,
                taskId);
    }

    Optional<GoldScore> score(long projectId, long accountId) {
        return scores(SCORE + " and m.account_id = ? group by m.account_id", projectId, accountId).stream().findFirst();
    }

    List<GoldScore> scores(long projectId) {
        return scores(SCORE + " and m.role = 'ANNOTATOR' group by m.account_id", projectId);
    }

    private List<GoldScore> scores(String query, Object... parameters) {
        return sql.list(query, row -> new GoldScore(row.getLong(1), row.getInt(3), row.getInt(4), row.getBoolean(2)), parameters);
    }
}
