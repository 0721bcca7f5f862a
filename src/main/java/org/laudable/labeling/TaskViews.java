package org.laudable.labeling;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.laudable.database.Sql;

/**
 * Reads held tasks as their annotator may see them: nothing in them tells an audit item from a training item. (The audit
 * sample has no stored prediction, so its second likeliest class is that of another item with the same first one.)
 */
@ApplicationScoped
class TaskViews {
    private final Sql sql;

    TaskViews(Sql sql) {
        this.sql = sql;
    }

    /** The tasks this person holds among these: those sent back first, then in the given order. */
    List<TaskView> of(long accountId, List<Long> taskIds) {
        if (taskIds.isEmpty()) {
            return List.of();
        }
        List<TaskView> views = new ArrayList<>(sql.list("""
                select t.id, i.body, t.reason, t.suggestion_class_id, t.suggestion_confidence, t.suggestion_source, l.until,
                  i.series_id, i.point, t.suggested_from, t.suggested_to,
                  p.class_id as first_class_id,
                  coalesce(p.second_class_id, (select like_it.second_class_id from prediction like_it
                    where p.item_id is null and like_it.project_id = t.project_id and like_it.class_id = t.suggestion_class_id
                      and like_it.second_class_id is not null
                    limit 1)) as second_class_id,
                  coalesce((select max(a.active_millis) from annotation a
                    where a.task_id = t.id and a.account_id = l.account_id), 0) as active_millis,
                  b.note, r.display_name as reviewer, e.kind as said, e.class_id as said_class_id
                from lease l
                join task t on t.id = l.task_id
                join item i on i.id = t.item_id
                left join prediction p on p.item_id = t.item_id
                left join sent_back b on b.task_id = t.id and b.account_id = l.account_id and b.answered_at is null and b.closed_at is null
                left join account r on r.id = b.reviewer_id
                left join annotation e on e.id = b.annotation_id
                where l.account_id = ? and l.state = 'HELD' and l.task_id = any (?)""", TaskViews::view, accountId,
                taskIds.toArray(Long[]::new)));
        views.sort(Comparator.comparing((TaskView view) -> view.sentBack() == null).thenComparingInt(view -> taskIds.indexOf(view.id())));
        return views;
    }

    private static TaskView view(ResultSet row) throws SQLException {
        Long suggested = row.getObject("suggestion_class_id", Long.class);
        Suggestion suggestion = suggested == null ? null : new Suggestion(suggested,
                row.getObject("suggestion_confidence", Float.class), row.getString("suggestion_source"));
        List<Long> likely = Stream.of(suggested, row.getObject("first_class_id", Long.class),
                row.getObject("second_class_id", Long.class)).filter(Objects::nonNull).distinct().toList();
        return new TaskView(row.getLong("id"), row.getString("body"), suggestion, likely, row.getString("reason"),
                Sql.instant(row, "until"), row.getLong("active_millis"), window(row), sentBack(row));
    }

    private static SentBack sentBack(ResultSet row) throws SQLException {
        String note = row.getString("note");
        return note == null ? null : new SentBack(note, row.getString("reviewer"), AnswerKind.valueOf(row.getString("said")),
                row.getObject("said_class_id", Long.class));
    }

    private static Window window(ResultSet row) throws SQLException {
        Long series = row.getObject("series_id", Long.class);
        if (series == null) {
            return null;
        }
        int point = row.getInt("point");
        Integer from = row.getObject("suggested_from", Integer.class);
        return from == null ? new Window(series, point, point, point + 1)
                : new Window(series, point, from, row.getInt("suggested_to"));
    }
}
