package org.laudable.labeling;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Collectors;
import org.laudable.Refused;
import org.laudable.budget.BudgetService;
import org.laudable.budget.Source;
import org.laudable.labeling.AnnotationRepository.Annotation;
import org.laudable.labeling.AnnotationRepository.Vote;

/** Records answers and undoes them. Each method is one transaction that first locks the task; none checks access. */
@ApplicationScoped
class Answering {
    /** How many of a person's newest answers can be undone. */
    static final int UNDO_DEPTH = 100;

    private final TaskRepository tasks;
    private final LeaseRepository leases;
    private final AnnotationRepository annotations;
    private final Resolutions resolutions;
    private final Leasing leasing;
    private final BudgetService budget;
    private final AnswersWanted wanted;
    private final LimitRepository limits;
    private final GoldMix gold;
    private final SendingBack sentBack;
    private final LabelTrail trail;
    private final Clock clock;

    Answering(TaskRepository tasks, LeaseRepository leases, AnnotationRepository annotations, Resolutions resolutions,
            Leasing leasing, BudgetService budget, AnswersWanted wanted, LimitRepository limits,
            GoldMix gold, SendingBack sentBack, LabelTrail trail, Clock clock) {
        this.clock = clock;
        this.tasks = tasks;
        this.leases = leases;
        this.annotations = annotations;
        this.resolutions = resolutions;
        this.leasing = leasing;
        this.budget = budget;
        this.wanted = wanted;
        this.limits = limits;
        this.gold = gold;
        this.sentBack = sentBack;
        this.trail = trail;
    }

    /** @param resolved to be told after the commit */
    record Recorded(AnswerReceipt receipt, Optional<ItemResolved> resolved, boolean handedAgain) {}

    @Transactional
    Recorded record(Terms terms, long accountId, Answer answer) {
        TaskRow task = tasks.lock(answer.taskId()).orElseThrow();
        Optional<Annotation> sentBefore = sentBefore(accountId, answer);
        if (sentBefore.isPresent()) {
            return new Recorded(sentBefore.get().receipt(), Optional.empty(), false);
        }
        SeriesSpan.check(tasks.span(task.itemId()), answer.interval());
        if (answer.classId() != null && !annotations.classBelongs(task.projectId(), answer.classId())) {
            throw new Refused("This class does not exist in the project. Reload the page to see its classes.");
        }
        Optional<LeaseRepository.Lease> lease = leases.held(task.id(), accountId);
        Optional<Annotation> earlier = annotations.newest(task.id(), accountId);
        if (lease.isEmpty() && !leases.everHeld(task.id(), accountId)) {
            throw new Refused("This task was not handed to you, so its answer is not taken.");
        }
        Optional<Annotation> standing = earlier.filter(one -> one.kind() != AnswerKind.RETRACTED);
        boolean late = lease.map(LeaseRepository.Lease::expired).orElse(standing.isEmpty());
        boolean ownsSlot = lease.isPresent()
                || standing.filter(one -> one.kind().takesSlot() && !one.surplus()).isPresent();
        boolean surplus = answer.kind().takesSlot() && !ownsSlot && tasks.recount(task.id()) == 0;
        Annotation recorded = annotations.insert(task, accountId, answer, revisionAfter(earlier),
                terms.keptMillis(answer.activeMillis()), late, surplus);
        lease.ifPresent(held -> leases.answered(held.id()));
        sentBack.answered(task.id(), accountId);
        tasks.recount(task.id());
        Optional<ItemResolved> resolved = conclude(terms, task, accountId);
        settle(terms, task, answer, recorded, lease, standing);
        trail.answered(task, standing, answer);
        return new Recorded(recorded.receipt(), resolved, false);
    }

    /**
     * Takes a person's newest answer to a task back and hands the task to them again.
     *
     * @throws Refused if there is nothing to undo, or too much came after it
     */
    @Transactional
    Recorded undo(Terms terms, long accountId, UUID clientId, long taskId, UUID deck) {
        TaskRow task = tasks.lock(taskId).orElseThrow();
        Answer undo = new Answer(clientId, taskId, AnswerKind.RETRACTED, null, null, 0, clock.instant(), null);
        Optional<Annotation> sentBefore = sentBefore(accountId, undo);
        if (sentBefore.isPresent()) {
            return new Recorded(sentBefore.get().receipt(), Optional.empty(), leases.held(taskId, accountId).isPresent());
        }
        Annotation standing = annotations.newest(taskId, accountId).filter(one -> one.kind() != AnswerKind.RETRACTED)
                .orElseThrow(() -> new Refused("There is no answer of yours to undo here."));
        if (annotations.answersAfter(task.projectId(), accountId, standing.id()) >= UNDO_DEPTH) {
            throw new Refused("Only your last " + UNDO_DEPTH + " answers can be undone. Ask a reviewer to change this one.");
        }
        Annotation recorded = annotations.insert(task, accountId, undo, standing.revision() + 1, 0, false, false);
        tasks.recount(taskId);
        Optional<ItemResolved> resolved = conclude(terms, task, accountId);
        standing.reservation().ifPresent(reservation -> budget.reverse(reservation, "undone"));
        trail.undone(task, standing);
        TaskRow now = tasks.lock(taskId).orElseThrow();
        boolean again = (now.state().equals("OPEN") || now.state().equals("ASKED")) && now.freeSlots() > 0
                && leasing.takeAgain(terms, accountId, deck, taskId);
        gold.returned(again ? List.of() : List.of(taskId));
        return new Recorded(recorded.receipt(), resolved, again);
    }

