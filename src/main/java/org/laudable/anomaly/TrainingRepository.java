package org.laudable.anomaly;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.laudable.database.Sql;
import org.laudable.engine.series.TrainingStep;

/** How each training went. */
@ApplicationScoped
class TrainingRepository {
    private final Sql sql;
    private final ObjectMapper json;

    TrainingRepository(Sql sql, ObjectMapper json) {
        this.sql = sql;
        this.json = json;
    }

    @Transactional
    void save(long runId, long seriesId, int round, int answers, int anomalies, double reward, double lambda, double beta,
            List<TrainingStep> steps, String provenance, long millis) {
        sql.update("delete from series_training where run_id = ? and series_id = ? and round_number = ?", runId, seriesId, round);
        sql.update("""
                insert into series_training (run_id, series_id, round_number, answers, anomalies, reward, lambda, beta, steps, provenance, train_millis)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?)""", runId, seriesId, round, answers, anomalies, reward, lambda, beta,
                write(steps), provenance, millis);
    }

    /** In order of rounds, then series. */
    @Transactional
    List<TrainingRun> ofRun(long runId) {
        return sql.list("""
                select t.*, s.name from series_training t join series s on s.id = t.series_id
                where t.run_id = ? order by t.round_number, t.trained_at""",
                row -> new TrainingRun(row.getInt("round_number"), row.getLong("series_id"), row.getString("name"), row.getInt("answers"),
                        row.getInt("anomalies"), row.getDouble("reward"), row.getDouble("lambda"), row.getDouble("beta"), read(row.getString("steps")),
                        row.getLong("train_millis"), Sql.instant(row, "trained_at")), runId);
    }

    private String write(List<TrainingStep> steps) {
        List<Double[]> rows = steps.stream().map(s -> new Double[] {(double) s.step(), known(s.loss()), known(s.episodeReward()),
            known(s.lambda()), known(s.beta()), known(s.epsilon())}).toList();
        try {
            return json.writeValueAsString(rows);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Double known(double value) {
        return Double.isFinite(value) ? value : null;
    }

    private List<TrainingRun.Step> read(String text) {
        try {
            List<TrainingRun.Step> steps = new ArrayList<>();
            Arrays.stream(json.readValue(text, Double[][].class))
                    .forEach(s -> steps.add(new TrainingRun.Step(s[0].intValue(), s[1], s[2], s[3], s[4], s[5])));
            return steps;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A training's curve cannot be read", e);
        }
    }
}
