package org.laudable.budget;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.OptionalLong;

/**
 * Money of a project: reserve before work is handed out, settle or release after it. For services and background work;
 * checks no access. Guarantee: settled + reserved ≤ cap at every commit.
 */
@ApplicationScoped
public class BudgetService {
    private final Ledger ledger;
    private final Tallies tallies;
    private final CapAlerts alerts;

    BudgetService(Ledger ledger, Tallies tallies, CapAlerts alerts) {
        this.ledger = ledger;
        this.tallies = tallies;
        this.alerts = alerts;
    }

    /**
     * Holds an amount for one piece of work.
     *
     * @param accountId the person, or null for an LLM
     * @param taskId the question, or null
     * @param amountMicros the most it can cost
     * @return the reservation, or empty if the cap does not allow it
     */
    @Transactional
    public OptionalLong reserve(long projectId, Source source, Long accountId, Long taskId, long amountMicros) {
        if (amountMicros < 0) {
            throw new IllegalArgumentException("Cannot reserve " + amountMicros + " micros");
        }
        Ledger.Balance balance = ledger.lock(projectId);
        OptionalLong cap = ledger.cap(projectId);
        long wanted = Math.addExact(Math.addExact(balance.settled(), balance.reserved()), amountMicros);
        if (cap.isPresent() && wanted > cap.getAsLong()) {
            if (balance.settled() + amountMicros > cap.getAsLong() && ledger.isLastResort(projectId, source)) {
                alerts.exhausted(projectId, balance.settled(), cap.getAsLong(), ledger.currency(projectId));
            }
            return OptionalLong.empty();
        }
        long id = ledger.appendReservation(projectId, source, accountId, taskId, amountMicros);
        ledger.change(projectId, 0, amountMicros);
        return OptionalLong.of(id);
    }

    /**
     * Books what the work cost, at most the reservation, and frees the rest. Does nothing if it is closed already.
     *
     * @return what was booked, in micros
     */
    @Transactional
    public long settle(long reservationId, long amountMicros) {
        Ledger.Reservation reservation = ledger.reservation(reservationId).orElseThrow();
        Ledger.Balance before = ledger.lock(reservation.projectId());
        if (ledger.isClosed(reservationId)) {
            return ledger.settled(reservationId).orElse(0);
        }
        long amount = Math.clamp(amountMicros, 0, reservation.amount());
        book(reservation, before, amount, null);
        return amount;
    }

    /** Frees the whole reservation: the work was not done. Does nothing if it is closed already. */
    @Transactional
    public void release(long reservationId) {
        Ledger.Reservation reservation = ledger.reservation(reservationId).orElseThrow();
        ledger.lock(reservation.projectId());
        if (ledger.isClosed(reservationId)) {
            return;
        }
        ledger.append("RELEASE", reservation, reservation.amount(), null);
        ledger.change(reservation.projectId(), 0, -reservation.amount());
    }

    /** Takes back what was settled, by an entry of its own: the answer was undone. Does nothing if nothing was settled. */
    @Transactional
    public void reverse(long reservationId, String note) {
        Ledger.Reservation reservation = ledger.reservation(reservationId).orElseThrow();
        ledger.lock(reservation.projectId());
        ledger.settled(reservationId).ifPresent(amount -> {
            ledger.append("REVERSE", reservation, amount, note);
            ledger.change(reservation.projectId(), -amount, 0);
        });
    }

    /**
     * Books what a provider billed, also where that is more than the reservation: it is owed. Frees the rest. Does
     * nothing if it is closed already.
     *
     * @param note why it differs from a plain settlement, or null
     */
    @Transactional
    public void settleBill(long reservationId, long amountMicros, String note) {
        Ledger.Reservation reservation = ledger.reservation(reservationId).orElseThrow();
        Ledger.Balance before = ledger.lock(reservation.projectId());
        if (ledger.isClosed(reservationId)) {
            return;
        }
        book(reservation, before, Math.max(0, amountMicros), note);
    }

    private void book(Ledger.Reservation reservation, Ledger.Balance before, long amount, String note) {
        long projectId = reservation.projectId();
        ledger.append("SETTLE", reservation, amount, note);
        ledger.change(projectId, amount, -reservation.amount());
        ledger.cap(projectId).ifPresent(cap -> {
            long settled = before.settled() + amount;
            if (settled >= cap / 2) {
                alerts.settled(projectId, settled, cap, ledger.currency(projectId));
            }
        });
    }

    /** Where the project's budget stands. */
    @Transactional
    public BudgetSummary summary(long projectId) {
        Ledger.Balance balance = ledger.read(projectId).orElse(new Ledger.Balance(0, 0));
        return new BudgetSummary(balance.settled(), balance.reserved(), ledger.cap(projectId), ledger.currency(projectId),
                tallies.answers(projectId));
    }

    /** Settled so far, in micros: one number, for a round's cost. */
    @Transactional
    public long settledMicros(long projectId) {
        return ledger.read(projectId).map(Ledger.Balance::settled).orElse(0L);
    }
}
