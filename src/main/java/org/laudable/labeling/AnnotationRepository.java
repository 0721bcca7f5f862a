package org.laudable.labeling;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Stream;
import org.laudable.database.Sql;

/** The table {@code annotation}: append-only, the highest revision of a person's answers to a task counts. */
@ApplicationScoped
class AnnotationRepository {
    private static final String COLUMNS = "a.id, a.client_id, a.task_id, a.account_id, a.revision, a.kind, a.class_id, a.comment,"
            + " a.active_millis, a.late, a.surplus, a.reservation_id, a.interval_from, a.interval_to, a.channels, a.reason";

    private static final String[] FOR_REVIEWER = Stream.of(AnswerReason.values()).filter(AnswerReason::needsReviewer)
            .map(Enum::name).toArray(String[]::new);

    private final Sql sql;

    AnnotationRepository(Sql sql) {
        this.sql = sql;
    }

    record Annotation(long id, UUID clientId, long taskId, long accountId, int revision, AnswerKind kind, Long classId,
            String comment, long activeMillis, boolean late, boolean surplus, OptionalLong reservation, Interval interval,
            AnswerReason reason) {

        boolean says(long account, Answer answer) {
            return accountId == account && taskId == answer.taskId() && kind == answer.kind()
                    && Objects.equals(classId, answer.classId()) && Objects.equals(comment, answer.comment()) && Objects.equals(interval, answer.interval())
                    && reason == answer.reason();
        }

        AnswerReceipt receipt() {
            return new AnswerReceipt(clientId, taskId, revision, late, surplus);
        }
    }

    /** One person's counted answer. */
    record Vote(long accountId, AnswerKind kind, Optional<Long> classId, Optional<Interval> interval) {}

    Optional<Annotation> byClientId(UUID clientId) {
        return sql.first("select " + COLUMNS + " from annotation a where a.client_id = ?", AnnotationRepository::annotation,
                clientId);
    }

    /** The person's newest revision on this task. */
    Optional<Annotation> newest(long taskId, long accountId) {
        return sql.first("select " + COLUMNS
                + " from annotation a where a.task_id = ? and a.account_id = ? order by a.revision desc limit 1",
                AnnotationRepository::annotation, taskId, accountId);
    }

    /** The newest answers that fill slots, by time. */
    List<Vote> votes(long taskId) {
        return sql.list("""
                select a.account_id, a.kind, a.class_id, a.interval_from, a.interval_to, a.channels from annotation a
                where a.task_id = ? and a.kind in ('LABEL', 'NONE', 'FLAG') and not a.surplus
                  and not exists (select 1 from annotation later where later.task_id = a.task_id
                    and later.account_id = a.account_id and later.revision > a.revision)
                order by a.id""", row -> new Vote(row.getLong(1), AnswerKind.valueOf(row.getString(2)),
                Optional.ofNullable(row.getObject(3, Long.class)), Optional.ofNullable(interval(row))), taskId);
    }

    /** A standing answer that came when all slots were filled takes the place that was added; false if there is none. */
    boolean countSurplus(long taskId) {
        return sql.update("""
                update annotation set surplus = false where id = (select a.id from annotation a
                  where a.task_id = ? and a.surplus and a.kind in ('LABEL', 'NONE', 'FLAG')
                    and not exists (select 1 from annotation later where later.task_id = a.task_id
                      and later.account_id = a.account_id and later.revision > a.revision)
                  order by a.id limit 1)""", taskId) == 1;
    }

    /** Whether somebody passed the task on, and did not take that back. */
    boolean anySkip(long taskId) {
        return sql.number("""
                select count(*) from annotation a where a.task_id = ? and a.kind = 'SKIP'
                  and not exists (select 1 from annotation later where later.task_id = a.task_id
                    and later.account_id = a.account_id and later.revision > a.revision)""", taskId) > 0;
    }

    /** Whether somebody passed the task on for a reason that only a reviewer can settle, and did not take that back. */
    boolean anySkipForReviewer(long taskId) {
        return sql.number("""
                select count(*) from annotation a where a.task_id = ? and a.kind = 'SKIP' and a.reason = any (?)
                  and not exists (select 1 from annotation later where later.task_id = a.task_id
                    and later.account_id = a.account_id and later.revision > a.revision)""", taskId, FOR_REVIEWER) > 0;
    }

    /** How many answers this person gave in the project after this one. */
    long answersAfter(long projectId, long accountId, long annotationId) {
        return sql.number("""
                select count(*) from annotation where project_id = ? and account_id = ? and id > ? and kind <> 'RETRACTED'""",
                projectId, accountId, annotationId);
    }

    boolean classBelongs(long projectId, long classId) {
        return sql.number("select count(*) from label_class where project_id = ? and id = ?", projectId, classId) > 0;
    }

    Annotation insert(TaskRow task, long accountId, Answer answer, int revision, long keptMillis, boolean late,
            boolean surplus) {
        return sql.first("""
                insert into annotation as a (client_id, task_id, item_id, project_id, account_id, revision, kind, class_id,
                  comment, active_millis, guideline_number, suggestion_class_id, suggestion_confidence, suggestion_source,
                  late, surplus, interval_from, interval_to, channels, reason, answered_at)
                select ?, t.id, t.item_id, t.project_id, ?, ?, ?, ?, ?, ?, ?, t.suggestion_class_id,
                  t.suggestion_confidence, t.suggestion_source, ?, ?, ?, ?, cast(? as int[]), ?, least(?, now())
                from task t where t.id = ?
                returning\s""" + COLUMNS, AnnotationRepository::annotation,
                answer.clientId(), accountId, revision, answer.kind(), answer.classId(), answer.comment(), keptMillis,
                answer.guidelineNumber(), late, surplus, answer.interval() == null ? null : answer.interval().from(),
                answer.interval() == null ? null : answer.interval().to(),
                answer.interval() == null ? null : answer.interval().channelArray(),
                answer.reason() == null ? null : answer.reason().name(), answer.answeredAt(), task.id()).orElseThrow();
    }

    /** Notes what paid for a revision inserted in this transaction. */
    void paid(long annotationId, OptionalLong reservation, long costMicros) {
        sql.update("update annotation set reservation_id = ?, cost_micros = ? where id = ?",
                reservation.isPresent() ? reservation.getAsLong() : null, costMicros, annotationId);
    }

    private static Annotation annotation(ResultSet row) throws SQLException {
        Long reservation = row.getObject("reservation_id", Long.class);
        return new Annotation(row.getLong("id"), row.getObject("client_id", UUID.class), row.getLong("task_id"),
                row.getLong("account_id"), row.getInt("revision"), AnswerKind.valueOf(row.getString("kind")),
                row.getObject("class_id", Long.class), row.getString("comment"), row.getLong("active_millis"),
                row.getBoolean("late"), row.getBoolean("surplus"),
                reservation == null ? OptionalLong.empty() : OptionalLong.of(reservation), interval(row),
                Optional.ofNullable(row.getString("reason")).map(AnswerReason::valueOf).orElse(null));
    }

    private static Interval interval(ResultSet row) throws SQLException {
        Integer from = row.getObject("interval_from", Integer.class);
        Array channels = row.getArray("channels");
        return from == null ? null : new Interval(from, row.getInt("interval_to"),
                channels == null ? null : List.of((Integer[]) channels.getArray()));
    }
}
