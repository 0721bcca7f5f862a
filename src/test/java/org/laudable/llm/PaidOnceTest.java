package org.laudable.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.laudable.devllm.Behaviour;
import org.laudable.devllm.DevLlm;
import org.laudable.devllm.Fault;
import org.laudable.testing.Sample;

/**
 * Sixteen workers whose processes die at random between a paid answer and its writing down, against a provider that fails
 * one call in five, under a cap that is checked in the database at every single commit.
 */
@QuarkusTest
class PaidOnceTest {
    private static final int WORKERS = 16;
    private static final int BATCHES = 60;
    private static final int BATCH = 5;

    @Inject TextClassifier classifier;
    @Inject LlmFixture llm;
    @Inject Sample sample;

    private static final class Died extends RuntimeException {}

    @Test
    void no_item_has_two_paid_answers_and_the_cap_holds_at_every_commit() throws Exception {
        for (long seed : new long[] {1, 2}) {
            try (DevLlm server = DevLlm.start(0, Behaviour.faulty(.2, Fault.TOO_MANY, Fault.SERVER_ERROR, Fault.CUT_JSON, Fault.REFUSAL))) {
                play(server, seed);
            } finally {
                sample.execute("drop trigger if exists guarantee on budget");
            }
        }
    }

    private void play(DevLlm server, long seed) throws Exception {
        long cap = 3_000_000;
        long project = llm.project(OptionalLong.of(cap));
        Model model = llm.model(LlmFixture.settings(ProviderKind.OPENAI_COMPATIBLE, server.openAiUrl(), WORKERS, 10, OptionalLong.empty()),
                LlmFixture.model(true, true));
        checkAtEveryCommit(project);
        List<TextToClassify> texts = LlmFixture.texts(BATCHES * BATCH);
        BlockingQueue<List<TextToClassify>> work = new LinkedBlockingQueue<>();
        for (int i = 0; i < BATCHES; i++) {
            work.add(texts.subList(i * BATCH, (i + 1) * BATCH));
        }
        Map<Long, Long> written = new ConcurrentHashMap<>();
        AtomicInteger deaths = new AtomicInteger();
        AtomicInteger left = new AtomicInteger(BATCHES);
        List<Callable<Void>> workers = new ArrayList<>();
        for (int worker = 0; worker < WORKERS; worker++) {
            Random random = new Random(seed * 1_000 + worker);
            workers.add(() -> {
                while (left.get() > 0) {
                    List<TextToClassify> batch = work.poll();
                    if (batch == null) {
                        Thread.onSpinWait();
                        continue;
                    }
                    try {
                        work(model, project, batch, written, random);
                        left.decrementAndGet();
                    } catch (Died e) {
                        deaths.incrementAndGet();
                        work.add(batch); // another process takes it up
                    }
                }
                return null;
            });
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(WORKERS)) {
            for (Future<Void> done : threads.invokeAll(workers)) {
                done.get();
            }
        }
        assertTrue(deaths.get() > 10, deaths + " deaths");
        assertTrue(written.size() > .9 * texts.size(), written.size() + " answered");
        assertEquals(0, sample.number("select count(*) from (select input_hash from llm_call where project_id = ? and outcome = 'ANSWERED' and not cache_hit"
                + " group by input_hash having count(*) > 1) twice", project), "no batch has two paid answers");
        assertEquals(0, sample.number("select reserved_micros from budget where project_id = ?", project));
        assertEquals(0, sample.number("select count(*) from llm_call where project_id = ? and outcome in ('IN_FLIGHT', 'UNKNOWN')", project));
        long paid = server.books().billed().stream().mapToLong(LlmFixtureCosts::of).sum();
        assertEquals(paid, sample.number("select settled_micros from budget where project_id = ?", project));
        assertEquals(paid, sample.number("select sum(amount_micros)::bigint from ledger_entry where project_id = ? and kind = 'SETTLE'", project));
        Map<Long, TextToClassify> byId = texts.stream().collect(Collectors.toMap(TextToClassify::itemId, t -> t));
        written.forEach((item, said) -> assertEquals(LlmFixture.rightClass(byId.get(item)), said));
    }

    /** Asks; dies now and then after the answer was paid for and before it is written down. */
    private void work(Model model, long project, List<TextToClassify> batch, Map<Long, Long> written, Random random) {
        List<ItemAnswer> said = classifier.classify(llm.task(model, project, BATCH), batch);
        if (random.nextInt(3) == 0) {
            throw new Died();
        }
        said.stream().filter(ItemAnswer.Labeled.class::isInstance).map(ItemAnswer.Labeled.class::cast)
                .forEach(one -> written.merge(one.itemId(), one.classId(), (a, b) -> {
                    throw new AssertionError("item " + one.itemId() + " is written twice");
                }));
    }

    /** A commit that breaks the guarantee fails, and with it the call. */
    private void checkAtEveryCommit(long project) {
        sample.execute("""
                create or replace function guarantee_holds() returns trigger language plpgsql as $$
                begin
                  if exists (select 1 from budget b join project p on p.id = b.project_id
                      where b.project_id = new.project_id and (b.settled_micros + b.reserved_micros > p.cap_micros or b.reserved_micros < 0)) then
                    raise exception 'settled + reserved exceeds the cap of project %', new.project_id;
                  end if;
                  return new;
                end $$""");
        sample.execute("create constraint trigger guarantee after insert or update on budget deferrable initially deferred for each row"
                + " when (new.project_id = " + project + ") execute function guarantee_holds()");
    }
}
