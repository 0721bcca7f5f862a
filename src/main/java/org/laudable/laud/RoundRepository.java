package org.laudable.laud;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.laudable.database.Sql;

/** The round table. */
@ApplicationScoped
class RoundRepository {
    private final Sql sql;
    private final ObjectMapper json;

    RoundRepository(Sql sql, ObjectMapper json) {
        this.sql = sql;
        this.json = json;
    }

    /** In order. */
    @Transactional
    List<RoundRow> of(long runId) {
        return sql.list("select * from round where run_id = ? order by number", this::round, runId);
    }

    @Transactional
    Optional<RoundRow> find(long runId, int number) {
        return sql.first("select * from round where run_id = ? and number = ?", this::round, runId, number);
    }

    /** Opens a round, unless it is open already. */
    @Transactional
    void open(long runId, int number, RoundRow.State state, int answersBefore) {
        sql.update("""
                insert into round (run_id, number, state, answers_before) values (?, ?, ?, ?)
                on conflict (run_id, number) do nothing""", runId, number, state, answersBefore);
    }

    /** The batch is complete: from here on the model is being trained. */
    @Transactional
    void close(long runId, int number) {
        sql.update("""
                update round set state = 'TRAINING', closed_at = coalesce(closed_at, now())
                where run_id = ? and number = ? and state <> 'DONE'""", runId, number);
    }

    @Transactional
    void done(long runId, int number, int labels, int auditLabels, long costMicros, RoundMetrics metrics, JsonNode provenance,
            Long[] fixedSample, long trainMillis) {
        sql.update("""
                update round set state = 'DONE', model_version = number, labels = ?, audit_labels = ?, cost_micros = ?,
                  metrics = ?::jsonb, provenance = ?::jsonb, fixed_sample = ?, train_millis = ?, trained_at = now(),
                  closed_at = coalesce(closed_at, started_at)
                where run_id = ? and number = ?""",
                labels, auditLabels, costMicros, write(metrics), provenance.toString(), fixedSample, trainMillis, runId, number);
    }

    /** What a round's model said of the fixed sample; empty if it is not trained. */
    @Transactional
    Optional<Long[]> fixedSample(long runId, int number) {
        return sql.first("select fixed_sample from round where run_id = ? and number = ? and fixed_sample is not null", row -> {
            Array array = row.getArray(1);
            return (Long[]) array.getArray();
        }, runId, number);
    }

    private RoundRow round(ResultSet row) throws SQLException {
        return new RoundRow(row.getInt("number"), RoundRow.State.valueOf(row.getString("state")), row.getInt("answers_before"),
                row.getInt("labels"), row.getInt("audit_labels"), row.getLong("cost_micros"),
                read(row.getString("metrics"), RoundMetrics.class), read(row.getString("provenance"), JsonNode.class),
                row.getObject("train_millis", Long.class), Sql.instant(row, "started_at"), Sql.instant(row, "closed_at"),
                Sql.instant(row, "trained_at"));
    }

    private <T> T read(String text, Class<T> type) {
        try {
            return text == null ? null : json.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A round's " + type.getSimpleName() + " cannot be read", e);
        }
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
