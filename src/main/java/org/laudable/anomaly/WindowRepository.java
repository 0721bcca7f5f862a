package org.laudable.anomaly;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.laudable.database.Sql;

/** Windows worth asking about, and what was asked with what the model said then. */
@ApplicationScoped
class WindowRepository {
    private final Sql sql;

    WindowRepository(Sql sql) {
        this.sql = sql;
    }

    @Transactional
    void replace(long projectId, long seriesId, List<RankedWindow> ranked) {
        sql.update("delete from ranked_window where series_id = ?", seriesId);
        sql.update("""
                insert into ranked_window (series_id, project_id, position, point, from_index, to_index, reason, confidence, flagged, at_random, version)
                select ?, ?, n.* from unnest(?::int[], ?::int[], ?::int[], ?::int[], ?::text[], ?::float8[], ?::text[]::boolean[],
                  ?::text[]::boolean[], ?::int[]) as n""", seriesId, projectId,
                ranked.stream().map(RankedWindow::position).toArray(Integer[]::new), ranked.stream().map(RankedWindow::point).toArray(Integer[]::new),
                ranked.stream().map(RankedWindow::from).toArray(Integer[]::new), ranked.stream().map(RankedWindow::to).toArray(Integer[]::new),
                ranked.stream().map(RankedWindow::reason).toArray(String[]::new), ranked.stream().map(RankedWindow::confidence).toArray(Double[]::new),
                ranked.stream().map(one -> Boolean.toString(one.flagged())).toArray(String[]::new),
                ranked.stream().map(one -> Boolean.toString(one.atRandom())).toArray(String[]::new),
                ranked.stream().map(RankedWindow::version).toArray(Integer[]::new));
    }

    @Transactional
    long left(long projectId) {
        return sql.number("select count(*) from ranked_window where project_id = ?", projectId);
    }

    /** The share of a project's series that a run has fitted, or found unfit. */
    @Transactional
    double fittedShare(long projectId, long runId) {
        return sql.first("""
                select (select count(*) from series_model where project_id = ? and run_id = ?)::float8
                  / greatest(1, (select count(*) from series where project_id = ?))""", row -> row.getDouble(1), projectId, runId, projectId).orElse(1.0);
    }

    /** The first windows of each series, in their order; those already asked in the run are left out. */
    @Transactional
    List<RankedWindow> first(long projectId, long runId, int perSeries) {
        return sql.list("""
                select * from (
                  select w.*, row_number() over (partition by w.series_id order by w.position) as n from ranked_window w
                  where w.project_id = ? and not exists (
                    select 1 from item i where i.series_id = w.series_id and i.point = w.point and (
                      exists (select 1 from task t where t.item_id = i.id and t.state = 'OPEN')
                      or exists (select 1 from resolution r where r.item_id = i.id and r.superseded_at is null and r.origin in ('PERSON', 'REVIEWER'))))) w
                where n <= ? order by series_id, position""", WindowRepository::ranked, projectId, perSeries);
    }

    @Transactional
    void taken(long runId, int round, List<RankedWindow> windows) {
        Long[] series = windows.stream().map(RankedWindow::seriesId).toArray(Long[]::new);
        Integer[] points = windows.stream().map(RankedWindow::point).toArray(Integer[]::new);
        sql.update("""
                insert into asked_window (run_id, round_number, series_id, point, version, confidence, flagged, at_random)
                select ?, ?, w.series_id, w.point, w.version, w.confidence, w.flagged, w.at_random from ranked_window w
                join unnest(?::bigint[], ?::int[]) as n (series_id, point) on n.series_id = w.series_id and n.point = w.point
                on conflict (run_id, series_id, point) do update set round_number = excluded.round_number, version = excluded.version,
                  confidence = excluded.confidence, flagged = excluded.flagged, at_random = excluded.at_random""", runId, round, series, points);
        sql.update("""
                delete from ranked_window w using unnest(?::bigint[], ?::int[]) as n (series_id, point)
                where n.series_id = w.series_id and n.point = w.point""", series, points);
    }

    /** Answers and open questions of each series in a run. */
    @Transactional
    Map<Long, Integer> load(long projectId) {
        return sql.list("""
                select i.series_id, count(*) from item i where i.project_id = ? and i.series_id is not null and (
                  exists (select 1 from task t where t.item_id = i.id and t.state = 'OPEN')
                  or exists (select 1 from resolution r where r.item_id = i.id and r.superseded_at is null and r.origin in ('PERSON', 'REVIEWER')))
                group by i.series_id""", row -> Map.entry(row.getLong(1), row.getInt(2)), projectId)
                .stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Points of open questions that somebody holds or has answered in part. */
    @Transactional
    List<Integer> held(long seriesId) {
        return sql.list("""
                select i.point from task t join item i on i.id = t.item_id
                where i.series_id = ? and t.state = 'OPEN' and t.free_slots < t.slots""", row -> row.getInt(1), seriesId);
    }

    /** Questions put to people in a run so far. */
    @Transactional
    long asked(long runId) {
        return sql.number("select count(*) from task where run_id = ?", runId);
    }

    /**
     * What the model said of a window drawn at random before people answered it, and their answer.
     *
     * @param anomalous by people
     */
    record Measured(int round, boolean flagged, boolean anomalous) {}

    /** Windows drawn at random and answered, in the order of their answers; 'cannot tell' measures nothing. */
    @Transactional
    List<Measured> measured(long runId) {
        return sql.list("""
                select a.round_number, a.flagged, c.meaning = 'ANOMALY' from asked_window a
                join item i on i.series_id = a.series_id and i.point = a.point
                join resolution r on r.item_id = i.id and r.superseded_at is null and r.origin in ('PERSON', 'REVIEWER')
                join label_class c on c.id = r.class_id
                where a.run_id = ? and a.at_random order by r.id""",
                row -> new Measured(row.getInt(1), row.getBoolean(2), row.getBoolean(3)), runId);
    }

    private static RankedWindow ranked(ResultSet row) throws SQLException {
        return new RankedWindow(row.getLong("series_id"), row.getInt("position"), row.getInt("point"), row.getInt("from_index"),
                row.getInt("to_index"), row.getString("reason"), row.getFloat("confidence"), row.getBoolean("flagged"), row.getBoolean("at_random"),
                row.getInt("version"));
    }
}
