package org.laudable.review;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.laudable.database.Sql;
import org.laudable.dataset.Origin;
import org.laudable.labeling.AnswerKind;
import org.laudable.labeling.AnswerReason;
import org.laudable.labeling.Interval;

/** Reads items with everything a reviewer weighs. */
@ApplicationScoped
class ReviewItemRepository {
    private final Sql sql;

    ReviewItemRepository(Sql sql) {
        this.sql = sql;
    }

    Optional<ReviewItem> find(long projectId, long itemId, String lookedAtBy) {
        List<ReviewItem.Answer> answers = answers(itemId);
        return sql.first("""
                select i.id, i.body, i.series_id, i.point, s.name as series, s.points, r.origin, r.class_id, r.confidence, r.id as label_id,
                  r.interval_from, r.interval_to, r.channels
                from item i left join series s on s.id = i.series_id left join resolution r on r.item_id = i.id and r.superseded_at is null
                where i.project_id = ? and i.id = ?""",
                row -> new ReviewItem(itemId, version(itemId), row.getString("body"), window(row, itemId, answers), label(row), answers,
                        opinions(itemId), notes(itemId), lookedAtBy), projectId, itemId);
    }

    /** Changes with every answer and label. */
    long version(long itemId) {
        return sql.number("""
                select (select coalesce(max(id), 0) from resolution where item_id = ?)
                  + (select coalesce(max(id), 0) from annotation where item_id = ?)
                  + (select count(*) from resolution where item_id = ? and superseded_at is not null)""", itemId, itemId, itemId);
    }

    /** Who gave the item its newest label; empty if no person did. */
    Optional<String> decidedBy(long itemId) {
        return sql.first("""
                select a.display_name from resolution r join account a on a.id = r.annotators[1]
                where r.item_id = ? and r.superseded_at is null and r.origin = 'REVIEWER'""", row -> row.getString(1), itemId);
    }

    private List<ReviewItem.Answer> answers(long itemId) {
        return sql.list("""
                select a.account_id, p.display_name, a.kind, a.class_id, a.comment, a.interval_from, a.interval_to, a.channels,
                  a.guideline_number, a.revision, a.created_at, a.reason
                from annotation a join account p on p.id = a.account_id
                where a.item_id = ? and a.kind <> 'RETRACTED'
                  and a.id = (select max(n.id) from annotation n where n.item_id = a.item_id and n.account_id = a.account_id)
                order by a.id""", row -> new ReviewItem.Answer(row.getLong(1), row.getString(2), AnswerKind.valueOf(row.getString(3)),
                row.getObject(4, Long.class), row.getString(5), interval(row), row.getObject("guideline_number", Integer.class),
                row.getInt("revision"), Sql.instant(row, "created_at"),
                Optional.ofNullable(row.getString("reason")).map(AnswerReason::valueOf).orElse(null)), itemId);
    }

    private List<ReviewItem.Opinion> opinions(long itemId) {
        return sql.list("""
                (select 'LLM' as origin, a.class_id, a.confidence, m.name as source from llm_answer a join llm_model m on m.id = a.model_id
                  where a.item_id = ? and a.state = 'ANSWERED' and a.class_id is not null order by a.id desc limit 1)
                union all
                (select 'MODEL', p.class_id, p.confidence, 'v' || p.model_version from prediction p where p.item_id = ?)
                union all
                (select case when t.suggestion_source ilike 'llm%' then 'LLM' when t.suggestion_source ilike 'propagated%' then 'PROPAGATED' else 'MODEL' end,
                    t.suggestion_class_id, t.suggestion_confidence, t.suggestion_source
                  from task t where t.item_id = ? and t.suggestion_class_id is not null
                    and not exists (select 1 from prediction p where p.item_id = t.item_id) order by t.id desc limit 1)""",
                row -> new ReviewItem.Opinion(Origin.valueOf(row.getString(1)), row.getLong(2), real(row, 3), row.getString(4)),
                itemId, itemId, itemId);
    }

    private List<ReviewItem.Note> notes(long itemId) {
        return sql.list("""
                select p.display_name, r.display_name, b.note, b.answered_at is not null, b.created_at as sent_at
                from sent_back b join account p on p.id = b.account_id join account r on r.id = b.reviewer_id
                where b.item_id = ? and b.closed_at is null order by b.id""", row -> new ReviewItem.Note(row.getString(1), row.getString(2),
                row.getString(3), row.getBoolean(4), Sql.instant(row, "sent_at")), itemId);
    }

    private ReviewItem.Window window(ResultSet row, long itemId, List<ReviewItem.Answer> answers) throws SQLException {
        Long series = row.getObject("series_id", Long.class);
        if (series == null) {
            return null;
        }
        int point = row.getInt("point");
        String name = row.getString("series");
        int points = row.getInt("points");
        return sql.first("""
                select suggested_from, suggested_to from task where item_id = ? and suggested_from is not null order by id desc limit 1""",
                task -> new ReviewItem.Window(series, name, points, point, task.getInt(1), task.getInt(2)), itemId)
                .or(() -> answers.stream().filter(answer -> answer.interval() != null).findFirst()
                        .map(answer -> new ReviewItem.Window(series, name, points, point, answer.interval().from(), answer.interval().to())))
                .orElseGet(() -> new ReviewItem.Window(series, name, points, point, point, point + 1));
    }

    private static ReviewItem.Label label(ResultSet row) throws SQLException {
        String origin = row.getString("origin");
        return origin == null ? null : new ReviewItem.Label(Origin.valueOf(origin), row.getObject("class_id", Long.class), real(row, "confidence"), interval(row));
    }

    private static Interval interval(ResultSet row) throws SQLException {
        Integer from = row.getObject("interval_from", Integer.class);
        Array channels = row.getArray("channels");
        return from == null ? null : new Interval(from, row.getInt("interval_to"),
                channels == null ? null : List.of((Integer[]) channels.getArray()));
    }

    private static Float real(ResultSet row, String column) throws SQLException {
        return real(row, row.findColumn(column));
    }

    private static Float real(ResultSet row, int column) throws SQLException {
        float value = row.getFloat(column);
        return row.wasNull() ? null : Float.valueOf(value);
    }
}
