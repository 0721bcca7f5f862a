package org.laudable.llm;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.laudable.database.Sql;

/** The tables {@code llm_call}, {@code llm_cache} and {@code llm_provider_month}. */
@ApplicationScoped
class CallRepository {
    static final String IN_FLIGHT = "IN_FLIGHT";

    private final Sql sql;

    CallRepository(Sql sql) {
        this.sql = sql;
    }

    record Month(long settled, long reserved) {}

    /**
     * A call whose cost is not known yet.
     *
     * @param reservationId in the project's ledger; null: none, or the project is gone and its ledger with it
     */
    record Open(long id, long providerId, LocalDate month, Long reservationId, Long runId, long reserved, Prices prices) {}

    /** What a row says from the start. */
    record Intent(UUID requestId, int attempt, Lease lease, ChatQuestion question, byte[] hash) {

        /** Provider and model the call goes to. */
        record Lease(Provider provider, Model model) {}
    }

    LocalDate month() {
        return sql.first("select date_trunc('month', now() at time zone 'UTC')::date",
                row -> row.getObject(1, LocalDate.class)).orElseThrow();
    }

    Month lockMonth(long providerId, LocalDate month) {
        sql.update("insert into llm_provider_month (provider_id, month) values (?, ?) on conflict do nothing", providerId, month);
        return sql.first("""
                select settled_micros, reserved_micros from llm_provider_month where provider_id = ? and month = ? for update""",
                row -> new Month(row.getLong(1), row.getLong(2)), providerId, month).orElseThrow();
    }

    void changeMonth(long providerId, LocalDate month, long settledBy, long reservedBy) {
        sql.update("""
                update llm_provider_month set settled_micros = settled_micros + ?, reserved_micros = reserved_micros + ?
                where provider_id = ? and month = ?""", settledBy, reservedBy, providerId, month);
    }

    Optional<String> projectCurrency(long projectId) {
        return sql.first("select currency from project where id = ?", row -> row.getString(1), projectId);
    }

    /** Holds an amount under the run's cap; false if it does not fit. Runs without a row have no cap. */
    boolean reserveInRun(long runId, long micros) {
        sql.update("insert into llm_run_budget (run_id) select id from run where id = ? on conflict do nothing", runId);
        return sql.update("""
                update llm_run_budget set reserved_micros = reserved_micros + ?
                where run_id = ? and (cap_micros is null or settled_micros + reserved_micros + ? <= cap_micros)""", micros, runId, micros) == 1;
    }

    void settleInRun(long runId, long settledBy, long reserved) {
        sql.update("""
                update llm_run_budget set settled_micros = settled_micros + ?, reserved_micros = reserved_micros - ?
                where run_id = ?""", settledBy, reserved, runId);
    }

    /** The row that precedes a call. */
    long insertIntent(Intent it, LocalDate month, OptionalLong reservationId, long reserved, Optional<ExchangeRate> rate,
            long secondsAtMost) {
        Prices prices = it.lease().model().settings().prices();
        return sql.number("""
                insert into llm_call (request_id, attempt, provider_id, model_id, project_id, run_id, purpose, prompt_version_id, items,
                  input_hash, outcome, month, reservation_id, reserved_micros, currency, rate, rate_as_of,
                  input_price_micros, cached_price_micros, output_price_micros, deadline_at)
                values (?, ?, ?, ?, ?::bigint, ?::bigint, ?, ?::bigint, ?, ?, ?, ?, ?::bigint, ?, ?, ?::numeric, ?::date, ?, ?, ?,
                  now() + make_interval(secs => ?)) returning id""",
                it.requestId(), it.attempt(), it.lease().provider().id(), it.lease().model().id(), boxed(it.question().projectId()),
                boxed(it.question().runId()), it.question().purpose(), boxed(it.question().promptVersionId()), it.question().items(), it.hash(), IN_FLIGHT,
                month, boxed(reservationId), reserved, it.lease().provider().settings().currency(),
                rate.map(ExchangeRate::rate).orElse(null), rate.map(ExchangeRate::asOf).orElse(null),
                prices.inputMicros(), prices.cachedInputMicros(), prices.outputMicros(), (double) secondsAtMost);
    }

    /** A row for what never left the house: an answer from the cache, a cap, a provider held back. */
    void insertEnded(Intent it, String outcome, String detail, boolean cacheHit, int latencyMillis) {
        sql.update("""
                insert into llm_call (request_id, attempt, provider_id, model_id, project_id, run_id, purpose, prompt_version_id, items,
                  input_hash, outcome, detail, month, cost_micros, currency, cache_hit, latency_ms, ended_at)
                values (?, ?, ?, ?, ?::bigint, ?::bigint, ?, ?::bigint, ?, ?, ?, ?, ?, 0, ?, ?, ?, now())""",
                it.requestId(), it.attempt(), it.lease().provider().id(), it.lease().model().id(), boxed(it.question().projectId()),
                boxed(it.question().runId()), it.question().purpose(), boxed(it.question().promptVersionId()), it.question().items(), it.hash(), outcome,
                detail, month(), it.lease().provider().settings().currency(), cacheHit, latencyMillis);
    }

    /** Ends a call that is in flight; false if someone else has ended it already. */
    boolean end(long id, String outcome, String detail, long cost, Optional<Usage> usage, boolean over, boolean unmetered,
            int latencyMillis) {
        return sql.update("""
                update llm_call set outcome = ?, detail = ?, cost_micros = ?, input_tokens = ?::int, cached_tokens = ?::int,
                  output_tokens = ?::int, over_reservation = ?, unmetered = ?, latency_ms = ?, ended_at = now()
                where id = ? and outcome = 'IN_FLIGHT'""",
                outcome, detail, cost, usage.map(Usage::inputTokens).orElse(null), usage.map(Usage::cachedTokens).orElse(null),
                usage.map(Usage::outputTokens).orElse(null), over, unmetered, latencyMillis, id) == 1;
    }

    /** Calls whose process died: still in flight long after they must have ended. */
    List<Long> overdue() {
        return sql.list("select id from llm_call where outcome = 'IN_FLIGHT' and deadline_at < now() order by id limit 500",
                row -> row.getLong(1));
    }

    Optional<Open> open(long id) {
        return sql.first("""
                select c.*, case when p.id is not null then c.reservation_id end as open_reservation
                from llm_call c left join project p on p.id = c.project_id where c.id = ? and c.outcome = 'IN_FLIGHT'""",
                row -> new Open(row.getLong("id"), row.getLong("provider_id"), row.getObject("month", LocalDate.class),
                row.getObject("open_reservation", Long.class), row.getObject("run_id", Long.class),
                row.getLong("reserved_micros"), new Prices(row.getLong("input_price_micros"), row.getLong("cached_price_micros"),
                row.getLong("output_price_micros"))), id);
    }

    Optional<ExchangeRate> rateOf(long id) {
        return sql.first("select currency, rate, rate_as_of from llm_call where id = ? and rate is not null",
                row -> new ExchangeRate(row.getString(1), "", row.getBigDecimal(2), row.getObject(3, LocalDate.class)), id);
    }

    Optional<String> cached(byte[] key) {
        return sql.first("select reply::text from llm_cache where key = ?", row -> row.getString(1), key);
    }

    void cache(byte[] key, long modelId, OptionalLong projectId, String reply) {
        sql.update("""
                insert into llm_cache (key, model_id, project_id, reply) values (?, ?, ?::bigint, ?::jsonb)
                on conflict (key) do nothing""", key, modelId, boxed(projectId), reply);
    }

    private static Long boxed(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }
}
