package org.laudable.anomaly;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.laudable.database.Sql;
import org.laudable.webhook.Outbox;
import org.laudable.webhook.WebhookEvent;

/** Flagged stretches. One that is still flagged after a round keeps its id, so links to it last. */
@ApplicationScoped
class SegmentRepository {
    private static final String SELECT = "select * from series_segment ";

    private final Sql sql;
    private final Outbox outbox;

    SegmentRepository(Sql sql, Outbox outbox) {
        this.sql = sql;
        this.outbox = outbox;
    }

    /** A flagged stretch as its table has it. */
    record Row(long id, long seriesId, int version, Flagged flagged, Instant fromAt, Instant toAt) {}

    @Transactional
    List<Row> ofProject(long projectId) {
        return sql.list(SELECT + "where project_id = ? order by series_id, from_index", SegmentRepository::row, projectId);
    }

    @Transactional
    List<Row> ofSeries(long seriesId) {
        return sql.list(SELECT + "where series_id = ? order by from_index", SegmentRepository::row, seriesId);
    }

    /** After a training. */
    @Transactional
    void replace(SeriesSession session, int version, List<Flagged> flagged) {
        replace(session, version, flagged, false);
    }

    /** Between trainings: which answers labels spread from stays known. */
    @Transactional
    void refresh(SeriesSession session, int version, List<Flagged> flagged) {
        replace(session, version, flagged, true);
    }

    private void replace(SeriesSession session, int version, List<Flagged> flagged, boolean keepLikes) {
        List<Row> before = ofSeries(session.info().id());
        List<Long> gone = new ArrayList<>(before.stream().map(Row::id).toList());
        List<Map<String, ?>> found = new ArrayList<>();
        for (Flagged one : flagged) {
            Optional<Row> same = before.stream().filter(row -> gone.contains(row.id()) && row.flagged().from() < one.to()
                    && one.from() < row.flagged().to()).findFirst();
            if (same.isPresent()) {
                gone.remove(same.get().id());
                update(same.get().id(), session, version, keepLikes && one.likeItem() == null ? one.like(same.get().flagged().likeItem()) : one);
            } else {
                found.add(fact(session, one, insert(session, version, one)));
            }
        }
        sql.update("delete from series_segment where id = any (?)", (Object) gone.toArray(Long[]::new));
        outbox.addAll(session.info().projectId(), WebhookEvent.ANOMALY_FOUND, found);
    }

    private static Map<String, ?> fact(SeriesSession session, Flagged f, long id) {
        return Map.of("anomalyId", id, "seriesId", session.info().id(), "from", Instant.ofEpochMilli(session.millis()[f.from()]).toString(), "to",
                Instant.ofEpochMilli(session.millis()[f.to() - 1]).toString(), "confidence", f.confidence());
    }

    private long insert(SeriesSession session, int version, Flagged f) {
        return sql.number("""
                insert into series_segment (version, from_index, to_index, peak, from_at, to_at, confidence, severity, vae, potential,
                  novelty, agent, channels, shares, like_item, series_id, project_id)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) returning id""",
                values(session, version, f, session.info().id(), session.info().projectId()));
    }

    private void update(long id, SeriesSession session, int version, Flagged f) {
        sql.update("""
                update series_segment set version = ?, from_index = ?, to_index = ?, peak = ?, from_at = ?, to_at = ?, confidence = ?,
                  severity = ?, vae = ?, potential = ?, novelty = ?, agent = ?, channels = ?, shares = ?, like_item = ?
                where id = ?""", values(session, version, f, id));
    }

    private static Object[] values(SeriesSession session, int version, Flagged f, Long... last) {
        Object[] own = {version, f.from(), f.to(), f.peak(), Instant.ofEpochMilli(session.millis()[f.from()]),
            Instant.ofEpochMilli(session.millis()[f.to() - 1]), f.confidence(), f.severity(), f.vae(), f.potential(), f.novelty(), f.agent(),
            Arrays.stream(f.channels()).boxed().toArray(Integer[]::new), Arrays.stream(f.shares()).boxed().toArray(Double[]::new), f.likeItem()};
        return Stream.concat(Arrays.stream(own), Arrays.stream(last)).toArray();
    }

    private static Row row(ResultSet row) throws SQLException {
        Integer[] channels = (Integer[]) row.getArray("channels").getArray();
        Float[] shares = (Float[]) row.getArray("shares").getArray();
        return new Row(row.getLong("id"), row.getLong("series_id"), row.getInt("version"),
                new Flagged(row.getInt("from_index"), row.getInt("to_index"), row.getInt("peak"), row.getFloat("confidence"),
                        row.getFloat("severity"), row.getFloat("vae"), row.getFloat("potential"), row.getFloat("novelty"), row.getFloat("agent"),
                        Arrays.stream(channels).mapToInt(Integer::intValue).toArray(), Arrays.stream(shares).mapToDouble(Float::doubleValue).toArray(),
                        row.getObject("like_item", Long.class)),
                Sql.instant(row, "from_at"), Sql.instant(row, "to_at"));
    }
}
