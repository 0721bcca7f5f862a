package org.laudable.snapshot;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.laudable.dataset.Origin;
import org.laudable.project.ProjectKind;
import org.laudable.series.SeriesStore;
import org.laudable.snapshot.SnapshotRow.Label;
import org.laudable.snapshot.SnapshotRow.Window;

/** What every row of a project says now, streamed in the order of keys, in the caller's transaction. */
@ApplicationScoped
class Present {
    private static final int FETCHED_AT_ONCE = 5_000;
    private static final String LABEL = """
            r.id as resolution_id, r.class_id, r.origin, r.confidence, r.annotators, r.created_at, r.model_version,
              case when r.origin in ('PERSON', 'REVIEWER') then
                (select sum(a.active_millis) from annotation a where a.item_id = i.id) end as millis""";
    private static final String TEXTS = "select w.id as key, i.id as item_id, i.known_class_id, " + LABEL + """
            %s from item_row w join item i on i.id = w.item_id left join resolution r on r.item_id = i.id and r.superseded_at is null
            where w.project_id = ? and w.id > ? order by w.id""";
    private static final String WINDOWS = "select i.id as key, i.id as item_id, i.known_class_id, " + LABEL + """
            , i.series_id, coalesce(r.interval_from, t.suggested_from, i.point) as from_index,
              coalesce(r.interval_to, t.suggested_to, i.point + 1) as to_index, r.channels
            from resolution r join item i on i.id = r.item_id left join task t on t.id = r.task_id
            where r.project_id = ? and r.superseded_at is null and i.series_id is not null and i.id > ? order by i.id""";

    private final SeriesStore series;

    Present(SeriesStore series) {
        this.series = series;
    }

    /** What a text row is besides its label; null for windows. */
    record Source(String externalId, byte[] fingerprint, @Nullable String metadata) {}

    private static final String SOURCE = ", w.external_id, i.fingerprint, w.metadata::text as metadata";

    /** Takes one row after the other, and says whether there shall be more. */
    interface Sink {
        boolean row(SnapshotRow row, @Nullable Source source) throws SQLException, IOException;
    }

    /**
     * @param after   the key after which they begin; 0: all
     * @param sources whether what texts are is wanted too
     */
    void read(Connection connection, long projectId, ProjectKind kind, long after, boolean sources, Sink sink) throws SQLException, IOException {
        boolean texts = kind == ProjectKind.TEXT;
        Times times = new Times(series::times);
        Map<Long, Integer> points = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement(texts ? TEXTS.formatted(sources ? SOURCE : "") : WINDOWS)) {
            query.setFetchSize(FETCHED_AT_ONCE);
            query.setLong(1, projectId);
            query.setLong(2, after);
            try (ResultSet rows = query.executeQuery()) {
                boolean more = true;
                while (more && rows.next()) {
                    SnapshotRow row = new SnapshotRow(rows.getLong("key"), rows.getLong("item_id"), label(rows), rows.getLong("known_class_id"),
                            texts ? null : window(rows, times, points));
                    more = sink.row(row, texts && sources ? new Source(rows.getString("external_id"), rows.getBytes("fingerprint"), rows.getString("metadata")) : null);
                }
            }
        }
    }

    private static @Nullable Label label(ResultSet row) throws SQLException {
        row.getLong("resolution_id");
        if (row.wasNull()) {
            return null;
        }
        float confidence = row.getFloat("confidence");
        Float known = row.wasNull() ? null : (Float) confidence;
        long millis = row.getLong("millis");
        boolean timed = !row.wasNull();
        int version = row.getInt("model_version");
        boolean byModel = !row.wasNull();
        Array people = row.getArray("annotators");
        return new Label(row.getLong("class_id"), Origin.valueOf(row.getString("origin")), known, List.of((Long[]) people.getArray()),
                row.getTimestamp("created_at").toInstant(), byModel ? version : -1, timed ? millis : -1);
    }

    private Window window(ResultSet row, Times times, Map<Long, Integer> points) throws SQLException {
        long id = row.getLong("series_id");
        int all = points.computeIfAbsent(id, one -> series.find(one).orElseThrow().points());
        int from = Math.clamp(row.getInt("from_index"), 0, all - 1);
        int to = Math.clamp(row.getInt("to_index"), from + 1, all);
        Array channels = row.getArray("channels");
        return new Window(id, from, to, times.at(id, from, all), times.at(id, to - 1, all), channels == null ? List.of() : List.of((Integer[]) channels.getArray()));
    }
}
