package org.laudable.labeling;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.laudable.database.Sql;
import org.laudable.project.ProjectAccess;
import org.laudable.project.Role;

/** Answers and labels of a project in the order they came, for programs. For reviewers and managers. */
@ApplicationScoped
public class LabelReader {
    private final ProjectAccess access;
    private final Sql sql;

    LabelReader(ProjectAccess access, Sql sql) {
        this.access = access;
        this.sql = sql;
    }

    /**
     * An answer of a person.
     *
     * @param revision the highest of a person's answers to a question counts
     * @param classId  null unless kind is LABEL
     */
    @Schema(name = "Annotation")
    public record Given(long id, long itemId, long taskId, String person, int revision, AnswerKind kind, Long classId, String label,
            String comment, boolean late, boolean surplus, Instant createdAt) {}

    /**
     * An item's label, or one it had.
     *
     * @param outcome      LABEL or NONE (none of the classes)
     * @param annotators   user names of those whose answers made it
     * @param supersededAt null while it holds
     */
    @Schema(name = "Resolution")
    public record Label(long id, long itemId, String outcome, Long classId, String label, String origin, Float confidence,
            Integer modelVersion, List<String> annotators, Instant createdAt, Instant supersededAt) {}

    public List<Given> annotations(long projectId, long after, int limit) {
        access.require(projectId, Role.REVIEWER);
        return sql.list("""
                select a.id, a.item_id, a.task_id, p.username, a.revision, a.kind, a.class_id, c.name as label, a.comment, a.late, a.surplus, a.created_at
                from annotation a join account p on p.id = a.account_id left join label_class c on c.id = a.class_id
                where a.project_id = ? and a.id > ? order by a.id limit ?""",
                row -> new Given(row.getLong("id"), row.getLong("item_id"), row.getLong("task_id"), row.getString("username"), row.getInt("revision"),
                        AnswerKind.valueOf(row.getString("kind")), row.getObject("class_id", Long.class), row.getString("label"),
                        row.getString("comment"), row.getBoolean("late"), row.getBoolean("surplus"), Sql.instant(row, "created_at")),
                projectId, after, limit);
    }

    /** @param all superseded ones too */
    public List<Label> resolutions(long projectId, boolean all, long after, int limit) {
        access.require(projectId, Role.REVIEWER);
        return sql.list("""
                select r.id, r.item_id, r.outcome, r.class_id, c.name as label, r.origin, r.confidence, r.model_version, r.created_at, r.superseded_at,
                  array(select a.username from account a where a.id = any (r.annotators) order by a.username) as people
                from resolution r left join label_class c on c.id = r.class_id
                where r.project_id = ? and r.id > ? and (? or r.superseded_at is null) order by r.id limit ?""",
                LabelReader::label, projectId, after, all, limit);
    }

    private static Label label(ResultSet row) throws SQLException {
        float confidence = row.getFloat("confidence");
        boolean known = !row.wasNull();
        Array people = row.getArray("people");
        return new Label(row.getLong("id"), row.getLong("item_id"), row.getString("outcome"), row.getObject("class_id", Long.class),
                row.getString("label"), row.getString("origin").toLowerCase(java.util.Locale.ROOT), known ? (Float) confidence : null,
                row.getObject("model_version", Integer.class), List.of((String[]) people.getArray()), Sql.instant(row, "created_at"),
                Sql.instant(row, "superseded_at"));
    }
}
