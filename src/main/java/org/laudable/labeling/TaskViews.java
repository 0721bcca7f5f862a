package org.laudable.labeling;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.laudable.database.Sql;

/** Reads held tasks as their annotator may see them: nothing in them tells an audit item from a training item. */
@ApplicationScoped
class TaskViews {
    private final Sql sql;

    TaskViews(Sql sql) {
        this.sql = sql;
    }

    /** The tasks this person holds among these, in the given order. */
    List<TaskView> of(long accountId, List<Long> taskIds) {
        if (taskIds.isEmpty()) {
            return List.of();
        }
        List<TaskView> views = new ArrayList<>(sql.list("""
                select t.id, i.body, t.purpose, t.reason, t.suggestion_class_id, t.suggestion_confidence, t.suggestion_source,
                  l.until, p.class_id, p.confidence, p.margin, p.second_class_id, p.model_version,
                  coalesce((select max(a.active_millis) from annotation a
                    where a.task_id = t.id and a.account_id = l.account_id), 0) as active_millis
                from lease l
                join task t on t.id = l.task_id
                join item i on i.id = t.item_id
                left join prediction p on p.item_id = t.item_id
                where l.account_id = ? and l.state = 'HELD' and l.task_id = any (?)""", TaskViews::view, accountId,
                taskIds.toArray(Long[]::new)));
        views.sort(Comparator.comparingInt(view -> taskIds.indexOf(view.id())));
        return views;
    }

    private static TaskView view(ResultSet row) throws SQLException {
        List<Suggestion> ranking = ranking(row);
        Long suggested = row.getObject("suggestion_class_id", Long.class);
        Suggestion suggestion = suggested == null ? null : new Suggestion(suggested,
                row.getObject("suggestion_confidence", Float.class), row.getString("suggestion_source"));
        return new TaskView(row.getLong("id"), row.getString("body"), suggestion, ranking, reason(row, ranking),
                Sql.instant(row, "until"), row.getLong("active_millis"));
    }

    private static List<Suggestion> ranking(ResultSet row) throws SQLException {
        Long first = row.getObject("class_id", Long.class);
        if (first == null) {
            return List.of();
        }
        String source = "model v" + row.getInt("model_version");
        float confidence = row.getFloat("confidence");
        Long second = row.getObject("second_class_id", Long.class);
        return second == null ? List.of(new Suggestion(first, confidence, source))
                : List.of(new Suggestion(first, confidence, source),
                        new Suggestion(second, Math.max(0, confidence - row.getFloat("margin")), source));
    }

    /** A training item's own reason; for the others one of the same kind, made from what the model says of them. */
    private static String reason(ResultSet row, List<Suggestion> ranking) throws SQLException {
        if (Purpose.valueOf(row.getString("purpose")) == Purpose.TRAIN) {
            return row.getString("reason");
        }
        if (ranking.size() < 2) {
            return "";
        }
        double gap = ranking.get(0).confidence() - ranking.get(1).confidence();
        return String.format(Locale.ROOT, "two classes within %.0f %%", Math.ceil(100 * gap));
    }
}
