package org.laudable.budget;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.laudable.database.Sql;

/** The ledger for reading: sums and lines. */
@ApplicationScoped
class LedgerReader {
    private static final int FETCHED_AT_ONCE = 2_000;
    private static final String NET = "sum(case e.kind when 'SETTLE' then e.amount_micros else -e.amount_micros end)";
    private static final String PIECES = "sum(case e.kind when 'SETTLE' then 1 else -1 end)";
    private static final String SPENT = "e.project_id = ? and e.kind in ('SETTLE', 'REVERSE')";
    private static final String CALL = """
            left join llm_call c on e.source = 'LLM' and c.reservation_id = coalesce(e.reservation_id, e.id)
            left join llm_model m on m.id = c.model_id left join llm_provider p on p.id = c.provider_id
            """;
    private static final String LINES = """
            select e.*, case when e.source = 'LLM' then p.name || ' · ' || m.name else a.display_name end as who
            from (select * from ledger_entry where project_id = ? and (?::text is null or kind = ?)
              and (?::text is null or source = ?) order by id desc offset ? limit ?) e
            left join account a on a.id = e.account_id
            """ + CALL + " order by e.id desc";
    private static final String EVERY_LINE = """
            select e.*, case when e.source = 'LLM' then p.name || ' · ' || m.name else a.display_name end as who
            from ledger_entry e left join account a on a.id = e.account_id
            """ + CALL + " where e.project_id = ? order by e.id";

    private final Sql sql;
    private final DataSource dataSource;

    LedgerReader(Sql sql, DataSource dataSource) {
        this.sql = sql;
        this.dataSource = dataSource;
    }

    /** Takes lines one by one. */
    interface Taker {
        void take(LedgerLine line) throws IOException;
    }

    List<Spending.Share> sources(long projectId) {
        return shares("select e.source, " + NET + ", " + PIECES + " from ledger_entry e where " + SPENT + " group by 1 order by 2 desc, 1", projectId);
    }

    List<Spending.Share> people(long projectId) {
        return shares("select coalesce(a.display_name, '?'), s.micros, s.pieces from (select e.account_id, " + NET + " as micros, " + PIECES
                + " as pieces from ledger_entry e where " + SPENT + " and e.source = 'PERSON' group by 1) s"
                + " left join account a on a.id = s.account_id order by 2 desc, 1", projectId);
    }

    List<Spending.Share> models(long projectId) {
        return shares("select coalesce(p.name || ' · ' || m.name, ''), " + NET + ", " + PIECES + " from ledger_entry e " + CALL
                + " where " + SPENT + " and e.source = 'LLM' group by 1 order by 2 desc, 1", projectId);
    }

    private List<Spending.Share> shares(String query, long projectId) {
        return sql.list(query, row -> new Spending.Share(row.getString(1), row.getLong(2), row.getLong(3)), projectId);
    }

    /** By the days of this machine's clock. */
    List<Spending.Day> days(long projectId) {
        String each = "sum(case when e.source = '%s' then case e.kind when 'SETTLE' then e.amount_micros else -e.amount_micros end else 0 end)";
        return sql.list("select (e.created_at at time zone ?)::date as day, " + each.formatted("PERSON") + ", " + each.formatted("LLM")
                        + " from ledger_entry e where " + SPENT + " group by 1 order by 1",
                row -> new Spending.Day(row.getObject(1, LocalDate.class), row.getLong(2), row.getLong(3)),
                ZoneId.systemDefault().getId(), projectId);
    }

    long resolved(long projectId) {
        return sql.number("""
                select count(*) from resolution where project_id = ? and superseded_at is null
                  and origin in ('PERSON', 'REVIEWER', 'LLM')""", projectId);
    }

    /** The newest first. */
    List<LedgerLine> lines(long projectId, LedgerFilter filter, int offset, int limit) {
        String kind = filter.kind().orElse(null);
        String source = filter.source().map(Source::name).orElse(null);
        return sql.list(LINES, LedgerReader::line, projectId, kind, kind, source, source, offset, limit);
    }

    int count(long projectId, LedgerFilter filter) {
        String kind = filter.kind().orElse(null);
        String source = filter.source().map(Source::name).orElse(null);
        return (int) sql.number("""
                select count(*) from ledger_entry where project_id = ? and (?::text is null or kind = ?)
                  and (?::text is null or source = ?)""", projectId, kind, kind, source, source);
    }

    /** Every line in order, with the memory of a few thousand. Not inside a transaction. */
    void each(long projectId, Taker taker) throws IOException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement query = connection.prepareStatement(EVERY_LINE)) {
                query.setFetchSize(FETCHED_AT_ONCE);
                query.setLong(1, projectId);
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        taker.take(line(rows));
                    }
                }
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new IOException("The export broke off: the database cannot be read", e);
        }
    }

    private static LedgerLine line(ResultSet row) throws SQLException {
        return new LedgerLine(row.getLong("id"), Sql.instant(row, "created_at"), row.getString("kind"), Source.valueOf(row.getString("source")),
                Optional.ofNullable(row.getString("who")), Optional.ofNullable(row.getObject("task_id", Long.class)),
                Optional.ofNullable(row.getObject("reservation_id", Long.class)), row.getLong("amount_micros"),
                Optional.ofNullable(row.getString("note")));
    }
}
