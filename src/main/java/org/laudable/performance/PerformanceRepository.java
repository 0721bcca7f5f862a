package org.laudable.performance;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.laudable.database.Sql;

/** Reads figures from answers, labels and the ledger's totals in one pass. Days are those of this machine's clock. */
@ApplicationScoped
class PerformanceRepository {
    /** Few answers are ever changed, so the changed ones are looked up once, not each for itself. */
    private static final String FIGURES = """
            with changed as (select task_id, account_id, max(revision) as newest from annotation
                where project_id = ? and revision > 1 and not moved group by 1, 2),
              given as (select a.account_id, (a.created_at at time zone ?)::date as day, a.task_id, a.item_id, a.revision, a.kind, a.class_id,
                  a.active_millis, c.newest is null or a.revision >= c.newest as holds
                from annotation a left join changed c on c.task_id = a.task_id and c.account_id = a.account_id
                where a.project_id = ? and not a.moved and (?::bigint is null or a.account_id = ?)
                  and a.created_at >= (current_date - ? + 1)::timestamptz),
              done as (select account_id, day, count(*) filter (where holds and kind in ('LABEL', 'NONE')) as answers,
                  count(*) filter (where holds and kind = 'SKIP') as skipped, sum(active_millis) as millis from given group by 1, 2),
              compared as (select g.account_id, g.day, count(*) as pairs, count(*) filter (where case when r.outcome = 'NONE' then g.kind = 'NONE'
                  else r.class_id = coalesce((select m.class_id from annotation m where m.task_id = g.task_id and m.account_id = g.account_id
                    and m.moved and m.revision > g.revision order by m.revision desc limit 1), g.class_id) end) as agreed
                from given g join resolution r on r.item_id = g.item_id and r.superseded_at is null
                where g.holds and g.kind in ('LABEL', 'NONE') and (r.origin = 'REVIEWER' or r.origin = 'PERSON'
                  and (cardinality(r.annotators) > 1 or not g.account_id = any(r.annotators))) group by 1, 2),
              paid as (select account_id, day, sum(micros) as micros from ledger_total where project_id = ? and source = 'PERSON'
                and (?::bigint is null or account_id = ?) and day > current_date - ? group by 1, 2)
            select d.day, d.account_id, a.display_name, d.answers, d.skipped, d.millis, coalesce(p.micros, 0), coalesce(c.pairs, 0), coalesce(c.agreed, 0)
            from done d join account a on a.id = d.account_id left join paid p on p.account_id = d.account_id and p.day = d.day
            left join compared c on c.account_id = d.account_id and c.day = d.day order by d.day desc, d.answers desc, a.id""";

    private final Sql sql;

    PerformanceRepository(Sql sql) {
        this.sql = sql;
    }

    /**
     * The newest day first.
     *
     * @param accountId one person, or null for everyone
     */
    List<DayFigures> days(long projectId, Long accountId, int days) {
        return sql.list(FIGURES, row -> new DayFigures(row.getObject(1, LocalDate.class), row.getLong(2), row.getString(3), row.getLong(4), row.getLong(5),
                Duration.ofMillis(row.getLong(6)), row.getLong(7), row.getInt(8), row.getInt(9)), projectId, ZoneId.systemDefault().getId(), projectId,
                accountId, accountId, days, projectId, accountId, accountId, days);
    }

    String currency(long projectId) {
        return sql.first("select currency from project where id = ?", row -> row.getString(1), projectId).orElseThrow();
    }
}
