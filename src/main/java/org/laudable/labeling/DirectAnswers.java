package org.laudable.labeling;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.laudable.Refused;
import org.laudable.database.Sql;
import org.laudable.project.ProjectAccess;
import org.laudable.project.Role;
import org.laudable.security.OutOfReach;
import org.laudable.security.User;

/**
 * Answers about an item that was not handed out before: a program labels in its person's name. It goes the deck's way: the
 * open question is leased, then answered, with the same money, agreement and history.
 */
@ApplicationScoped
public class DirectAnswers {
    private final ProjectAccess access;
    private final TaskRepository tasks;
    private final LimitRepository limits;
    private final Leasing leasing;
    private final LeaseRepository leases;
    private final LabelingService labeling;
    private final Sql sql;
    private final Clock clock;

    DirectAnswers(ProjectAccess access, TaskRepository tasks, LimitRepository limits, Leasing leasing, LeaseRepository leases,
            LabelingService labeling, Sql sql, Clock clock) {
        this.clock = clock;
        this.access = access;
        this.tasks = tasks;
        this.limits = limits;
        this.leasing = leasing;
        this.leases = leases;
        this.labeling = labeling;
        this.sql = sql;
    }

    /**
     * @param kind LABEL, NONE, SKIP or FLAG
     * @throws Refused if the item has no open question, all its places are taken, or nothing may be labeled now
     */
    public AnswerReceipt answer(UUID clientId, long projectId, long itemId, AnswerKind kind, Long classId, String comment) {
        User user = access.require(projectId, Role.ANNOTATOR);
        if (kind == AnswerKind.RETRACTED) {
            throw new Refused("An answer is taken back with undo.");
        }
        long task = taskOf(user, projectId, itemId, clientId);
        return labeling.answer(new Answer(clientId, task, kind, classId, comment, 0, clock.instant(), null));
    }

    private long taskOf(User user, long projectId, long itemId, UUID clientId) {
        if (sql.number("select count(*) from item where id = ? and project_id = ?", itemId, projectId) == 0) {
            throw new OutOfReach("There is no such item.");
        }
        Optional<Long> sent = sql.first("select task_id from annotation where client_id = ?", row -> row.getLong(1), clientId);
        return sent.isPresent() ? sent.get() : take(user, projectId, itemId);
    }

    @Transactional
    long take(User user, long projectId, long itemId) {
        Terms terms = tasks.terms(projectId).orElseThrow();
        if (!terms.projectState().equals("ACTIVE")) {
            throw new Refused("The project takes no labels now. Activate it first.");
        }
        if ("PAUSED".equals(terms.runState())) {
            throw new Refused("The run is paused. Resume it, then send the label again.");
        }
        WorkLimits mine = limits.of(projectId, user.id());
        if (mine.paused() != null || mine.dayDone()) {
            throw new Refused("You are paused in this project, or have answered enough for today.");
        }
        long task = sql.first("""
                select t.id from task t where t.project_id = ? and t.item_id = ? and t.state = 'OPEN' and t.purpose <> 'GOLD'
                  and (t.reserved_for is null or t.reserved_for = any (?)) for update""", row -> row.getLong(1),
                projectId, itemId, mine.reservations().toArray(String[]::new))
                .orElseThrow(() -> new Refused("This item has no open question. Ask about it first: start a run, or send it to the queue on the Items page."));
        if (leases.held(task, user.id()).isPresent() || leases.everHeld(task, user.id())) {
            return task;
        }
        if (tasks.recount(task) == 0) {
            throw new Refused("Everybody this item needs is answering it already.");
        }
        if (!leasing.takeAgain(terms, user.id(), UUID.randomUUID(), task)) {
            throw new Refused("The project's budget is spent.");
        }
        return task;
    }
}
