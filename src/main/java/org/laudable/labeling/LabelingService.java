package org.laudable.labeling;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.laudable.Refused;
import org.laudable.live.ProjectEvents;
import org.laudable.project.ProjectAccess;
import org.laudable.project.Role;
import org.laudable.security.CurrentUser;
import org.laudable.security.OutOfReach;
import org.laudable.security.User;

/** An annotator's work: get tasks, answer them, undo, give back. Every call checks that the person is a member. */
@ApplicationScoped
public class LabelingService {
    private static final Logger LOG = Logger.getLogger(LabelingService.class);
    private static final int LONGEST_COMMENT = 2_000;

    private final ProjectAccess access;
    private final CurrentUser currentUser;
    private final TaskRepository tasks;
    private final LimitRepository limits;
    private final TaskViews views;
    private final Leasing leasing;
    private final Answering answering;
    private final ProgressRepository progress;
    private final ProjectEvents projectEvents;
    private final Event<ItemResolved> resolvedEvents;
    private final LabelingMetrics metrics;

    LabelingService(ProjectAccess access, CurrentUser currentUser, TaskRepository tasks, LimitRepository limits,
            TaskViews views, Leasing leasing,
            Answering answering, ProgressRepository progress, ProjectEvents projectEvents,
            Event<ItemResolved> resolvedEvents, LabelingMetrics metrics) {
        this.metrics = metrics;
        this.access = access;
        this.currentUser = currentUser;
        this.tasks = tasks;
        this.limits = limits;
        this.views = views;
        this.leasing = leasing;
        this.answering = answering;
        this.progress = progress;
        this.projectEvents = projectEvents;
        this.resolvedEvents = resolvedEvents;
    }

    /** Hands out tasks; with none, the state says why. */
    public LeaseReply lease(LeaseWish wish) {
        return metrics.next(() -> handOut(wish));
    }

    private LeaseReply handOut(LeaseWish wish) {
        User user = access.require(wish.projectId(), Role.ANNOTATOR);
        Terms terms = terms(wish.projectId());
        WorkLimits mine = limits.of(wish.projectId(), user.id());
        Optional<DeckState> closed = closed(terms, mine);
        if (closed.isPresent()) {
            return new LeaseReply(closed.get(), List.of(), false);
        }
        leasing.sweep(wish.projectId());
        Leasing.Handed handed = leasing.take(terms, mine, wish.deck(),
                Math.clamp(wish.count(), 0, TaskQueue.PREFETCH), wish.ahead(), wish.shown());
        List<TaskView> found = views.of(user.id(), handed.taskIds());
        DeckState state = !found.isEmpty() ? DeckState.READY
                : handed.capReached() ? DeckState.CAP_REACHED : mine.dayDone() ? DeckState.DAY_DONE : waitingFor(terms);
        return new LeaseReply(state, found, handed.capReached());
    }

    /** Prolongs the leases the page still shows; those missing in the reply have ended. */
    public List<RenewedLease> renew(long projectId, List<Long> taskIds) {
        User user = access.require(projectId, Role.ANNOTATOR);
        return leasing.renew(user.id(), taskIds).stream()
                .map(lease -> new RenewedLease(lease.taskId(), lease.until())).toList();
    }

    /** The page closes: what it holds goes back into the queue. Allowed to former members too. */
    public void giveBack(List<Long> taskIds) {
        leasing.giveBack(currentUser.require().id(), taskIds);
    }

    /**
     * Records an answer, also one whose lease has ended. The same answer again has the same result.
     *
     * @throws Refused if it cannot be taken
     * @throws AnswerConflict if another answer was sent under the same client id
     */
    public AnswerReceipt answer(Answer answer) {
        long projectId = projectOf(answer.taskId());
        User user = access.require(projectId, Role.ANNOTATOR);
        check(answer);
        return tell(projectId, metrics.save(answer.kind(), () -> answering.record(terms(projectId), user.id(), answer))).receipt();
    }

    private static void check(Answer answer) {
        if (answer.kind() == AnswerKind.RETRACTED) {
            throw new Refused("An answer is taken back with undo.");
        }
        if ((answer.kind() == AnswerKind.LABEL) != (answer.classId() != null)) {
            throw new Refused("A label needs a class, and nothing else has one.");
        }
        if (answer.comment() != null && answer.comment().length() > LONGEST_COMMENT) {
            throw new Refused("The comment is longer than 2,000 characters.");
        }
        if (answer.reason() != null && answer.kind() != AnswerKind.SKIP && answer.kind() != AnswerKind.FLAG) {
            throw new Refused("Only what is skipped or flagged has a reason.");
        }
        if (answer.reason() == AnswerReason.OTHER && answer.comment() == null) {
            throw new Refused("Say in a comment what it is.");
        }
    }

    /**
     * Takes the person's answer to a task back; the task comes to them again. The same undo again has the same result.
     *
     * @throws Refused if there is nothing to undo, or too much came after it
     */
    public UndoReply undo(UUID clientId, long taskId, UUID deck) {
        long projectId = projectOf(taskId);
        User user = access.require(projectId, Role.ANNOTATOR);
        Answering.Recorded undone = tell(projectId,
                answering.undo(terms(projectId), user.id(), clientId, taskId, deck));
        return new UndoReply(undone.receipt(), undone.handedAgain()
                ? views.of(user.id(), List.of(taskId)).stream().findFirst() : Optional.empty());
    }

    /** @param since where the person's day began */
    public Progress progress(long projectId, Instant since) {
        User user = access.require(projectId, Role.ANNOTATOR);
        Terms terms = terms(projectId);
        WorkLimits mine = limits.of(projectId, user.id());
        return progress.of(terms, mine, since, closed(terms, mine)
                .orElseGet(() -> mine.dayDone() ? DeckState.DAY_DONE : waitingFor(terms)));
    }

    private Answering.Recorded tell(long projectId, Answering.Recorded recorded) {
        projectEvents.publish(projectId, ProjectEvents.Kind.ANSWERS);
        try {
            recorded.resolved().ifPresent(resolvedEvents::fire);
        } catch (RuntimeException e) { // the answer is committed; who listens looks at the tables later
            LOG.warnf(e, "The news of a resolved item of project %d was not taken", projectId);
        }
        return recorded;
    }

    private long projectOf(long taskId) {
        return tasks.projectOf(taskId)
                .orElseThrow(() -> new OutOfReach("There is no such task, or you have no access to it."));
    }

    private Terms terms(long projectId) {
        return tasks.terms(projectId).orElseThrow(() -> new OutOfReach("There is no such project."));
    }

    /** Why nothing is handed out at all, whatever the queue holds. */
    private static Optional<DeckState> closed(Terms terms, WorkLimits person) {
        if (!terms.projectState().equals("ACTIVE")) {
            return Optional.of(DeckState.CLOSED);
        }
        if (person.paused() != null) {
            return Optional.of(DeckState.ON_HOLD);
        }
        return "PAUSED".equals(terms.runState()) ? Optional.of(DeckState.PAUSED) : Optional.empty();
    }

    private static DeckState waitingFor(Terms terms) {
        return switch (terms.runState()) {
            case null -> DeckState.NOT_STARTED;
            case "PREPARING" -> DeckState.PREPARING;
            case "TRAINING" -> DeckState.TRAINING;
            case "FINISHING" -> DeckState.FINISHING;
            case "FINISHED" -> DeckState.FINISHED;
            case "STOPPED" -> DeckState.STOPPED;
            case "FAILED" -> DeckState.FAILED;
            default -> DeckState.EMPTY;
        };
    }
}
