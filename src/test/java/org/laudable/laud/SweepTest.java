package org.laudable.laud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.laudable.Refused;
import org.laudable.dataset.EmbeddingStore;
import org.laudable.loop.RunControl;
import org.laudable.security.ActingAs;
import org.laudable.testing.Eventually;
import org.laudable.testing.Sample;

/** Passes over all texts: chunks change hands without loss or repetition, caps hold, a pause rests. */
@QuarkusTest
class SweepTest {
    @Inject LoopBench bench;
    @Inject Sample sample;
    @Inject RunControl control;
    @Inject RestLabeling rest;
    @Inject SweepRepository sweeps;
    @Inject SweepJob job;
    @Inject EmbeddingStore embeddings;

    @Test
    void a_chunk_of_a_dead_worker_goes_on_with_another_and_the_late_first_writes_nothing() {
        LoopBench.Team team = bench.team(10, 10, LoopBench.NEVER);
        Sweep sweep = resting(team, Sweep.Kind.PREDICT);
        String model = "model-" + UUID.randomUUID();
        SweepChunk dead = sweeps.claim(sweep.id(), 1).orElseThrow();
        assertTrue(sweeps.claim(sweep.id(), 2).isEmpty(), "it is in hand");
        SweepPage page = page(dead, 100, model, "a");
        sample.execute("update sweep_chunk set claimed_until = now() - interval '1 second' where sweep_id = ?", sweep.id());

        SweepChunk taken = sweeps.claim(sweep.id(), 2).orElseThrow();
        assertTrue(job.commit(taken, 2, page(taken, 100, model, "a")));
        assertFalse(job.commit(dead, 1, page), "the first one is not dead after all, but late");
        assertFalse(job.commit(taken, 2, page(taken, 100, model, "b")), "the same page once more");

        assertEquals(100, sweeps.find(sweep.id()).orElseThrow().done());
        assertEquals(1, sweeps.find(sweep.id()).orElseThrow().written());
        assertEquals(1, sample.number("select count(*) from embedding where model = ?", model), "what was late is not kept");
    }

    @Test
    void a_job_begun_again_after_a_kill_takes_its_own_chunk_at_its_place() {
        LoopBench.Team team = bench.team(10, 10, LoopBench.NEVER);
        Sweep sweep = resting(team, Sweep.Kind.PREDICT);
        SweepChunk first = sweeps.claim(sweep.id(), 7).orElseThrow();
        assertTrue(job.commit(first, 7, page(first, 60, "model-" + UUID.randomUUID(), "a")));

        SweepChunk again = sweeps.claim(sweep.id(), 7).orElseThrow();

        assertEquals(first.number(), again.number());
        assertEquals(60, again.done());
        assertTrue(again.atId() > first.atId());
    }

    @Test
    void chunks_hold_every_text_once() {
        LoopBench.Team team = bench.team(10, 10, LoopBench.NEVER);
        sample.execute("""
                insert into item (project_id, body, fingerprint, shuffle) select ?, 'text ' || n, substring(sha256(convert_to(n::text, 'UTF8')) for 16), hashint4(n)
                from generate_series(1, 4000) n""", team.project());
        for (Sweep.Kind kind : List.of(Sweep.Kind.EMBED, Sweep.Kind.PREDICT)) {
            Sweep sweep = resting(team, kind);
            String place = kind.shuffled() ? "i.shuffle" : "0";
            assertEquals(4000 + SmallTexts.SIZE, sweep.items());
            assertEquals((4000 + SmallTexts.SIZE + kind.chunk() - 1) / kind.chunk(), sample.number("select count(*) from sweep_chunk where sweep_id = ?", sweep.id()));
            assertEquals(4000 + SmallTexts.SIZE, sample.number("""
                    select count(*) from (select i.id from item i join sweep_chunk c on c.sweep_id = ? and (%1$s, i.id) > (c.at_shuffle, c.at_id)
                      and (%1$s, i.id) <= (c.to_shuffle, c.to_id) where i.project_id = ? group by i.id having count(*) = 1) once""".formatted(place),
                    sweep.id(), team.project()), kind.name());
        }
    }

