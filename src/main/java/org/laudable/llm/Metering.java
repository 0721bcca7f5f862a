package org.laudable.llm;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalLong;
import org.laudable.budget.BudgetService;
import org.laudable.budget.Source;

/**
 * The money of one call, in one transaction before it and one after it. Before: the provider's month, the project's
 * ledger and the call's own row, reserved together or not at all. After: settled together, once. Locks are always taken
 * in this order: month, project.
 */
@ApplicationScoped
class Metering {
    private final CallRepository calls;
    private final ProviderRepository providers;
    private final BudgetService budget;
    private final Event<OverBilled> overBilled;

    Metering(CallRepository calls, ProviderRepository providers, BudgetService budget, Event<OverBilled> overBilled) {
        this.calls = calls;
        this.providers = providers;
        this.budget = budget;
        this.overBilled = overBilled;
    }

    /** What came of asking for money. */
    sealed interface Reserved {
        record Granted(long callId, long micros) implements Reserved {}

        record Denied(Absence reason, String sentence) implements Reserved {}
    }

    /** How a call ended. */
    record Ending(String outcome, String detail, int latencyMillis) {}

    /**
     * Reserves the most a call can cost and writes its row.
     *
     * @param secondsAtMost after this long it must have ended; if it has not, its process died
     */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    Reserved reserve(CallRepository.Intent intent, long micros, long secondsAtMost) {
        Provider provider = intent.lease().provider();
        LocalDate month = calls.month();
        CallRepository.Month spent = calls.lockMonth(provider.id(), month);
        OptionalLong monthCap = provider.settings().monthCapMicros();
        if (monthCap.isPresent() && Math.addExact(spent.settled() + spent.reserved(), micros) > monthCap.getAsLong()) {
            return new Reserved.Denied(Absence.PROVIDER_CAP_REACHED,
                    "The cap of this month for " + provider.name() + " is reached. An administrator can raise it under Providers.");
        }
        Optional<ExchangeRate> rate = Optional.empty();
        OptionalLong reservation = OptionalLong.empty();
        if (intent.question().projectId().isPresent()) {
            long project = intent.question().projectId().getAsLong();
            String from = provider.settings().currency();
            String to = calls.projectCurrency(project).orElseThrow();
            rate = from.equals(to) ? Optional.of(ExchangeRate.same(from, month)) : providers.rate(from, to);
            if (rate.isEmpty()) {
                return new Reserved.Denied(Absence.NO_EXCHANGE_RATE,
                        "There is no rate from " + from + " to " + to + ". An administrator can set it under Providers.");
            }
            reservation = budget.reserve(project, Source.LLM, null, null, rate.get().convert(micros));
            if (reservation.isEmpty()) {
                return new Reserved.Denied(Absence.CAP_REACHED,
                        "The project's budget does not cover this call. A manager can raise the cap under Settings.");
            }
        }
        if (intent.question().runId().isPresent()) {
            long run = intent.question().runId().getAsLong();
            long inProject = rate.orElseThrow().convert(micros);
            if (!calls.reserveInRun(run, inProject)) {
                budget.release(reservation.getAsLong());
                return new Reserved.Denied(Absence.RUN_CAP_REACHED,
                        "The run's cap for language models is reached. A manager can raise it on the run's page.");
            }
        }
        calls.changeMonth(provider.id(), month, 0, micros);
        return new Reserved.Granted(calls.insertIntent(intent, month, reservation, micros, rate, secondsAtMost), micros);
    }

    /** The call was not made, or the provider said no before it worked: nothing is owed. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    void release(long callId, Ending ending) {
        close(callId, ending, Optional.empty(), false, false);
    }

    /**
     * The provider answered and said what it used.
     *
     * @return the cost in the provider's currency
     */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    long settle(long callId, Ending ending, Usage usage) {
        return close(callId, ending, Optional.of(usage), false, false);
    }

    /** What it cost is not known: the whole reservation counts as spent. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    long settleFully(long callId, Ending ending, boolean unmetered) {
        return close(callId, ending, Optional.empty(), true, unmetered);
    }

    private long close(long callId, Ending ending, Optional<Usage> usage, boolean fully, boolean unmetered) {
        CallRepository.Open open = calls.open(callId).orElse(null);
        if (open == null) {
            return 0;
        }
        calls.lockMonth(open.providerId(), open.month());
        long cost = fully ? open.reserved() : usage.map(open.prices()::cost).orElse(0L);
        boolean over = cost > open.reserved();
        if (!calls.end(callId, ending.outcome(), ending.detail(), cost, usage, over, unmetered, ending.latencyMillis())) {
            return 0;
        }
        calls.changeMonth(open.providerId(), open.month(), cost, -open.reserved());
        if (open.reservationId() != null) {
            if (cost == 0 && usage.isEmpty() && !fully) {
                budget.release(open.reservationId());
            } else {
                budget.settleBill(open.reservationId(), calls.rateOf(callId).orElseThrow().convert(cost),
                        over ? "billed above the reservation" : fully ? "cost unknown: settled at the reservation" : null);
            }
        }
        if (open.runId() != null) {
            ExchangeRate rate = calls.rateOf(callId).orElseThrow();
            calls.settleInRun(open.runId(), rate.convert(cost), rate.convert(open.reserved()));
        }
        if (over) {
            overBilled.fire(new OverBilled(callId, open.providerId(), Optional.ofNullable(open.runId()), cost, open.reserved()));
        }
        return cost;
    }
}
