package org.laudable.budget;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.laudable.database.Sql;

/** The ledger for reading: sums and lines. */
@ApplicationScoped
class LedgerReader {
    private static final int FETCHED_AT_ONCE = 2_000;
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

    /** Sums are read from the totals that are kept beside the ledger. */
    List<Spending.Share> sources(long projectId) {
        return shares("select source, sum(micros), sum(pieces) from ledger_total where project_id = ? group by 1 order by 2 desc, 1", projectId);
    }

    List<Spending.Share> people(long projectId) {
        return shares("""
                select coalesce(a.display_name, '?'), t.micros, t.pieces from (select account_id, sum(micros) as micros, sum(pieces) as pieces
                  from ledger_total where project_id = ? and source = 'PERSON' group by 1) t
                left join account a on a.id = t.account_id order by 2 desc, 1""", projectId);
    }

    List<Spending.Share> models(long projectId) {
        return shares("""
                select coalesce(p.name || ' · ' || m.name, ''), sum(t.micros), sum(t.pieces) from ledger_total t
                left join llm_model m on m.id = t.model_id left join llm_provider p on p.id = m.provider_id
                where t.project_id = ? and t.source = 'LLM' group by 1 order by 2 desc, 1""", projectId);
    }

    private List<Spending.Share> shares(String query, long projectId) {
        return sql.list(query, row -> new Spending.Share(row.getString(1), row.getLong(2), row.getLong(3)), projectId);
    }

    /** By the days of the machine's clock on which they were booked. */
    List<Spending.Day> days(long projectId) {
        return sql.list("""
                select day, coalesce(sum(micros) filter (where source = 'PERSON'), 0), coalesce(sum(micros) filter (where source = 'LLM'), 0)
                from ledger_total where project_id = ? group by 1 order by 1""",
                row -> new Spending.Day(row.getObject(1, LocalDate.class), row.getLong(2), row.getLong(3)), projectId);
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
