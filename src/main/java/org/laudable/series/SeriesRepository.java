package org.laudable.series;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.laudable.database.Sql;

/** Series, their channels, known labels, events and settings in the database. */
@ApplicationScoped
class SeriesRepository {
    private final Sql sql;

    SeriesRepository(Sql sql) {
        this.sql = sql;
    }

    List<SeriesInfo> ofProject(long projectId) {
        Map<Long, List<Channel>> channels = new HashMap<>();
        sql.list("""
                select c.* from series_channel c join series s on s.id = c.series_id
                where s.project_id = ? order by c.series_id, c.ordinal""",
                row -> channels.computeIfAbsent(row.getLong("series_id"), id -> new ArrayList<>()).add(channel(row)), projectId);
        return sql.list("select * from series where project_id = ? order by name, id",
                row -> info(row, channels.getOrDefault(row.getLong("id"), List.of())), projectId);
    }

    /** Those that are there, in no order. */
    List<SeriesInfo> find(Collection<Long> ids) {
        Long[] wanted = ids.toArray(Long[]::new);
        Map<Long, List<Channel>> channels = new HashMap<>();
        sql.list("select * from series_channel where series_id = any (?) order by series_id, ordinal",
                row -> channels.computeIfAbsent(row.getLong("series_id"), id -> new ArrayList<>()).add(channel(row)), (Object) wanted);
        return sql.list("select * from series where id = any (?)",
                row -> info(row, channels.getOrDefault(row.getLong("id"), List.of())), (Object) wanted);
    }

    Optional<SeriesInfo> find(long seriesId) {
        List<Channel> channels = sql.list("select * from series_channel where series_id = ? order by ordinal",
                SeriesRepository::channel, seriesId);
        return sql.first("select * from series where id = ?", row -> info(row, channels), seriesId);
    }

    List<KnownInterval> known(long seriesId) {
        return sql.list("select from_index, to_index from series_label where series_id = ? order by from_index",
                row -> new KnownInterval(row.getInt(1), row.getInt(2)), seriesId);
    }

    /** Events of the project, those of one series and those of all; {@code seriesId} null: of every series. */
    List<SeriesEvent> events(long projectId, Long seriesId) {
        return sql.list("""
                select * from series_event where project_id = ? and (?::bigint is null or series_id is null or series_id = ?)
                order by from_at, id""", SeriesRepository::event, projectId, seriesId, seriesId);
    }

    Optional<SeriesEvent> event(long eventId) {
        return sql.first("select * from series_event where id = ?", SeriesRepository::event, eventId);
    }

    long addEvent(long projectId, Long seriesId, Instant from, Instant to, boolean weekly, String explains, long person) {
        return sql.number("""
                insert into series_event (project_id, series_id, from_at, to_at, weekly, explains, created_by)
                values (?, ?, ?, ?, ?, ?, ?) returning id""", projectId, seriesId, from, to, weekly, explains, person);
    }

    int changeEvent(SeriesEvent event) {
        return sql.update("update series_event set series_id = ?, from_at = ?, to_at = ?, weekly = ?, explains = ? where id = ?",
                event.seriesId(), event.from(), event.to(), event.weekly(), event.explains(), event.id());
    }

    int deleteEvent(long eventId) {
        return sql.update("delete from series_event where id = ?", eventId);
    }

    SeriesSettings settings(long projectId) {
        return sql.first("select * from series_settings where project_id = ?", row -> new SeriesSettings(row.getString("preset"),
                row.getString("acquisition"), row.getDouble("miss_cost"), row.getString("template"), row.getString("normal")), projectId)
                .orElse(SeriesSettings.DEFAULTS);
    }

    void saveSettings(long projectId, SeriesSettings settings) {
        sql.update("""
                insert into series_settings (project_id, preset, acquisition, miss_cost, template, normal) values (?, ?, ?, ?, ?, ?)
                on conflict (project_id) do update set preset = excluded.preset, acquisition = excluded.acquisition,
                  miss_cost = excluded.miss_cost, template = excluded.template, normal = excluded.normal""",
                projectId, settings.preset(), settings.acquisition(), settings.missCost(), settings.template(), settings.normal());
    }

    int changeChannel(long seriesId, int ordinal, String unit, String description) {
        return sql.update("update series_channel set unit = ?, description = ? where series_id = ? and ordinal = ?",
                unit, description, seriesId, ordinal);
    }

    /** The same for every series of the project that has a channel of that name. */
    int changeChannels(long projectId, String name, String unit, String description) {
        return sql.update("""
                update series_channel c set unit = ?, description = ? from series s
                where s.id = c.series_id and s.project_id = ? and c.name = ?""", unit, description, projectId, name);
    }

    int delete(long seriesId) {
        sql.update("delete from annotation where item_id in (select id from item where series_id = ?)", seriesId);
        sql.update("delete from resolution where item_id in (select id from item where series_id = ?)", seriesId);
        return sql.update("delete from series where id = ?", seriesId);
    }

    private SeriesInfo info(ResultSet row, List<Channel> channels) throws SQLException {
        return new SeriesInfo(row.getLong("id"), row.getLong("project_id"), row.getString("name"), channels, row.getInt("points"),
                row.getInt("history"), row.getDouble("step_seconds"), Sql.instant(row, "starts_at"), Sql.instant(row, "ends_at"),
                ZoneId.of(row.getString("zone")), row.getInt("gaps"), FindingsJson.read(row.getString("findings")));
    }

    private static Channel channel(ResultSet row) throws SQLException {
        return new Channel(row.getInt("ordinal"), row.getString("name"), row.getString("unit"), row.getString("description"),
                row.getBoolean("constant"), row.getInt("missing"));
    }

    private static SeriesEvent event(ResultSet row) throws SQLException {
        return new SeriesEvent(row.getLong("id"), row.getLong("project_id"), row.getObject("series_id", Long.class),
                Sql.instant(row, "from_at"), Sql.instant(row, "to_at"), row.getBoolean("weekly"), row.getString("explains"));
    }
}
