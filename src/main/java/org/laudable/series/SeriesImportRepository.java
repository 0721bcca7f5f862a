package org.laudable.series;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.laudable.database.Sql;
import org.laudable.dataset.ImportState;
import org.laudable.engine.series.file.SourcePlan;

/** The table of imports of series. */
@ApplicationScoped
class SeriesImportRepository {
    private final Sql sql;
    private final ObjectMapper json;

    SeriesImportRepository(Sql sql, ObjectMapper json) {
        this.sql = sql;
        this.json = json;
    }

    /** Until the transaction ends, only the caller changes the project's drafts. */
    void lock(long projectId) {
        sql.list("select pg_advisory_xact_lock(hashtext('series_import'), ?)", row -> 1, Long.hashCode(projectId));
    }

    /** The files that wait to be looked at. */
    Optional<SeriesImport> draft(long projectId) {
        return sql.first("select * from series_import where project_id = ? and state = 'DRAFT' order by id desc limit 1", this::read, projectId);
    }

    long insertDraft(long projectId, String zone, long person) {
        return sql.number("insert into series_import (project_id, zone, state, created_by) values (?, ?, 'DRAFT', ?) returning id",
                projectId, zone, person);
    }

    /** Sets the draft's files; what was said about the earlier ones is forgotten. */
    int files(long id, List<ImportFile> files) {
        return sql.update("update series_import set files = ?::jsonb, plan = null where id = ? and state = 'DRAFT'", write(files), id);
    }

    /** Does nothing if files came or went since: the plan would not be theirs. */
    int configure(SeriesImport seen, SourcePlan plan, ZoneId zone, KnownLabels labels) {
        return sql.update("update series_import set plan = ?::jsonb, zone = ?, labels = ? where id = ? and state = 'DRAFT' and files = ?::jsonb",
                write(plan), zone.getId(), labels, seen.id(), write(seen.files()));
    }

    Optional<SeriesImport> find(long id) {
        return sql.first("select * from series_import where id = ?", this::read, id);
    }

    /** Newest first. */
    List<SeriesImport> ofProject(long projectId) {
        return sql.list("select * from series_import where project_id = ? order by id desc", this::read, projectId);
    }

    /** False if somebody began it already. */
    boolean begin(long id) {
        return sql.update("update series_import set state = 'WAITING' where id = ? and state = 'DRAFT'", id) == 1;
    }

    void jobIs(long id, long jobId) {
        sql.update("update series_import set job_id = ? where id = ?", jobId, id);
    }

    void running(long id) {
        sql.update("update series_import set state = 'RUNNING', error = null where id = ? and state in ('WAITING', 'RUNNING')", id);
    }

    /** What is in so far, counted, and what was left out. */
    void progress(long id, List<SourcePlan.RefusedFile> refused) {
        sql.update("""
                update series_import i set refused = ?::jsonb, series_in = s.n, points_in = s.points
                from (select count(*) as n, coalesce(sum(points), 0) as points from series where import_id = ?
                  and project_id = (select project_id from series_import where id = ?)) s
                where i.id = ?""", write(refused), id, id, id);
    }

    void done(long id) {
        sql.update("update series_import set state = 'DONE', finished_at = now() where id = ?", id);
    }

    void failed(long id, String sentence) {
        sql.update("update series_import set state = 'FAILED', error = ?, finished_at = now() where id = ?", sentence, id);
    }

    /** Notes that a person stopped it, if one did; false if only the process is ending. */
    boolean cancelled(long id) {
        return sql.update("""
                update series_import i set state = 'CANCELLED', finished_at = now() from job j
                where i.id = ? and j.id = i.job_id and j.cancel_requested and i.state in ('WAITING', 'RUNNING')""", id) == 1;
    }

    /** A failed or cancelled import waits again; series that are in stay. */
    void reopen(long id) {
        sql.update("update series_import set state = 'WAITING', error = null, finished_at = null where id = ? and state <> 'DONE'", id);
    }

    int deleteDraft(long id) {
        return sql.update("delete from series_import where id = ? and state = 'DRAFT'", id);
    }

    /** Names of the series this import brought in. */
    List<String> namesOf(long id, long projectId) {
        return sql.list("select name from series where import_id = ? and project_id = ?", row -> row.getString(1), id, projectId);
    }

    private SeriesImport read(ResultSet row) throws SQLException {
        String plan = row.getString("plan");
        return new SeriesImport(row.getLong("id"), row.getLong("project_id"), parse(row.getString("files"), new TypeReference<List<ImportFile>>() {}),
                plan == null ? Optional.empty() : Optional.of(parse(plan, new TypeReference<SourcePlan>() {})), ZoneId.of(row.getString("zone")),
                KnownLabels.valueOf(row.getString("labels")), ImportState.valueOf(row.getString("state")), row.getInt("series_in"),
                row.getLong("points_in"), new ArrayList<>(parse(row.getString("refused"), new TypeReference<List<SourcePlan.RefusedFile>>() {})),
                row.getObject("job_id", Long.class), row.getString("error"), Sql.instant(row, "created_at"));
    }

    private <T> T parse(String text, TypeReference<T> type) {
        try {
            return json.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An import's settings cannot be read", e);
        }
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An import's settings cannot be written", e);
        }
    }
}
