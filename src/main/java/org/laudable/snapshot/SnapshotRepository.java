package org.laudable.snapshot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.laudable.database.Sql;

/** The tables of snapshots and their packed rows. */
@ApplicationScoped
class SnapshotRepository {
    private static final String SELECT = """
            select s.*, (select a.display_name from account a where a.id = s.created_by) as created_by_name,
              (select j.state from job j where j.id = s.job_id) as job_state, (select j.error from job j where j.id = s.job_id) as job_error
            from snapshot s where\s""";

    private final Sql sql;
    private final ObjectMapper json;

    SnapshotRepository(Sql sql, ObjectMapper json) {
        this.sql = sql;
        this.json = json;
    }

    /** The newest first. */
    List<Snapshot> ofProject(long projectId, long before, int limit) {
        return sql.list(SELECT + "s.project_id = ? and (? = 0 or s.id < ?) order by s.id desc limit ?", this::snapshot, projectId, before, before, limit);
    }

    Optional<Snapshot> find(long projectId, long id) {
        return sql.first(SELECT + "s.project_id = ? and s.id = ?", this::snapshot, projectId, id);
    }

    /** Empty if the name is taken. */
    Optional<Long> insert(long projectId, String name, long createdBy) {
        return sql.first("insert into snapshot (project_id, name, created_by) values (?, ?, ?) on conflict do nothing returning id",
                row -> row.getLong(1), projectId, name, createdBy);
    }

    void job(long id, long jobId) {
        sql.update("update snapshot set job_id = ? where id = ?", jobId, id);
    }

    int remove(long id) {
        return sql.update("delete from snapshot where id = ?", id);
    }

    /** Rows from a key on: the chunk that holds it, and those behind. */
    Optional<Chunk> chunkAfter(long id, long key) {
        return sql.first("select last_key, row_count, data from snapshot_chunk where snapshot_id = ? and last_key > ? order by number limit 1",
                row -> new Chunk(row.getLong("last_key"), RowCodec.unpack(row.getBytes("data"), row.getInt("row_count"))), id, key);
    }

    record Chunk(long lastKey, List<SnapshotRow> rows) {}

    /** Names of series as they were. */
    Map<Long, JsonNode> series(long id) {
        Map<Long, JsonNode> byId = new HashMap<>();
        String written = sql.list("select series from snapshot where id = ?", row -> row.getString(1), id).getFirst();
        if (written != null) {
            read(written).forEach(one -> byId.put(one.path("id").asLong(), one));
        }
        return byId;
    }

    private Snapshot snapshot(ResultSet row) throws SQLException {
        Map<Long, Long> counts = new HashMap<>();
        if (row.getString("counts") != null) {
            read(row.getString("counts")).properties().forEach(entry -> counts.put(Long.parseLong(entry.getKey()), entry.getValue().asLong()));
        }
        List<Snapshot.ClassThen> classes = new ArrayList<>();
        if (row.getString("classes") != null) {
            read(row.getString("classes")).forEach(one -> classes.add(new Snapshot.ClassThen(one.path("id").asLong(), one.path("name").asText(),
                    one.path("description").asText(), one.path("retired").asBoolean())));
        }
        boolean failed = row.getString("state").equals("TAKING") && List.of("FAILED", "CANCELLED").contains(String.valueOf(row.getString("job_state")));
        byte[] hash = row.getBytes("hash");
        return new Snapshot(row.getLong("id"), row.getLong("project_id"), row.getString("name"),
                failed ? Snapshot.State.FAILED : Snapshot.State.valueOf(row.getString("state")),
                Optional.ofNullable(failed ? row.getString("job_error") : row.getString("error")), Optional.ofNullable(Sql.instant(row, "taken_at")),
                Optional.ofNullable(row.getObject("guideline", Integer.class)), List.copyOf(classes), row.getLong("row_count"), row.getLong("labels"),
                Map.copyOf(counts), hash == null ? "" : HexFormat.of().formatHex(hash), Optional.ofNullable(row.getString("created_by_name")),
                Sql.instant(row, "created_at"));
    }

    private JsonNode read(String text) {
        try {
            return json.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A snapshot cannot be read", e);
        }
    }
}
