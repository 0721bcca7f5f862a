package org.laudable.performance;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.laudable.database.Sql;

/** Reads figures from answers, labels and the ledger. Days are those of this machine's clock. */
@ApplicationScoped
class PerformanceRepository {
    private static final String ANSWERS = """
            select a.account_id, (a.created_at at time zone ?)::date as day, a.item_id, a.kind, a.active_millis,
              coalesce((select m.class_id from annotation m where m.task_id = a.task_id and m.account_id = a.account_id and m.moved
                and m.revision > a.revision order by m.revision desc limit 1), a.class_id) as class_id,
              not exists (select 1 from annotation later where later.task_id = a.task_id and later.account_id = a.account_id
                and later.revision > a.revision and not later.moved) as holds
            from annotation a where a.project_id = ? and not a.moved and (?::bigint is null or a.account_id = ?)
              and a.created_at >= (current_date - ? + 1)::timestamptz
            """;
    private static final String PAID = """
            select t.account_id, t.day, sum(t.micros) as micros from ledger_total t where t.project_id = ? and t.source = 'PERSON'
              and (?::bigint is null or t.account_id = ?) and t.day > current_date - ? group by 1, 2
            """;
    /** Answers beside the label that came to be, where it rests on others, too. */
    private static final String PAIRS = """
             pairs as (select g.account_id, g.day, case when r.outcome = 'NONE' then g.kind = 'NONE' else g.class_id = r.class_id end as agreed
              from given g join resolution r on r.item_id = g.item_id and r.superseded_at is null
              where g.holds and g.kind in ('LABEL', 'NONE') and (r.origin = 'REVIEWER' or r.origin = 'PERSON'
                and (cardinality(r.annotators) > 1 or not g.account_id = any(r.annotators))))""";
    private static final String COUNTED = "count(*) filter (where holds and kind in ('LABEL', 'NONE'))";

    private final Sql sql;

    PerformanceRepository(Sql sql) {
        this.sql = sql;
    }

    /** @param accountId one person, or null for everyone */
    List<PersonFigures> people(long projectId, Long accountId, int days) {
        String zone = ZoneId.systemDefault().getId();
        return sql.list("with given as (" + ANSWERS + "), paid as (" + PAID + "), done as (select account_id, " + COUNTED + """
                 as answers, count(*) filter (where holds and kind = 'SKIP') as skipped, sum(active_millis) as millis
                from given group by 1),""" + PAIRS + """
                ,
                compared as (select account_id, count(*) as pairs, count(*) filter (where agreed) as agreed from pairs group by 1)
                select a.id, a.display_name, d.answers, d.skipped, d.millis,
                  coalesce((select sum(micros) from paid p where p.account_id = a.id), 0), coalesce(c.pairs, 0), coalesce(c.agreed, 0)
                from done d join account a on a.id = d.account_id left join compared c on c.account_id = d.account_id
                order by d.answers desc, a.id""",
                row -> new PersonFigures(row.getLong(1), row.getString(2), row.getLong(3), row.getLong(4), Duration.ofMillis(row.getLong(5)),
                        row.getLong(6), row.getInt(7), row.getInt(8)),
                zone, projectId, accountId, accountId, days, projectId, accountId, accountId, days);
    }

    List<DayFigures> days(long projectId, Long accountId, int days) {
        String zone = ZoneId.systemDefault().getId();
        return sql.list("with given as (" + ANSWERS + "), paid as (" + PAID + "), done as (select account_id, day, " + COUNTED + """
                 as answers, sum(active_millis) as millis from given group by 1, 2),""" + PAIRS + """
                , compared as (select account_id, day, count(*) as pairs, count(*) filter (where agreed) as agreed from pairs group by 1, 2)
                select d.day, a.display_name, d.answers, d.millis, coalesce(p.micros, 0), coalesce(c.pairs, 0), coalesce(c.agreed, 0)
                from done d join account a on a.id = d.account_id left join paid p on p.account_id = d.account_id and p.day = d.day
                left join compared c on c.account_id = d.account_id and c.day = d.day order by d.day desc, d.answers desc, a.id""",
                row -> new DayFigures(row.getObject(1, LocalDate.class), row.getString(2), row.getLong(3), Duration.ofMillis(row.getLong(4)), row.getLong(5),
                        row.getInt(6), row.getInt(7)),
                zone, projectId, accountId, accountId, days, projectId, accountId, accountId, days);
    }

    String currency(long projectId) {
        return sql.first("select currency from project where id = ?", row -> row.getString(1), projectId).orElseThrow();
    }
}
