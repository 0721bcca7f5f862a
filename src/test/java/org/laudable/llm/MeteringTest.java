package org.laudable.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.laudable.testing.Sample;

/** Random interleavings of workers, failures and crashes on one budget. */
@QuarkusTest
class MeteringTest {
    @Inject Metering metering;
    @Inject OverdueCalls overdue;
    @Inject LlmFixture llm;
    @Inject ProviderRepository providers;
    @Inject Sample sample;

    @Test
    void settled_plus_reserved_never_exceeds_a_cap_at_any_commit_and_no_reservation_leaks() throws Exception {
        for (long seed : new long[] {1, 2, 3}) {
            long cap = 200_000;
            Model model = llm.model(LlmFixture.settings(ProviderKind.OPENAI_COMPATIBLE, "http://127.0.0.1:1/v1", 16, 5,
                    OptionalLong.of(150_000)), LlmFixture.model(true, true));
            Provider provider = providers.find(model.providerId()).orElseThrow();
            long project = llm.project(OptionalLong.of(cap));
            AtomicBoolean ended = new AtomicBoolean();
            AtomicLong granted = new AtomicLong();
            AtomicLong crashed = new AtomicLong();
            AtomicLong mostSeen = new AtomicLong();
            List<Callable<Void>> work = new ArrayList<>();
            for (int worker = 0; worker < 16; worker++) {
                Random random = new Random(seed * 100 + worker);
                work.add(() -> {
                    for (int i = 0; i < 25; i++) {
                        oneCall(provider, model, project, random, granted, crashed);
                    }
                    return null;
                });
            }
            try (ExecutorService threads = Executors.newFixedThreadPool(17)) {
                Future<?> watcher = threads.submit(() -> {
                    while (!ended.get()) {
                        long taken = sample.number("select settled_micros + reserved_micros from budget where project_id = ?", project);
                        mostSeen.accumulateAndGet(taken, Math::max);
                    }
                });
                for (Future<Void> done : threads.invokeAll(work)) {
                    done.get();
                }
                ended.set(true);
                watcher.get();
            }
            assertTrue(mostSeen.get() <= cap, "seen " + mostSeen.get());
            assertEquals(crashed.get(), sample.number("select count(*) from llm_call where project_id = ? and outcome = 'IN_FLIGHT'", project));

            sample.execute("update llm_call set deadline_at = now() - interval '1 second' where project_id = ? and outcome = 'IN_FLIGHT'", project);
            overdue.settle();

            assertEquals(crashed.get(), sample.number("select count(*) from llm_call where project_id = ? and outcome = 'UNKNOWN'", project));
            assertTrue(granted.get() > crashed.get() && crashed.get() > 0, granted + " granted, " + crashed + " crashed");
            assertEquals(0, sample.number("select reserved_micros from budget where project_id = ?", project));
            assertEquals(0, sample.number("select reserved_micros from llm_provider_month where provider_id = ?", provider.id()));
            long settled = sample.number("select settled_micros from budget where project_id = ?", project);
            assertTrue(settled <= 150_000 && settled > 0);
            assertEquals(settled, sample.number("select settled_micros from llm_provider_month where provider_id = ?", provider.id()));
            assertEquals(settled, sample.number("select sum(cost_micros)::bigint from llm_call where project_id = ?", project));
            assertEquals(settled, replayed(project, cap));
        }
    }

    /** The ledger read from its first entry on: the guarantee holds after each one. */
    private long replayed(long project, long cap) {
        assertTrue(sample.number("""
                select coalesce(max(taken), 0)::bigint from (select sum(case e.kind when 'RESERVE' then e.amount_micros
                    when 'SETTLE' then e.amount_micros - r.amount_micros else -r.amount_micros end) over (order by e.id) as taken
                  from ledger_entry e left join ledger_entry r on r.id = e.reservation_id where e.project_id = ?) t""", project) <= cap);
        assertEquals(0, sample.number("""
                select count(*) from ledger_entry r where r.project_id = ? and r.kind = 'RESERVE' and (select count(*) from ledger_entry c
                  where c.reservation_id = r.id) <> 1""", project));
        return sample.number("select sum(amount_micros)::bigint from ledger_entry where project_id = ? and kind = 'SETTLE'", project);
    }

    private void oneCall(Provider provider, Model model, long project, Random random, AtomicLong granted, AtomicLong crashed) {
        ChatQuestion question = new ChatQuestion(model.id(), OptionalLong.of(project), "classify", OptionalLong.empty(), "", "", null, 1, 10, false, false);
        CallRepository.Intent intent = new CallRepository.Intent(UUID.randomUUID(), 1, new CallRepository.Intent.Lease(provider, model), question, new byte[32]);
        long most = 500 + random.nextInt(20_000);
        if (!(metering.reserve(intent, most, 3_600) instanceof Metering.Reserved.Granted call)) {
            return;
        }
        granted.incrementAndGet();
        Metering.Ending ending = new Metering.Ending("ANSWERED", null, 5);
        switch (random.nextInt(6)) {
            case 0 -> metering.release(call.callId(), ending);
            case 1 -> crashed.incrementAndGet();
            case 2 -> metering.settleFully(call.callId(), ending, true);
            default -> {
                // A token of output costs 10 micros by the fixture's prices: at most half of the reservation.
                metering.settle(call.callId(), ending, new Usage(0, 0, (int) (random.nextInt((int) most) / 20)));
                metering.settle(call.callId(), ending, new Usage(0, 0, 1));
                metering.release(call.callId(), ending);
            }
        }
    }
}
