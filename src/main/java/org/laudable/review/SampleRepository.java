package org.laudable.review;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.laudable.database.Sql;
import org.laudable.labeling.ModelLabels;

/** The tables {@code review_sample} and {@code review_sample_item}. */
@ApplicationScoped
class SampleRepository {
    /** A label that is still the one that was drawn. */
    private static final String UNCHANGED = """
            exists (select 1 from resolution r where r.id = i.resolution_id and r.superseded_at is null and r.origin in ('LLM', 'MODEL', 'PROPAGATED'))""";
    private static final String SAMPLE = "select s.*, a.display_name, "
            + "coalesce(s.judged, (select count(*) from review_sample_item i where i.sample_id = s.id and i.verdict_id is not null)) as judged_now, "
            + "coalesce(s.agreed, (select count(*) from review_sample_item i where i.sample_id = s.id and i.agreed)) as agreed_now, "
            + "case when s.state <> 'OPEN' then 0 else (select count(*) from review_sample_item i where i.sample_id = s.id and i.verdict_id is null and "
            + UNCHANGED + ") end as waiting from review_sample s join account a on a.id = s.created_by ";

    private final Sql sql;

    SampleRepository(Sql sql) {
        this.sql = sql;
    }

    @Transactional
    long insert(long projectId, long accountId, SampleCheck.Draw draw, long newest, long found, List<ModelLabels.Standing> drawn) {
        long id = sql.number("""
                insert into review_sample (project_id, queue, class_id, floor, size, bar, newest_resolution, found, created_by)
                values (?, ?, cast(? as bigint), cast(? as real), ?, ?, ?, ?, ?) returning id""", projectId, draw.queue(), draw.classId(),
                draw.floor(), drawn.size(), draw.bar(), newest, found, accountId);
        sql.update("""
                insert into review_sample_item (sample_id, item_id, place, resolution_id)
                select ?, n.item_id, n.place, n.resolution_id from unnest(?::bigint[], ?::bigint[]) with ordinality as n (item_id, resolution_id, place)""",
                id, drawn.stream().map(ModelLabels.Standing::itemId).toArray(Long[]::new),
                drawn.stream().map(ModelLabels.Standing::resolutionId).toArray(Long[]::new));
        return id;
    }

    /** The sample a reviewer is at. */
    Optional<SampleCheck> open(long projectId, long accountId) {
        return sql.first(SAMPLE + "where s.project_id = ? and s.created_by = ? and s.state = 'OPEN'", SampleRepository::sample, projectId, accountId);
    }

    /** Samples that came to an end, the newest first; those given up before anything was judged say nothing. */
    List<SampleCheck> ended(long projectId, ReviewQueue queue, int limit) {
        return sql.list(SAMPLE + "where s.project_id = ? and s.queue = ? and (s.state in ('ACCEPTED', 'FAILED') or s.state = 'DROPPED' and s.judged > 0) order by s.id desc limit ?",
                SampleRepository::sample, projectId, queue, limit);
    }

    /** Items still to be judged, in the order they were drawn, those put off last. */
    List<Long> waiting(long sampleId, List<Long> passed) {
        return sql.list("select i.item_id from review_sample_item i where i.sample_id = ? and i.verdict_id is null and " + UNCHANGED
                + " order by i.item_id = any (?), i.place", row -> row.getLong(1), sampleId, passed.toArray(Long[]::new));
    }

    /** A verdict on an item of this reviewer's open sample counts in it. False if the item is in none. */
    boolean judged(long accountId, long itemId, long verdictId, boolean agreed) {
        return sql.update("""
                update review_sample_item i set verdict_id = ?, agreed = ? from review_sample s
                where s.id = i.sample_id and s.state = 'OPEN' and s.created_by = ? and i.item_id = ? and i.verdict_id is null""",
                verdictId, agreed, accountId, itemId) == 1;
    }

    /** The verdict was taken back: the label that stands again is to be judged again. */
    void notJudged(long verdictId) {
        sql.update("""
                update review_sample_item i set verdict_id = null, agreed = null, resolution_id = coalesce(
                    (select r.id from resolution r where r.item_id = i.item_id and r.superseded_at is null), i.resolution_id)
                from review_sample s where i.verdict_id = ? and s.id = i.sample_id and s.state = 'OPEN'""", verdictId);
    }

    /** False if it has ended already. */
    boolean end(SampleCheck check, SampleCheck.State state, Long bulkId) {
        return sql.update("""
                update review_sample set state = ?, judged = ?, agreed = ?, bulk_id = ?, closed_at = now() where id = ? and state = 'OPEN'""",
                state, check.judged(), check.agreed(), bulkId, check.id()) == 1;
    }

    private static SampleCheck sample(ResultSet row) throws SQLException {
        float floor = row.getFloat("floor");
        Float least = row.wasNull() ? null : Float.valueOf(floor);
        return new SampleCheck(row.getLong("id"), row.getLong("project_id"), ReviewQueue.valueOf(row.getString("queue")),
                row.getObject("class_id", Long.class), least, row.getInt("size"), Math.round(1e4 * row.getFloat("bar")) / 1e4, row.getLong("found"),
                SampleCheck.State.valueOf(row.getString("state")), row.getInt("judged_now"), row.getInt("agreed_now"), row.getInt("waiting"),
                row.getLong("newest_resolution"), row.getObject("bulk_id", Long.class), row.getString("display_name"), Sql.instant(row, "created_at"));
    }
}