    /** Closes an open task for which nobody is left who could answer. */
    @Transactional
    void lookAgain(Terms terms, long taskId) {
        TaskRow task = tasks.lock(taskId).orElseThrow();
        if (task.state().equals("OPEN")) {
            conclude(terms, task, 0);
        }
    }

    /** Answers came while something else stood above them: what they come to now. Call with the item locked. */
    @Transactional
    Optional<ItemResolved> concludeAgain(Terms terms, long taskId) {
        TaskRow task = tasks.lock(taskId).orElseThrow();
        tasks.recount(taskId);
        return conclude(terms, task, 0);
    }

    private Optional<Annotation> sentBefore(long accountId, Answer answer) {
        Optional<Annotation> known = annotations.byClientId(answer.clientId());
        if (known.isPresent() && !known.get().says(accountId, answer)) {
            throw new AnswerConflict();
        }
        return known;
    }

    private static int revisionAfter(Optional<Annotation> earlier) {
        return earlier.map(Annotation::revision).orElse(0) + 1;
    }

    /** Closes or opens the task by its counted answers, and the item's label with it. */
    private Optional<ItemResolved> conclude(Terms terms, TaskRow task, long accountId) {
        if (task.purpose() == Purpose.GOLD) {
            gold.conclude(terms, task, accountId);
            return Optional.empty();
        }
        List<Vote> votes = annotations.votes(task.id());
        Optional<Resolutions.Verdict> verdict = majority(votes);
        int slots = task.slots();
        int fitted = wanted.fit(terms, task, slots, votes, verdict.isPresent());
        while (fitted > slots) { // an answer that came too late may fill the place that was added
            slots = fitted;
            votes = annotations.votes(task.id());
            verdict = majority(votes);
            fitted = wanted.fit(terms, task, slots, votes, verdict.isPresent());
        }
        slots = fitted;
        Optional<ReviewReason> review = wanted.review(task, votes, slots, verdict.isPresent());
        if (votes.size() < slots && review.isEmpty()) {
            tasks.reopen(task);
            limits.freeReservations(task.projectId(), task.id());
            resolutions.withdrawOfTask(task.id(), task.itemId());
            return Optional.empty();
        }
        tasks.close(task.id(), review);
        if (review.isPresent()) {
            resolutions.withdrawOfTask(task.id(), task.itemId());
            return Optional.empty();
        }
        if (!resolutions.recordByPeople(task, verdict.get())) {
            return Optional.empty();
        }
        tasks.withdrawOthers(task);
        return Optional.of(new ItemResolved(task.projectId(), task.itemId(), task.purpose(), task.runId(), task.round()));
    }

    /** More than half of the answers say the same; a flag agrees with nobody. Otherwise a reviewer decides. */
    static Optional<Resolutions.Verdict> majority(List<Vote> votes) {
        Map<Optional<Long>, List<Vote>> byClass = votes.stream().filter(vote -> vote.kind() != AnswerKind.FLAG)
                .collect(Collectors.groupingBy(Vote::classId));
        return byClass.entrySet().stream().filter(entry -> 2 * entry.getValue().size() > votes.size()).findFirst()
                .map(entry -> new Resolutions.Verdict(entry.getKey(), entry.getValue().size() / (float) votes.size(),
                        entry.getValue().stream().map(Vote::accountId).toList(),
                        AgreedInterval.of(entry.getValue().stream().flatMap(vote -> vote.interval().stream()).toList())));
    }

    /**
     * Pays the answer once: from its lease's reservation, or for a late one from a new one as far as the cap allows. A
     * changed answer was paid before.
     */
    private void settle(Terms terms, TaskRow task, Answer answer, Annotation recorded,
            Optional<LeaseRepository.Lease> lease, Optional<Annotation> standing) {
        long cost = terms.costMicros(answer.kind(), answer.activeMillis());
        OptionalLong paidBefore = standing.map(Annotation::reservation).orElse(OptionalLong.empty());
        OptionalLong held = lease.map(LeaseRepository.Lease::reservation).orElse(OptionalLong.empty());
        if (paidBefore.isPresent()) {
            held.ifPresent(budget::release);
            annotations.paid(recorded.id(), paidBefore, 0);
            return;
        }
        if (cost == 0) {
            held.ifPresent(budget::release);
            return;
        }
        OptionalLong reservation = held.isPresent() ? held
                : budget.reserve(task.projectId(), Source.PERSON, recorded.accountId(), task.id(), cost);
        reservation.ifPresent(id -> {
            long settled = budget.settle(id, cost);
            annotations.paid(recorded.id(), reservation, settled);
        });
    }
}
