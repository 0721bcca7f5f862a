package org.laudable.streaming;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.ToLongFunction;
import org.laudable.database.Sql;

/** The tables live_series and live_point: what a series remembers between points. */
@ApplicationScoped
class StateRepository {
    /** Over so many seconds the shown rate fades. */
    static final int FADES = 30;

    private final Sql sql;

    StateRepository(Sql sql) {
        this.sql = sql;
    }

    /** @param stamp another one with each change: what a process has in memory is used only while it is the same */
    record Kept(UUID stamp, byte[] state) {}

    /** Until the transaction ends, nobody else takes points of the series; it needs no row for that. */
    @Transactional(Transactional.TxType.MANDATORY)
    void lock(long seriesId) {
        sql.list("select 1 from series where id = ? for no key update", row -> row.getInt(1), seriesId);
    }

    /** @param known the stamp of what is in memory: then the state is not read */
    @Transactional(Transactional.TxType.MANDATORY)
    Optional<Kept> find(long seriesId, UUID known) {
        return sql.first("select stamp, case when stamp = ? then null else state end from live_series where series_id = ?",
                row -> new Kept(row.getObject(1, UUID.class), row.getBytes(2)), known, seriesId);
    }

    /** Another state of a series, with what its page shows. */
    @Transactional(Transactional.TxType.MANDATORY)
    void save(LiveSeries series, UUID stamp, long more) {
        Detector detector = series.detector();
        LiveSummary now = LiveSummary.of(series);
        sql.update("""
                insert into live_series as s (series_id, project_id, detector_id, stamp, state, points, late, duplicates, gaps, last_at, seen_at, rate, recent, drift, drifted)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, now(), ?, ?, ?, ?)
                on conflict (series_id) do update set project_id = excluded.project_id, detector_id = excluded.detector_id, stamp = excluded.stamp, state = excluded.state,
                  points = excluded.points, late = excluded.late, duplicates = excluded.duplicates, gaps = excluded.gaps, last_at = excluded.last_at,
                  seen_at = case when ? > 0 then now() else s.seen_at end, rate = case when ? > 0 then\s""" + Rate.FADED + """
                 + ? else s.rate end,
                  recent = excluded.recent, drift = excluded.drift, drifted = excluded.drifted""",
                detector.seriesId(), detector.projectId(), detector.id(), stamp, series.state(), now.points(), now.late(), now.duplicates(), now.gaps(),
                Instant.ofEpochMilli(now.lastMillis()), 1.0 * more / FADES, now.recent(), now.drift(), now.drifted(), more, more, 1.0 * more / FADES);
    }

    /**
     * The same of series whose points come by a topic: their states are in the stream. An older word changes nothing.
     *
     * @param all each series once
     */
    @Transactional(Transactional.TxType.MANDATORY)
    void summaries(List<StreamRecords.Summary> all) {
        sql.update("""
                insert into live_series as s (series_id, project_id, detector_id, stamp, state, points, late, duplicates, gaps, last_at, seen_at, rate, recent, drift, drifted)
                select series_id, project_id, detector_id, gen_random_uuid(), ''::bytea, points, late, duplicates, gaps,
                  timestamptz 'epoch' + last_millis * interval '1 millisecond', now(), 0, recent::real[], drift, drifted
                from unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::text[], ?::float8[], ?::boolean[])
                  as told (series_id, project_id, detector_id, points, late, duplicates, gaps, last_millis, recent, drift, drifted)
                order by series_id
                on conflict (series_id) do update set project_id = excluded.project_id, detector_id = excluded.detector_id, stamp = excluded.stamp, state = excluded.state,
                  points = excluded.points, late = excluded.late, duplicates = excluded.duplicates, gaps = excluded.gaps, last_at = excluded.last_at,
                  seen_at = now(), rate =\s""" + Rate.FADED + """
                 + (excluded.points - s.points) / %d.0,
                  recent = excluded.recent, drift = excluded.drift, drifted = excluded.drifted
                  where excluded.points > s.points or length(s.state) > 0""".formatted(FADES),
                longs(all, StreamRecords.Summary::seriesId), longs(all, StreamRecords.Summary::projectId), longs(all, StreamRecords.Summary::detectorId),
                longs(all, one -> one.now().points()), longs(all, one -> one.now().late()), longs(all, one -> one.now().duplicates()),
                longs(all, one -> one.now().gaps()), longs(all, one -> one.now().lastMillis()),
                all.stream().map(one -> literal(one.now().recent())).toArray(String[]::new), all.stream().map(one -> one.now().drift()).toArray(Double[]::new),
                all.stream().map(one -> Boolean.toString(one.now().drifted())).toArray(String[]::new));
    }

    /** An array of the database, as text: arrays of different lengths cannot be elements of one. */
    private static String literal(Float[] numbers) {
        return Arrays.toString(numbers).replace('[', '{').replace(']', '}');
    }

    private static Long[] longs(List<StreamRecords.Summary> all, ToLongFunction<StreamRecords.Summary> what) {
        return all.stream().mapToLong(what).boxed().toArray(Long[]::new);
    }

    /** How fast points come, fading. */
    static final class Rate {
        static final String FADED = "s.rate * exp(-extract(epoch from now() - s.seen_at) / " + FADES + ")";

        private Rate() {}
    }

    @Transactional(Transactional.TxType.MANDATORY)
    void ring(long seriesId, long first, List<LivePoint> points) {
        int kept = Math.min(points.size(), LiveSeries.RING);
        Integer[] slots = new Integer[kept];
        Long[] numbers = new Long[kept];
        byte[][] data = new byte[kept][];
        for (int i = 0; i < kept; i++) {
            int at = points.size() - kept + i;
            numbers[i] = first + at;
            slots[i] = (int) (numbers[i] % LiveSeries.RING);
            data[i] = points.get(at).packed();
        }
        sql.update("""
                insert into live_point (series_id, slot, number, data) select ?, * from unnest(?::int[], ?::bigint[], ?::bytea[])
                on conflict (series_id, slot) do update set number = excluded.number, data = excluded.data""", seriesId, slots, numbers, data);
    }

    /** The newest points, oldest first. */
    @Transactional
    List<LivePoint> ring(long seriesId) {
        return sql.list("select data from live_point where series_id = ? order by number", StateRepository::point, seriesId);
    }

    private static LivePoint point(ResultSet row) throws SQLException {
        return LivePoint.unpacked(row.getBytes(1));
    }

    /** Those that drift and were not told of; each once, until it drifts no more. */
    @Transactional(Transactional.TxType.MANDATORY)
    Set<Long> tellDrift(List<Long> seriesIds) {
        return Set.copyOf(sql.list("""
                with told as (update live_series set drift_told_at = case when drifted then now() end
                  where series_id = any (?) and drifted = (drift_told_at is null) returning series_id, drifted)
                select series_id from told where drifted""", row -> row.getLong(1), (Object) seriesIds.toArray(Long[]::new)));
    }

    @Transactional(Transactional.TxType.MANDATORY)
    void refused(long seriesId, int count) {
        sql.update("update live_series set refused = refused + ? where series_id = ?", count, seriesId);
    }
}