    @Test
    void texts_that_come_after_the_run_are_labeled_up_to_the_cap_then_all_and_none_twice() {
        LoopBench.Team team = bench.team(10, 20, LoopBench.NEVER);
        long run = bench.startAndPrepare(team);
        bench.answerToRound(team, run, 2);
        ActingAs.person(team.manager(), () -> control.stop(team.project()));
        List<String> late = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            late.add("one more apple or pear, number " + UUID.randomUUID());
        }
        List<Long> items = sample.items(team.project(), late);
        assertThrows(Refused.class, () -> ActingAs.person(team.manager(), () -> rest.order(team.project(), 25L, null)), "nothing is certified");

        ActingAs.person(team.manager(), () -> rest.order(team.project(), 25L, 0.01f));
        Eventually.holds("the cap is reached", () -> last(run).state() == Sweep.State.DONE);

        assertEquals(25, byModel(team));
        ActingAs.person(team.manager(), () -> rest.order(team.project(), null, 0.01f));
        Eventually.holds("all have a label", () -> last(run).state() == Sweep.State.DONE && last(run).cap() == null);
        assertEquals(SmallTexts.SIZE + 40 - 20 - 10, byModel(team), "all but people's own and the audit sample");
        assertEquals(40, sample.number("select count(*) from resolution where item_id between ? and ? and superseded_at is null", items.getFirst(), items.getLast()));
        assertEquals(20, sample.number("select count(*) from resolution r join item i on i.id = r.item_id where r.project_id = ? and r.superseded_at is null and r.origin = 'PERSON' and i.split = 'POOL'",
                team.project()));
        assertEquals(byModel(team) - 25, last(run).written(), "those of before were not given again");
    }

    @Test
    void a_paused_sweep_rests_and_goes_on_where_it_was() {
        LoopBench.Team team = bench.team(10, 20, LoopBench.NEVER);
        long run = bench.startAndPrepare(team);
        bench.answerToRound(team, run, 2);
        ActingAs.person(team.manager(), () -> control.stop(team.project()));
        ActingAs.person(team.manager(), () -> {
            rest.order(team.project(), null, 0.01f);
            rest.pause(team.project());
        });
        Eventually.holds("nobody works on it", () -> sample.number("select count(*) from job where kind = ? and project_id = ? and state in ('WAITING', 'RUNNING')",
                SweepJob.KIND, team.project()) == 0);
        assertEquals(Sweep.State.PAUSED, last(run).state());
        assertTrue(last(run).done() < SmallTexts.SIZE, "done " + last(run).done());
        assertEquals("PAUSED", ActingAs.person(team.manager(), () -> rest.now(team.project())).sweeps().getFirst().state());

        ActingAs.person(team.manager(), () -> rest.resume(team.project()));
        Eventually.holds("it is done", () -> last(run).state() == Sweep.State.DONE);
        assertTrue(byModel(team) > 200, byModel(team) + " labels");
    }

    private Sweep last(long run) {
        return sweeps.newest(run, Sweep.Kind.REST).orElseThrow();
    }

    private long byModel(LoopBench.Team team) {
        return sample.number("select count(*) from resolution where project_id = ? and origin = 'MODEL' and superseded_at is null", team.project());
    }

    /** A sweep with its chunks, of a run that is paused, so that nobody works on it. */
    private Sweep resting(LoopBench.Team team, Sweep.Kind kind) {
        if (sample.number("select count(*) from run where project_id = ?", team.project()) == 0) {
            ActingAs.person(team.manager(), () -> {
                bench.start(team);
                control.pause(team.project());
            });
        }
        long run = sample.number("select id from run where project_id = ?", team.project());
        sample.execute("update sweep set state = 'STOPPED' where run_id = ?", run);
        long id = sweeps.insert(bench.row(run), kind, 0, null, null, null).orElseThrow();
        sweeps.begin(sweeps.find(id).orElseThrow(), null);
        return sweeps.find(id).orElseThrow();
    }

    private SweepPage page(SweepChunk chunk, int texts, String model, String text) {
        long end = sample.number("select max(id) from (select id from item where project_id = (select project_id from sweep where id = ?) and id > ? order by id limit ?) page",
                chunk.sweepId(), chunk.atId(), texts);
        return new SweepPage(texts, 0, end, false, () -> embeddings.save(model, List.of(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)), List.of(new float[] {1})));
    }
}
