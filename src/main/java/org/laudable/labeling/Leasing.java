package org.laudable.labeling;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Stream;
import org.laudable.budget.BudgetService;
import org.laudable.budget.Source;

/** Hands out tasks, prolongs, takes back. Each method is one transaction; none checks access. */
@ApplicationScoped
class Leasing {
    /** Nobody holds more, whatever waits unsent on their page. */
    private static final int MOST_HELD = 60;
    /** So many first questions are all audit items, so that the first model can be judged. */
    private static final int AUDIT_FIRST = 10;
    /** After those, every so many-th question is an audit item. */
    private static final int AUDIT_EVERY = 4;

    private final TaskRepository tasks;
    private final PickRepository picks;
    private final LeaseRepository leases;
    private final BudgetService budget;
    private final GoldMix gold;
    private final SendingBack sentBack;

    Leasing(TaskRepository tasks, PickRepository picks, LeaseRepository leases, BudgetService budget,
            GoldMix gold, SendingBack sentBack) {
        this.tasks = tasks;
        this.picks = picks;
        this.leases = leases;
        this.budget = budget;
        this.gold = gold;
        this.sentBack = sentBack;
    }

    /** @param capReached whether the budget stopped it from handing out more */
    record Handed(List<Long> taskIds, boolean capReached) {}

    /**
     * Hands out up to {@code count} tasks (after a {@link #sweep}, which is a transaction of its own): first what a reviewer sent back, then what the person holds already and no living
     * page of theirs shows, then the best of the queue.
     *
     * @param person who asks, and what they may be handed
     * @param ahead how many unanswered tasks the deck has
     * @param shown the tasks the deck knows, answered but unsent ones included
     */
    @Transactional
    Handed take(Terms terms, WorkLimits person, UUID deck, int count, int ahead, List<Long> shown) {
        long project = terms.projectId();
        long accountId = person.accountId();
        List<Long> handed = new ArrayList<>(sentBack.take(terms, accountId, deck, count));
        Long[] known = Stream.concat(shown.stream(), handed.stream()).toArray(Long[]::new);
        handed.addAll(leases.adopt(project, accountId, deck, known, count - handed.size(), terms.leaseMinutes()));
        int people = leases.peopleAtWork(project, accountId);
        PickRepository.Open open = picks.open(project, person, (long) people * TaskQueue.PREFETCH);
        long share = Math.clamp(open.slots() / people, 1, TaskQueue.PREFETCH);
        long wanted = Math.min(count, share - ahead);
        wanted = Math.min(wanted, MOST_HELD - leases.countHeld(project, accountId));
        if (person.leftToday() != null) {
            wanted = Math.min(wanted, handed.size() + person.leftToday());
        }
        boolean capReached = false;
        while (handed.size() < wanted) {
            Optional<Long> task = next(terms, person, open);
            if (task.isEmpty()) {
                break;
            }
            Optional<OptionalLong> reservation = pay(terms, accountId, task.get());
            if (reservation.isEmpty()) {
                gold.returned(List.of(task.get()));
                capReached = true;
                break;
            }
            if (leases.insert(task.get(), project, accountId, reservation.get(), deck, terms.leaseMinutes())) {
                tasks.takeSlot(task.get());
                handed.add(task.get());
            } else { // this person's other page took it in the same moment
                reservation.get().ifPresent(budget::release);
                break;
            }
        }
        return new Handed(handed, capReached);
    }

    /** Hands out the open task about a window, if this person may have it and the money is there. */
    @Transactional
    Handed takeWindow(Terms terms, long accountId, UUID deck, long seriesId, int point) {
        Optional<Long> task = leases.countHeld(terms.projectId(), accountId) >= MOST_HELD ? Optional.empty()
                : picks.window(terms.projectId(), accountId, seriesId, point);
        if (task.isEmpty()) {
            return new Handed(List.of(), false);
        }
        boolean taken = takeAgain(terms, accountId, deck, task.get());
        return new Handed(taken ? List.of(task.get()) : List.of(), !taken);
    }

    /** Hands one (locked) task back to the person who just undid their answer; false if its slot or the money is gone. */
    @Transactional
    boolean takeAgain(Terms terms, long accountId, UUID deck, long taskId) {
        Optional<OptionalLong> reservation = pay(terms, accountId, taskId);
        if (reservation.isEmpty()) {
            return false;
        }
        if (!leases.insert(taskId, terms.projectId(), accountId, reservation.get(), deck, terms.leaseMinutes())) {
            reservation.get().ifPresent(budget::release);
            return false;
        }
        tasks.takeSlot(taskId);
        return true;
    }

    /** A gold item where it is due; then what is reserved for the person. While the audit sample is not full: the first ten questions, then every fourth, are audit items. */
    private Optional<Long> next(Terms terms, WorkLimits person, PickRepository.Open open) {
        long project = terms.projectId();
        GoldMix.Turn turn = gold.next(terms, person, open.audit() || open.other() || open.reserved());
        if (turn.only() || turn.task().isPresent()) {
            return turn.task();
        }
        if (open.reserved()) {
            Optional<Long> reserved = picks.reserved(project, person);
            if (reserved.isPresent()) {
                return reserved;
            }
        }
        boolean auditFirst = open.audit() && (!open.other() || auditIsDue(tasks.taken(project)));
        Optional<Long> found = picks.best(project, person, auditFirst);
        return found.isPresent() ? found : picks.best(project, person, !auditFirst);
    }

    static boolean auditIsDue(TaskRepository.Taken taken) {
        long beyond = taken.audit() + taken.other() - AUDIT_FIRST;
        return taken.audit() < AUDIT_FIRST || AUDIT_EVERY * (taken.audit() - AUDIT_FIRST) <= beyond;
    }

    /** The reservation (empty inside: the work costs nothing), or empty if the cap does not allow it. */
    private Optional<OptionalLong> pay(Terms terms, long accountId, long taskId) {
        long amount = terms.reservationMicros();
        if (amount == 0) {
            return Optional.of(OptionalLong.empty());
        }
        OptionalLong reservation = budget.reserve(terms.projectId(), Source.PERSON, accountId, taskId, amount);
        return reservation.isPresent() ? Optional.of(reservation) : Optional.empty();
    }

    @Transactional
    List<LeaseRepository.Renewed> renew(long accountId, List<Long> taskIds) {
        return leases.renew(accountId, taskIds.toArray(Long[]::new));
    }

    /** The deck was closed: what it holds goes back. */
    @Transactional
    void giveBack(long accountId, List<Long> taskIds) {
        List<Long> locked = tasks.lockHeld(accountId, taskIds.toArray(Long[]::new));
        List<Long> reservations = leases.giveBack(accountId, locked.toArray(Long[]::new));
        gold.returned(locked);
        locked.forEach(tasks::recount);
        reservations.forEach(budget::release);
    }

    /** Ends the leases of a project that have run out; by the database's clock. */
    @Transactional
    int sweep(long projectId) {
        List<Long> locked = tasks.lockExpired(projectId);
        if (locked.isEmpty()) {
            return 0;
        }
        List<Long> reservations = leases.expire(locked.toArray(Long[]::new));
        gold.returned(locked);
        locked.forEach(tasks::recount);
        reservations.forEach(budget::release);
        return locked.size();
    }
}
