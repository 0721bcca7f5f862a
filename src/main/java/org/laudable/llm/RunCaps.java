package org.laudable.llm;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.OptionalLong;
import org.laudable.database.Sql;

/** What a run may spend on language models, and has spent, in the project's currency. For services; checks no access. */
@ApplicationScoped
public class RunCaps {
    private final Sql sql;

    RunCaps(Sql sql) {
        this.sql = sql;
    }

    /** @param calls made for the run, answers from the cache not counted */
    public record Spending(OptionalLong capMicros, long settledMicros, long reservedMicros, long calls) {}

    /** @param capMicros null: only the project's cap holds; below what is spent: nothing more is asked */
    @Transactional
    public void set(long runId, Long capMicros) {
        sql.update("""
                insert into llm_run_budget (run_id, cap_micros) values (?, ?::bigint)
                on conflict (run_id) do update set cap_micros = excluded.cap_micros""", runId, capMicros);
    }

    @Transactional
    public Spending of(long runId) {
        long calls = sql.number("select count(*) from llm_call where run_id = ? and not cache_hit", runId);
        return sql.first("select cap_micros, settled_micros, reserved_micros from llm_run_budget where run_id = ?", row -> {
            long cap = row.getLong(1);
            return new Spending(row.wasNull() ? OptionalLong.empty() : OptionalLong.of(cap), row.getLong(2), row.getLong(3), calls);
        }, runId).orElse(new Spending(OptionalLong.empty(), 0, 0, calls));
    }
}
