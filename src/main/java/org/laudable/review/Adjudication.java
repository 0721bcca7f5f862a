package org.laudable.review;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.laudable.Refused;
import org.laudable.database.Sql;
import org.laudable.labeling.ItemResolved;
import org.laudable.labeling.Purpose;
import org.laudable.labeling.ReviewerVerdicts;
import org.laudable.labeling.SendingBack;
import org.laudable.notification.NotificationKind;
import org.laudable.notification.Notifications;
import org.laudable.security.AuditLog;
import org.laudable.security.User;

/** Writes verdicts down and takes them back. Each method is one transaction; none checks access. */
@ApplicationScoped
class Adjudication {
    private final ReviewerVerdicts verdicts;
    private final SendingBack sentBack;
    private final ReviewItemRepository items;
    private final AuditLog audit;
    private final Notifications notifications;
    private final SampleRepository samples;
    private final Sql sql;

    Adjudication(ReviewerVerdicts verdicts, SendingBack sentBack, ReviewItemRepository items, AuditLog audit,
            Notifications notifications, SampleRepository samples, Sql sql) {
        this.verdicts = verdicts;
        this.sentBack = sentBack;
        this.items = items;
        this.audit = audit;
        this.notifications = notifications;
        this.samples = samples;
        this.sql = sql;
    }

    /** @param news to be told after the commit */
    record Recorded(long verdictId, ItemResolved news) {}

    /** @throws Refused if the item has changed since the reviewer saw it */
    @Transactional
    Recorded decide(long projectId, long reviewerId, Verdict verdict) {
        long item = verdict.itemId();
        verdicts.lock(item);
        checkUnchanged(item, verdict.version());
        if (verdict.classId() != null
                && sql.number("select count(*) from label_class where project_id = ? and id = ?", projectId, verdict.classId()) == 0) {
            throw new Refused("This class does not exist in the project. Reload the page to see its classes.");
        }
        ReviewerVerdicts.Given given = verdicts.give(projectId, item, reviewerId, Optional.ofNullable(verdict.classId()),
                Optional.ofNullable(verdict.interval()));
        long id = sql.number("""
                insert into review_verdict (project_id, item_id, account_id, queue, resolution_id, earlier_resolution_id,
                  withdrawn_task_id, reviewed_task_id, review_reason, agreed, sampled, answers_until)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) returning id""", projectId, item, reviewerId, verdict.queue(), given.resolutionId(),
                given.earlierId(), given.withdrawnTask(), given.reviewedTask(), given.reason(), given.agreed(), false, given.answersUntil());
        if (verdict.sampled() && samples.judged(reviewerId, item, id, Boolean.TRUE.equals(given.agreed()))) {
            sql.update("update review_verdict set sampled = true where id = ?", id);
        }
        sentBack.close(item, id);
        audit.record("label.decided", "item:" + item, projectId, Map.of("queue", verdict.queue(), "before", label(given.earlierId()),
                "after", label(given.resolutionId())));
        return new Recorded(id, given.news());
    }

    /** A label as the audit trail tells it; empty where there was none. */
    private Map<String, Object> label(Long resolutionId) {
        return sql.first("""
                select r.outcome, r.origin, c.name, r.interval_from, r.interval_to from resolution r left join label_class c on c.id = r.class_id
                where r.id = ?""", row -> {
                    Map<String, Object> label = new LinkedHashMap<>();
                    label.put("outcome", row.getString(1));
                    label.put("origin", row.getString(2));
                    label.put("class", row.getString(3));
                    if (row.getObject(4) != null) {
                        label.put("from", row.getInt(4));
                        label.put("to", row.getInt(5));
                    }
                    return label;
                }, resolutionId).orElseGet(Map::of);
    }

    private void checkUnchanged(long item, long version) {
        if (items.version(item) != version) {
            throw new Refused(items.decidedBy(item)
                    .map(name -> name + " decided this item a moment ago. Your verdict was not taken; it is shown as it stands now.")
                    .orElse("Somebody answered this item a moment ago. Your verdict was not taken; it is shown as it stands now."));
        }
    }

    /** @param news of answers that came in between, to be told after the commit */
    record Undone(long itemId, Optional<ItemResolved> news) {}

    /** The item is as it was before the verdict, but for what annotators answered since then. */
    @Transactional
    Undone undo(long projectId, long reviewerId, long verdictId) {
        long item = sql.first("select item_id from review_verdict where id = ? and project_id = ? and account_id = ? and undone_at is null",
                row -> row.getLong(1), verdictId, projectId, reviewerId)
                .orElseThrow(() -> new Refused("This verdict was taken back already."));
        verdicts.lock(item);
        ReviewerVerdicts.Given given = sql.first("""
                select resolution_id, earlier_resolution_id, withdrawn_task_id, reviewed_task_id, review_reason, answers_until from review_verdict
                where id = ?""",
                row -> new ReviewerVerdicts.Given(row.getLong(1), row.getObject(2, Long.class), null, row.getObject(3, Long.class),
                        row.getObject(4, Long.class), row.getString(5), row.getLong(6), new ItemResolved(projectId, item, Purpose.TRAIN, null, null)), verdictId).orElseThrow();
        ReviewerVerdicts.TakenBack taken = verdicts.takeBack(given, projectId, item)
                .orElseThrow(() -> new Refused("A newer verdict stands on this item, so this one cannot be taken back."));
        sql.update("update review_verdict set undone_at = now() where id = ?", verdictId);
        sentBack.reopen(verdictId);
        samples.notJudged(verdictId);
        audit.record("label.decisionUndone", "item:" + item, projectId, Map.of("before", label(given.resolutionId()), "after",
                label(given.earlierId())));
        return new Undone(item, taken.news());
    }

    /** @return to whom it went */
    @Transactional
    List<Long> sendBack(long projectId, User reviewer, long item, long version, String note, List<Long> accounts) {
        verdicts.lock(item);
        checkUnchanged(item, version);
        List<Long> told = sentBack.send(projectId, item, reviewer.id(), note, accounts);
        if (told.isEmpty()) {
            throw new Refused("None of these people works in the project any more, so nobody can answer again.");
        }
        audit.record("answer.sentBack", "item:" + item, projectId, Map.of("to", told.toString(), "note", note));
        told.forEach(account -> notifications.to(account, projectId, NotificationKind.SENT_BACK,
                Map.of("by", reviewer.displayName(), "byId", Long.toString(reviewer.id()), "note", note)));
        return told;
    }
}
