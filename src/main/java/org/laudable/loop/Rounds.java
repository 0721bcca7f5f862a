package org.laudable.loop;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.laudable.database.Sql;

/** The round table. */
@ApplicationScoped
public class Rounds {
    private final Sql sql;

    Rounds(Sql sql) {
        this.sql = sql;
    }

    /** In order. */
    @Transactional
    public List<Round> of(long runId) {
        return sql.list("select * from round where run_id = ? order by number", Rounds::round, runId);
    }

    @Transactional
    public Optional<Round> find(long runId, int number) {
        return sql.first("select * from round where run_id = ? and number = ?", Rounds::round, runId, number);
    }

    /** Opens a round that asks (or, with {@code training}, is trained at once), unless it is open already. */
    @Transactional
    public void open(long runId, int number, boolean training, int answersBefore) {
        sql.update("""
                insert into round (run_id, number, state, answers_before) values (?, ?, ?, ?)
                on conflict (run_id, number) do nothing""", runId, number, training ? "TRAINING" : "ASKING", answersBefore);
    }

    /** The batch is complete: from here on the model is being trained. */
    @Transactional
    public void close(long runId, int number) {
        sql.update("""
                update round set state = 'TRAINING', closed_at = coalesce(closed_at, now())
                where run_id = ? and number = ? and state <> 'DONE'""", runId, number);
    }

    /** The round's model is there. */
    @Transactional
    public void done(long runId, int number, int labels, int auditLabels, long costMicros, String metrics, String provenance, long trainMillis) {
        sql.update("""
                update round set state = 'DONE', model_version = number, labels = ?, audit_labels = ?, cost_micros = ?,
                  metrics = ?::jsonb, provenance = ?::jsonb, train_millis = ?, trained_at = now(),
                  closed_at = coalesce(closed_at, started_at)
                where run_id = ? and number = ?""",
                labels, auditLabels, costMicros, metrics, provenance, trainMillis, runId, number);
    }

    private static Round round(ResultSet row) throws SQLException {
        return new Round(row.getInt("number"), "DONE".equals(row.getString("state")), row.getInt("answers_before"), row.getInt("labels"),
                row.getInt("audit_labels"), row.getLong("cost_micros"), row.getString("metrics"), row.getObject("train_millis", Long.class),
                Sql.instant(row, "started_at"), Sql.instant(row, "closed_at"), Sql.instant(row, "trained_at"));
    }
}
