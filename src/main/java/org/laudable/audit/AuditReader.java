package org.laudable.audit;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.laudable.database.Sql;

/** The audit trail's rows, for {@link AuditTrail}; checks no access. */
@ApplicationScoped
class AuditReader {
    private static final int FETCHED_AT_ONCE = 2_000;
    private static final String NAMES = " left join account a on a.id = e.account_id left join project p on p.id = e.project_id"
            + " left join api_token k on k.id = e.token_id ";
    private static final String SHOWN = "e.*, a.display_name as who, p.name as project, coalesce(k.name, e.token_id::text) as token";

    private final Sql sql;
    private final DataSource dataSource;

    AuditReader(Sql sql, DataSource dataSource) {
        this.sql = sql;
        this.dataSource = dataSource;
    }

    /** Takes events one by one. */
    interface Taker {
        void take(AuditEvent event) throws IOException;
    }

    private record Condition(String where, List<Object> parameters) {
        static Condition of(AuditFilter filter) {
            List<String> parts = new ArrayList<>(List.of("true"));
            List<Object> parameters = new ArrayList<>();
            filter.accountId().ifPresent(id -> add(parts, parameters, "e.account_id = ?", id));
            filter.feature().ifPresent(feature -> {
                add(parts, parameters, "e.action > ?", feature + ".");
                add(parts, parameters, "e.action < ?", feature + "/"); // the character after the full stop
            });
            filter.projectId().ifPresent(id -> add(parts, parameters, "e.project_id = ?", id));
            filter.from().ifPresent(from -> add(parts, parameters, "e.at >= ?", Timestamp.from(from)));
            filter.to().ifPresent(to -> add(parts, parameters, "e.at < ?", Timestamp.from(to)));
            filter.text().filter(text -> !text.isBlank()).ifPresent(text -> add(parts, parameters,
                    "position(lower(?) in lower(e.action || ' ' || e.subject || ' ' || coalesce(e.details::text, ''))) > 0", text.strip()));
            return new Condition(" where " + String.join(" and ", parts), parameters);
        }

        private static void add(List<String> parts, List<Object> parameters, String part, Object parameter) {
            parts.add(part);
            parameters.add(parameter);
        }

        Object[] with(Object... more) {
            List<Object> all = new ArrayList<>(parameters);
            all.addAll(List.of(more));
            return all.toArray();
        }
    }

    /** The newest first. */
    List<AuditEvent> events(AuditFilter filter, int offset, int limit) {
        Condition condition = Condition.of(filter);
        return sql.list("select " + SHOWN + " from (select e.* from audit_event e" + condition.where()
                + " order by e.id desc offset ? limit ?) e" + NAMES + "order by e.id desc", AuditReader::event, condition.with(offset, limit));
    }

    /** How many, counted up to {@code most}. */
    int count(AuditFilter filter, int most) {
        Condition condition = Condition.of(filter);
        return (int) sql.number("select count(*) from (select from audit_event e" + condition.where() + " limit ?) found", condition.with(most));
    }

    /** The first parts of the actions there are: 'project', 'account', … */
    List<String> features() {
        return sql.list("""
                with recursive feature as (
                  (select split_part(action, '.', 1) as name from audit_event order by action limit 1)
                  union all
                  select (select split_part(action, '.', 1) from audit_event where action >= feature.name || '/' order by action limit 1)
                  from feature where feature.name is not null)
                select name from feature where name is not null order by name""", row -> row.getString(1));
    }

    List<AuditTrail.Person> people(Optional<Long> projectId) {
        Long project = projectId.orElse(null);
        return sql.list("""
                select a.id, a.display_name from account a where exists (select from audit_event e where e.account_id = a.id
                  and (?::bigint is null or e.project_id = ?)) order by lower(a.display_name), a.id""",
                row -> new AuditTrail.Person(row.getLong(1), row.getString(2)), project, project);
    }

    /** Every one in order, with the memory of a few thousand. Not inside a transaction. */
    void each(AuditFilter filter, Taker taker) throws IOException {
        Condition condition = Condition.of(filter);
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement query = connection.prepareStatement(
                    "select " + SHOWN + " from audit_event e" + NAMES + condition.where() + " order by e.id")) {
                query.setFetchSize(FETCHED_AT_ONCE);
                for (int i = 0; i < condition.parameters().size(); i++) {
                    query.setObject(i + 1, condition.parameters().get(i));
                }
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        taker.take(event(rows));
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

    /** Walks the whole chain. Not inside a transaction. */
    AuditChain.Verification verify() {
        try (Connection connection = dataSource.getConnection()) {
            return AuditChain.verify(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("The audit trail cannot be read", e);
        }
    }

    private static AuditEvent event(ResultSet row) throws SQLException {
        return new AuditEvent(row.getLong("id"), Sql.instant(row, "at"), Optional.ofNullable(row.getString("who")), row.getString("action"),
                row.getString("subject"), Optional.ofNullable(row.getObject("project_id", Long.class)), Optional.ofNullable(row.getString("project")),
                Optional.ofNullable(row.getString("details")).orElse("{}"), Optional.ofNullable(row.getString("origin")),
                Optional.ofNullable(row.getString("token")));
    }
}
