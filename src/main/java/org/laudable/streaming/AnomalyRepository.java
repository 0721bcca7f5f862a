package org.laudable.streaming;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.laudable.database.Sql;
import org.laudable.project.Meaning;
import org.laudable.security.User;

/** The table live_anomaly: what was found, what people say of it. */
@ApplicationScoped
class AnomalyRepository {
    private static final String SELECT = """
            select a.*, s.name as series, s.zone, p.display_name as judge from live_anomaly a join series s on s.id = a.series_id
            left join account p on p.id = a.judged_by\s""";

    private final Sql sql;

    AnomalyRepository(Sql sql) {
        this.sql = sql;
    }

    /** @return its id if it was not known before */
    @Transactional(Transactional.TxType.MANDATORY)
    Optional<Long> tell(Found one) {
        return sql.list("""
                insert into live_anomaly as a (series_id, project_id, version, from_at, to_at, peak_at, probability, points, channel, signal, open, excerpt)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (series_id, from_at) do update set to_at = excluded.to_at, peak_at = excluded.peak_at, probability = excluded.probability,
                  points = excluded.points, channel = excluded.channel, signal = excluded.signal, open = excluded.open, excerpt = excluded.excerpt
                  where a.open and excluded.to_at >= a.to_at
                returning id, xmax = 0""", row -> row.getBoolean(2) ? row.getLong(1) : 0L,
                one.seriesId(), one.projectId(), one.version(), one.from(), one.to(), one.peak(), one.probability(), one.points(), one.channel(), one.signal(),
                one.open(), one.excerpt()).stream().filter(id -> id > 0).findFirst();
    }

    /** Drops at most so many that nobody judged. @return how many */
    @Transactional
    int dropUnjudged(Instant foundBefore, int atMost) {
        return sql.update("""
                delete from live_anomaly where id in (select id from live_anomaly
                  where meaning is null and found_at < ? and to_at < ? limit ? for update skip locked)""", foundBefore, foundBefore, atMost);
    }

    /** Newest first. */
    @Transactional
    List<LiveAnomaly> newest(long projectId, long before, int limit) {
        return sql.list(SELECT + "where a.project_id = ? and a.id < ? order by a.id desc limit ?", AnomalyRepository::anomaly, projectId, before, limit);
    }

    @Transactional
    Optional<LiveAnomaly> find(long projectId, long id) {
        return sql.first(SELECT + "where a.project_id = ? and a.id = ?", AnomalyRepository::anomaly, projectId, id);
    }

    /** @return whether it could still be said: what is an answer already is changed where answers are */
    @Transactional
    boolean judge(long projectId, long id, Meaning meaning, String comment, User person) {
        return sql.update("""
                update live_anomaly set meaning = ?, comment = ?, judged_by = ?, judged_at = case when ?::text is null then null else now() end
                where project_id = ? and id = ? and answered_at is null""", meaning, comment, meaning == null ? null : person.id(), meaning == null ? null : meaning.name(),
                projectId, id) == 1;
    }

    /** A judged anomaly that is over and no answer yet. */
    record Judged(long id, long seriesId, LiveAnomaly anomaly, byte[] excerpt, User judge, Integer from, Integer to, Integer peak) {}

    /** By series and time. Those whose judge is no member any more stay out: nobody else said so. */
    @Transactional
    List<Judged> judged(long projectId) {
        return sql.list("""
                select a.*, s.name as series, s.zone, p.display_name as judge, p.username, p.admin from live_anomaly a join series s on s.id = a.series_id
                join account p on p.id = a.judged_by and p.enabled
                where a.project_id = ? and a.meaning is not null and a.answered_at is null and a.excerpt is not null
                  and (p.admin or exists (select 1 from project_member m where m.project_id = a.project_id and m.account_id = p.id and m.role in ('REVIEWER', 'MANAGER')))
                order by a.series_id, a.from_at""",
                row -> new Judged(row.getLong("id"), row.getLong("series_id"), anomaly(row), row.getBytes("excerpt"),
                        new User(row.getLong("judged_by"), row.getString("username"), row.getString("judge"), row.getBoolean("admin")),
                        row.getObject("from_index", Integer.class), row.getObject("to_index", Integer.class), row.getObject("peak_index", Integer.class)), projectId);
    }

    @Transactional(Transactional.TxType.MANDATORY)
    void place(long id, int from, int to, int peak) {
        sql.update("update live_anomaly set from_index = ?, to_index = ?, peak_index = ? where id = ?", from, to, peak, id);
    }

    @Transactional
    boolean isAnswer(UUID clientId) {
        return sql.number("select count(*) from annotation where client_id = ?", clientId) > 0;
    }

    @Transactional
    void answered(long id) {
        sql.update("update live_anomaly set answered_at = now(), excerpt = null where id = ?", id);
    }

    private static LiveAnomaly anomaly(ResultSet row) throws SQLException {
        return new LiveAnomaly(row.getLong("id"), row.getLong("series_id"), row.getString("series"), row.getString("zone"), row.getString("version"), Sql.instant(row, "from_at"),
                Sql.instant(row, "to_at"), Sql.instant(row, "peak_at"), row.getDouble("probability"), row.getInt("points"), row.getString("channel"),
                LiveAnomaly.Signal.valueOf(row.getString("signal")), row.getBoolean("open"), Sql.instant(row, "found_at"),
                Optional.ofNullable(row.getString("meaning")).map(Meaning::valueOf).orElse(null), row.getString("judge"), row.getString("comment"),
                Sql.instant(row, "answered_at") != null);
    }
}
