package org.laudable.streaming;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.laudable.database.Sql;
import org.laudable.engine.series.Bundle;
import org.laudable.model.file.Manifest;

/** The tables live_approval and live_detector: which model scores, and its detectors. */
@ApplicationScoped
class DetectorRepository {
    private final Sql sql;
    private final ObjectMapper json;

    DetectorRepository(Sql sql, ObjectMapper json) {
        this.sql = sql;
        this.json = json;
    }

    /**
     * An approval.
     *
     * @param job   whether the job that prepares it goes on, and what stopped it
     */
    record Approval(long id, String version, boolean live, String approvedBy, Instant approvedAt, Instant liveAt, boolean failed, String error) {}

    /** The live one and the one that is being prepared, as far as there are. */
    @Transactional
    List<Approval> approvals(long projectId) {
        return sql.list("""
                select p.id, p.version, p.state, a.display_name, p.approved_at, p.live_at, j.state as job, j.error
                from live_approval p left join account a on a.id = p.approved_by left join job j on j.id = p.job_id
                where p.project_id = ? and p.state in ('LIVE', 'PREPARING') order by p.id""",
                row -> new Approval(row.getLong("id"), row.getString("version"), row.getString("state").equals("LIVE"), row.getString("display_name"),
                        Sql.instant(row, "approved_at"), Sql.instant(row, "live_at"),
                        row.getString("state").equals("PREPARING") && List.of("FAILED", "CANCELLED").contains(String.valueOf(row.getString("job"))), row.getString("error")), projectId);
    }

    @Transactional(Transactional.TxType.MANDATORY)
    long prepare(long projectId, String version, long person) {
        sql.update("update live_approval set state = 'ENDED', ended_at = now() where project_id = ? and state = 'PREPARING'", projectId);
        return sql.number("insert into live_approval (project_id, version, state, approved_by) values (?, ?, 'PREPARING', ?) returning id", projectId, version, person);
    }

    @Transactional(Transactional.TxType.MANDATORY)
    void job(long approvalId, long jobId) {
        sql.update("update live_approval set job_id = ? where id = ?", jobId, approvalId);
    }

    /** The version to be prepared; empty if another approval took its place, or it was called off. */
    @Transactional
    Optional<String> preparing(long approvalId) {
        return sql.first("select version from live_approval where id = ? and state = 'PREPARING'", row -> row.getString(1), approvalId);
    }

    /** A detector before it has a row. */
    record Made(long seriesId, Manifest.Detector described, double threshold, byte[] bundle, Drift drift) {}

    @Transactional
    void save(long approvalId, long projectId, Made made) {
        sql.update("delete from live_detector where approval_id = ? and series_id = ?", approvalId, made.seriesId());
        sql.update("insert into live_detector (approval_id, series_id, project_id, described, threshold, bundle, edges, shares) values (?, ?, ?, ?::jsonb, ?, ?, ?, ?)",
                approvalId, made.seriesId(), projectId, written(made.described()), made.threshold(), made.bundle(), boxed(made.drift().edges()), boxed(made.drift().shares()));
    }

    /** From the next point on this one scores. False if it was called off meanwhile. */
    @Transactional
    boolean begin(long approvalId, long projectId) {
        if (sql.first("select id from live_approval where id = ? and state = 'PREPARING' for update", row -> row.getLong(1), approvalId).isEmpty()) {
            return false;
        }
        end(projectId, "LIVE");
        sql.update("update live_approval set state = 'LIVE', live_at = now() where id = ?", approvalId);
        return true;
    }

    /** @return whether there was one */
    @Transactional
    boolean endAll(long projectId) {
        return end(projectId, "LIVE") + end(projectId, "PREPARING") > 0;
    }

    private int end(long projectId, String state) {
        int ended = sql.update("update live_approval set state = 'ENDED', ended_at = now() where project_id = ? and state = ?", projectId, state);
        sql.update("delete from live_detector d using live_approval p where p.id = d.approval_id and p.project_id = ? and p.state = 'ENDED'", projectId);
        return ended;
    }

    /** The detector that scores a series now; empty: no model is approved, or it does not know the series. */
    @Transactional
    Optional<Long> current(long seriesId) {
        return sql.first("select d.id from live_detector d join live_approval p on p.id = d.approval_id where d.series_id = ? and p.state = 'LIVE'",
                row -> row.getLong(1), seriesId);
    }

    /** The same of all series of all projects. */
    @Transactional
    Map<Long, Long> currents() {
        Map<Long, Long> bySeries = new HashMap<>();
        sql.list("select d.series_id, d.id from live_detector d join live_approval p on p.id = d.approval_id where p.state = 'LIVE'",
                row -> bySeries.put(row.getLong(1), row.getLong(2)));
        return bySeries;
    }

    @Transactional
    Optional<Detector> load(long detectorId) {
        return sql.first("""
                select d.*, p.version from live_detector d join live_approval p on p.id = d.approval_id where d.id = ?""", this::detector, detectorId);
    }

    private Detector detector(ResultSet row) throws SQLException {
        try {
            return new Detector(row.getLong("id"), row.getLong("series_id"), row.getLong("project_id"), row.getString("version"),
                    json.readValue(row.getString("described"), Manifest.Detector.class), row.getDouble("threshold"),
                    Bundle.read(new ByteArrayInputStream(row.getBytes("bundle"))), new Drift(doubles(row.getArray("edges")), doubles(row.getArray("shares"))));
        } catch (IOException e) {
            throw new IllegalStateException("The detector of series " + row.getLong("series_id") + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static double[] doubles(Array array) throws SQLException {
        return Arrays.stream((Double[]) array.getArray()).mapToDouble(one -> one).toArray();
    }

    private static Double[] boxed(double[] values) {
        return Arrays.stream(values).boxed().toArray(Double[]::new);
    }

    private String written(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
