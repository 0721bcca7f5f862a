package org.laudable.labeling;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import org.laudable.database.Sql;

/** A reviewer's word on an item: it stands above everybody else's. For services; checks no access. */
@ApplicationScoped
public class ReviewerVerdicts {
    private final Sql sql;
    private final TaskRepository tasks;
    private final Answering answering;

    ReviewerVerdicts(Sql sql, TaskRepository tasks, Answering answering) {
        this.sql = sql;
        this.tasks = tasks;
        this.answering = answering;
    }

    /**
     * What a verdict changed.
     *
     * @param earlierId     the label it replaced, or null
     * @param agreed        whether that label was the same, or null
     * @param withdrawnTask the open question it ended, or null
     * @param reviewedTask  the question that had waited for a reviewer, or null
     * @param reason        why it had, or null
     * @param answersUntil  the item's newest answer at that time
     * @param news          to be told after the commit
     */
    public record Given(long resolutionId, Long earlierId, Boolean agreed, Long withdrawnTask, Long reviewedTask,
            String reason, long answersUntil, ItemResolved news) {}

    /** A verdict was taken back. {@code news}: answers that came in between gave the item a label. */
    public record TakenBack(Optional<ItemResolved> news) {}

    private record Question(long id, String state, Purpose purpose, Long runId, Integer round) {}

    private record Waiting(long taskId, String reason) {}

    private record Label(long id, Long classId) {}

    /** Waits for whoever changes the item's label or answers its question, and keeps others off until the transaction ends. */
    @Transactional
    public void lock(long itemId) {
        sql.list("select id from task where item_id = ? order by id for update", row -> row.getLong(1), itemId);
        sql.list("select id from item where id = ? for no key update", row -> row.getLong(1), itemId);
    }

    /**
     * Records a verdict; call with the item locked.
     *
     * @param classId empty: none of these
     * @param interval of a series; empty with texts
     */
    @Transactional
    public Given give(long projectId, long itemId, long reviewerId, Optional<Long> classId, Optional<Interval> interval) {
        Optional<Question> newest = sql.first("""
                select id, state, purpose, run_id, round_number from task where item_id = ? order by state = 'OPEN' desc, id desc limit 1""",
                row -> new Question(row.getLong(1), row.getString(2), Purpose.valueOf(row.getString(3)),
                        row.getObject(4, Long.class), row.getObject(5, Integer.class)), itemId);
        Optional<Label> earlier = sql.first("select id, class_id from resolution where item_id = ? and superseded_at is null",
                row -> new Label(row.getLong(1), row.getObject(2, Long.class)), itemId);
        Optional<Long> id = Optional.empty();
        while (id.isEmpty()) { // a model's label can slip in between the two statements
            sql.update("update resolution set superseded_at = now() where item_id = ? and superseded_at is null", itemId);
            id = insert(projectId, itemId, reviewerId, classId, interval, newest);
        }
        Optional<Question> open = newest.filter(question -> question.state().equals("OPEN"));
        open.ifPresent(question -> sql.update("update task set state = 'WITHDRAWN', closed_at = now() where id = ?", question.id()));
        Optional<Waiting> waiting = sql.first("""
                select id, review_reason from task where item_id = ? and review_reason is not null order by id desc limit 1""",
                row -> new Waiting(row.getLong(1), row.getString(2)), itemId);
        sql.update("update task set review_reason = null where item_id = ? and review_reason is not null", itemId);
        return new Given(id.get(), earlier.map(Label::id).orElse(null),
                earlier.map(label -> classId.equals(Optional.ofNullable(label.classId()))).orElse(null),
                open.map(Question::id).orElse(null), waiting.map(Waiting::taskId).orElse(null), waiting.map(Waiting::reason).orElse(null),
                sql.number("select coalesce(max(id), 0) from annotation where item_id = ?", itemId),
                new ItemResolved(projectId, itemId, newest.map(Question::purpose).orElse(Purpose.TRAIN),
                        newest.map(Question::runId).orElse(null), newest.map(Question::round).orElse(null)));
    }

    private Optional<Long> insert(long projectId, long itemId, long reviewerId, Optional<Long> classId, Optional<Interval> interval,
            Optional<Question> newest) {
        return sql.first("""
                insert into resolution (project_id, item_id, outcome, class_id, origin, run_id, task_id, annotators,
                  interval_from, interval_to, channels)
                values (?, ?, ?, ?, 'REVIEWER', ?, ?, ?, ?, ?, cast(? as int[]))
                on conflict (item_id) where superseded_at is null do nothing returning id""", row -> row.getLong(1), projectId, itemId,
                classId.isPresent() ? "LABEL" : "NONE", classId.orElse(null), newest.map(Question::runId).orElse(null),
                newest.map(Question::id).orElse(null), new Long[] {reviewerId}, interval.map(Interval::from).orElse(null),
                interval.map(Interval::to).orElse(null), interval.map(Interval::channelArray).orElse(null));
    }

    /**
     * Takes a verdict back: the label it replaced stands again, the question it ended is asked again, and answers that came in
     * between count. Call with the item locked.
     *
     * @return empty if something newer stands there
     */
    @Transactional
    public Optional<TakenBack> takeBack(Given given, long projectId, long itemId) {
        if (sql.update("update resolution set superseded_at = now() where id = ? and superseded_at is null", given.resolutionId()) == 0) {
            return Optional.empty();
        }
        sql.update("""
                insert into resolution (project_id, item_id, outcome, class_id, origin, confidence, run_id, model_version, task_id,
                  annotators, interval_from, interval_to, channels, llm_model_id, prompt_version_id, sample_id, weighed)
                select project_id, item_id, outcome, class_id, origin, confidence, run_id, model_version, task_id,
                  annotators, interval_from, interval_to, channels, llm_model_id, prompt_version_id, sample_id, weighed
                from resolution where id = ?
                on conflict (item_id) where superseded_at is null do nothing""", given.earlierId());
        sql.update("""
                update task t set state = 'OPEN', closed_at = null where t.id = ? and t.state = 'WITHDRAWN' and not exists (
                  select 1 from task o where o.project_id = t.project_id and o.item_id = ? and o.state = 'OPEN')""",
                given.withdrawnTask(), itemId);
        sql.update("update task set review_reason = ? where id = ? and state <> 'OPEN'", given.reason(), given.reviewedTask());
        Terms terms = tasks.terms(projectId).orElseThrow();
        return Optional.of(new TakenBack(answeredSince(itemId, given.answersUntil()).stream()
                .flatMap(task -> answering.concludeAgain(terms, task).stream()).reduce((earlier, later) -> later)));
    }

    /** Questions about the item to which somebody said something after that answer, gold apart. */
    private List<Long> answeredSince(long itemId, long annotation) {
        return sql.list("""
                select t.id from task t where t.item_id = ? and t.purpose <> 'GOLD'
                  and exists (select 1 from annotation a where a.task_id = t.id and a.item_id = t.item_id and a.id > ?)
                order by t.id""", row -> row.getLong(1), itemId, annotation);
    }
}
