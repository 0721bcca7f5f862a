package org.laudable.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.laudable.database.Sql;
import org.laudable.dataset.file.FileColumn;
import org.laudable.dataset.file.FileFormat;
import org.laudable.dataset.file.LeftOut;

/** The import table. */
@ApplicationScoped
class ImportRepository {
    private static final String SELECT = "select i.* from data_import i ";

    private final Sql sql;
    private final ObjectMapper json;

    ImportRepository(Sql sql, ObjectMapper json) {
        this.sql = sql;
        this.json = json;
    }

    long insertDraft(long projectId, String fileName, Uploads.Stored file, ImportChoices choices, long createdBy) {
        return sql.number("""
                insert into data_import (project_id, file_name, stored_as, bytes, format, mapping, state, created_by)
                values (?, ?, ?, ?, ?::jsonb, ?::jsonb, 'DRAFT', ?) returning id""", projectId, fileName, file.name(),
                file.bytes(), write(choices.format()), write(choices.columns()), createdBy);
    }

    Optional<DataImport> find(long id) {
        return sql.first(SELECT + "where i.id = ?", this::read, id);
    }

    /** Newest first. */
    List<DataImport> ofProject(long projectId) {
        return sql.list(SELECT + "where i.project_id = ? order by i.id desc", this::read, projectId);
    }

    int configure(long id, ImportChoices choices) {
        return sql.update("""
                update data_import set format = ?::jsonb, mapping = ?::jsonb, refuse_all = ?, use_labels = ?
                where id = ? and state = 'DRAFT'""", write(choices.format()), write(choices.columns()), choices.refuseAll(),
                choices.useLabels(), id);
    }

    /** False if somebody began it already. */
    boolean begin(long id) {
        return sql.update("update data_import set state = 'WAITING' where id = ? and state = 'DRAFT'", id) == 1;
    }

    void jobIs(long id, long jobId) {
        sql.update("update data_import set job_id = ? where id = ?", jobId, id);
    }

    void running(long id) {
        sql.update("update data_import set state = 'RUNNING', error = null where id = ? and state in ('WAITING', 'RUNNING')", id);
    }

    /** A failed or cancelled import waits again; it goes on where it stopped. */
    void reopen(long id) {
        sql.update("update data_import set state = 'WAITING', error = null, finished_at = null where id = ? and state <> 'DONE'", id);
    }

    /** A refused all-or-nothing import starts anew and takes the good rows. */
    void reopenForGoodRows(long id) {
        sql.update("delete from import_refusal where import_id = ?", id);
        sql.update("""
                update data_import set state = 'WAITING', error = null, finished_at = null, refuse_all = false, rows_read = 0, rows_in = 0,
                  rows_merged = 0, rows_refused = 0, unknown_labels = '{}', left_out = '{}'
                where id = ? and state <> 'DONE'""", id);
    }

    void failed(long id, String sentence) {
        sql.update("update data_import set state = 'FAILED', error = ?, finished_at = now() where id = ?", sentence, id);
    }

    /** Notes that a person stopped it, if one did; false if only the process is ending. */
    boolean cancelled(long id) {
        return sql.update("""
                update data_import i set state = 'CANCELLED', finished_at = now() from job j
                where i.id = ? and j.id = i.job_id and j.cancel_requested and i.state in ('WAITING', 'RUNNING')""", id) == 1;
    }

    int deleteDraft(long id) {
        return sql.update("delete from data_import where id = ? and state = 'DRAFT'", id);
    }

    /** Refused rows in the file's order, after a line number. */
    List<Refusal> refusals(long importId, long afterRow, int limit) {
        return sql.list("""
                select row_number, reason, content from import_refusal
                where import_id = ? and row_number > ? order by row_number limit ?""",
                row -> new Refusal(row.getLong(1), row.getString(2), row.getString(3)), importId, afterRow, limit);
    }

    private DataImport read(ResultSet row) throws SQLException {
        return new DataImport(row.getLong("id"), row.getLong("project_id"), row.getString("file_name"),
                row.getString("stored_as"), row.getLong("bytes"), parse(row.getString("format"), new TypeReference<FileFormat>() {}),
                parse(row.getString("mapping"), new TypeReference<List<FileColumn>>() {}), row.getBoolean("refuse_all"),
                row.getBoolean("use_labels"), ImportState.valueOf(row.getString("state")), row.getLong("rows_read"),
                row.getLong("rows_in"), row.getLong("rows_merged"), row.getLong("rows_refused"),
                parse(row.getString("unknown_labels"), new TypeReference<Map<String, Long>>() {}),
                parse(row.getString("left_out"), new TypeReference<Map<LeftOut, Long>>() {}), row.getObject("job_id", Long.class), row.getString("error"), Sql.instant(row, "created_at"),
                Sql.instant(row, "finished_at"));
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
