package org.laudable.llm;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.laudable.database.Sql;
import org.laudable.security.CurrentUser;

/** Every call that was made, and each provider's figures from them. For administrators. */
@ApplicationScoped
public class CallLog {
    private static final String ANSWERED = "('ANSWERED', 'PARTIAL', 'CACHED')";

    private final Sql sql;
    private final ChatModels models;
    private final CurrentUser currentUser;

    CallLog(Sql sql, ChatModels models, CurrentUser currentUser) {
        this.sql = sql;
        this.models = models;
        this.currentUser = currentUser;
    }

    /** Newest first. */
    @Transactional
    public List<CallRecord> find(CallFilter filter, int offset, int limit) {
        currentUser.requireAdmin();
        List<Object> values = new ArrayList<>();
        String where = where(filter, values);
        values.add(limit);
        values.add(offset);
        return sql.list("""
                select c.*, p.name as provider_name, m.name as model_name, pr.name as project_name
                from llm_call c join llm_provider p on p.id = c.provider_id join llm_model m on m.id = c.model_id
                left join project pr on pr.id = c.project_id %s order by c.id desc limit ? offset ?""".formatted(where),
                CallLog::read, values.toArray());
    }

    @Transactional
    public int count(CallFilter filter) {
        currentUser.requireAdmin();
        List<Object> values = new ArrayList<>();
        return (int) sql.number("select count(*) from llm_call c " + where(filter, values), values.toArray());
    }

    /** The purposes there are calls for. */
    @Transactional
    public List<String> purposes() {
        currentUser.requireAdmin();
        return sql.list("select distinct purpose from llm_call order by purpose", row -> row.getString(1));
    }

    @Transactional
    public ProviderFigures figures(long providerId) {
        currentUser.requireAdmin();
        boolean heldBack = models.heldBack(providerId);
        return sql.first("""
                select coalesce(m.settled_micros, 0), coalesce(m.reserved_micros, 0), s.calls, s.p95, s.failed
                from (select count(*) as calls,
                        percentile_cont(0.95) within group (order by latency_ms) filter (where outcome in %1$s) as p95,
                        count(*) filter (where outcome not in %1$s) as failed
                      from llm_call where provider_id = ? and created_at > now() - interval '24 hours' and not cache_hit
                        and outcome <> 'IN_FLIGHT' and deadline_at is not null) s
                left join llm_provider_month m on m.provider_id = ? and m.month = date_trunc('month', now() at time zone 'UTC')::date
                """.formatted(ANSWERED), row -> {
            long calls = row.getLong(3);
            double p95 = row.getDouble(4);
            OptionalInt latency = row.wasNull() ? OptionalInt.empty() : OptionalInt.of((int) p95);
            OptionalDouble errors = calls == 0 ? OptionalDouble.empty() : OptionalDouble.of(row.getLong(5) / (double) calls);
            return new ProviderFigures(row.getLong(1), row.getLong(2), calls, latency, errors, heldBack);
        }, providerId, providerId).orElseThrow();
    }

    private static String where(CallFilter filter, List<Object> values) {
        List<String> parts = new ArrayList<>();
        filter.providerId().ifPresent(id -> add(parts, values, "c.provider_id = ?", id));
        filter.projectId().ifPresent(id -> add(parts, values, "c.project_id = ?", id));
        filter.purpose().ifPresent(purpose -> add(parts, values, "c.purpose = ?", purpose));
        filter.outcome().ifPresent(outcome -> {
            switch (outcome) {
                case "ANSWERED" -> parts.add("c.outcome in " + ANSWERED);
                case CallFilter.ABSENT -> parts.add("c.outcome not in " + ANSWERED + " and c.outcome <> 'IN_FLIGHT'");
                default -> add(parts, values, "c.outcome = ?", outcome);
            }
        });
        return parts.isEmpty() ? "" : "where " + String.join(" and ", parts);
    }

    private static void add(List<String> parts, List<Object> values, String part, Object value) {
        parts.add(part);
        values.add(value);
    }

    private static CallRecord read(ResultSet row) throws SQLException {
        long cost = row.getLong("cost_micros");
        OptionalLong costMicros = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(cost);
        return new CallRecord(row.getLong("id"), Sql.instant(row, "created_at"), row.getInt("attempt"), row.getString("provider_name"),
                row.getString("model_name"), Optional.ofNullable(row.getString("project_name")), row.getString("purpose"),
                row.getInt("items"), row.getString("outcome"), row.getString("detail") == null ? "" : row.getString("detail"),
                integer(row, "input_tokens"), integer(row, "cached_tokens"), integer(row, "output_tokens"), costMicros,
                row.getString("currency"), integer(row, "latency_ms"), row.getBoolean("over_reservation"), row.getBoolean("unmetered"));
    }

    private static OptionalInt integer(ResultSet row, String column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(value);
    }
}
