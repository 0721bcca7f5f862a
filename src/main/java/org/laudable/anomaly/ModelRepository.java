package org.laudable.anomaly;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.laudable.database.Sql;
import org.laudable.series.SeriesGrown;

/** The table series_model: what is fitted, and the engine's model files. */
@ApplicationScoped
class ModelRepository {
    private static final String SELECT = """
            select series_id, project_id, run_id, version, unfit, settings, answers_key, trainings, lambda, miss_cost, fit_millis, anchor
            from series_model\s""";

    private final Sql sql;

    ModelRepository(Sql sql) {
        this.sql = sql;
    }

    @Transactional
    List<FittedSeries> ofProject(long projectId) {
        return sql.list(SELECT + "where project_id = ? order by series_id", ModelRepository::fitted, projectId);
    }

    @Transactional
    Optional<FittedSeries> find(long seriesId) {
        return sql.first(SELECT + "where series_id = ?", ModelRepository::fitted, seriesId);
    }

    @Transactional
    Optional<byte[]> bundle(long seriesId) {
        return sql.first("select bundle from series_model where series_id = ? and bundle is not null", row -> row.getBytes(1), seriesId);
    }

    /** Another run goes on with what is fitted already. */
    @Transactional
    void takeOver(long projectId, long runId, String settings) {
        sql.update("update series_model set run_id = ?, version = 0 where project_id = ? and settings = ? and state = 'FITTED'", runId, projectId, settings);
        sql.update("delete from series_model where project_id = ? and run_id <> ?", projectId, runId);
    }

    @Transactional
    void unfit(FittedSeries series) {
        sql.update("delete from series_model where series_id = ?", series.seriesId());
        insert(series, null);
    }

    @Transactional
    void save(FittedSeries series, byte[] bundle) {
        sql.update("delete from series_model where series_id = ?", series.seriesId());
        insert(series, bundle);
    }

    private void insert(FittedSeries s, byte[] bundle) {
        sql.update("""
                insert into series_model (series_id, project_id, run_id, version, state, unfit, settings, bundle, answers_key,
                  trainings, lambda, miss_cost, fit_millis, anchor)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                s.seriesId(), s.projectId(), s.runId(), s.version(), s.fitted() ? "FITTED" : "UNFIT", s.unfit().map(Unfit::code).orElse(null),
                s.settings(), bundle, s.answersKey(), s.trainings(), s.lambda(), s.missCost(), s.fitMillis(), s.anchor());
    }

    /** A series that has grown is learned anew. */
    void grown(@Observes SeriesGrown news) {
        sql.update("delete from series_model where series_id = ?", news.seriesId());
    }

    /** Only the flagged stretches were cut anew. */
    @Transactional
    void missCost(long seriesId, double missCost) {
        sql.update("update series_model set miss_cost = ? where series_id = ?", missCost, seriesId);
    }

    private static FittedSeries fitted(ResultSet row) throws SQLException {
        return new FittedSeries(row.getLong("series_id"), row.getLong("project_id"), row.getLong("run_id"), row.getInt("version"),
                Optional.ofNullable(row.getString("unfit")).map(Unfit::ofCode), row.getString("settings"), row.getLong("answers_key"),
                row.getInt("trainings"), row.getDouble("lambda"), row.getDouble("miss_cost"), row.getLong("fit_millis"),
                row.getDouble("anchor"));
    }
}
