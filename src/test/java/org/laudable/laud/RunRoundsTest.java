package org.laudable.laud;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.laudable.labeling.TaskView;
import org.laudable.loop.RunLock;
import org.laudable.testing.Eventually;
import org.laudable.testing.Sample;

/** Rounds of the loop with the real database, the real engine and answers through the labelling service. */
@QuarkusTest
class RunRoundsTest {
    @Inject LoopBench bench;
    @Inject Sample sample;
    @Inject RoundRepository rounds;
    @Inject RoundTrainer trainer;

    @Test
    void audit_questions_are_there_at_once_and_a_round_trains_when_enough_answers_are_in() {
        LoopBench.Team team = bench.team(30, 10, LoopBench.NEVER);

        long run = bench.start(team);
        assertEquals(30, openTasks(team, "AUDIT"));
        bench.untilRound(run, 1);

        assertEquals(RoundRow.State.DONE, rounds.find(run, 0).orElseThrow().state());
        assertTrue(openTasks(team, "TRAIN") >= 10);
        bench.answerToRound(team, run, 2);

        RoundRow first = rounds.find(run, 1).orElseThrow();
        assertEquals(10, first.labels());
        assertEquals(SmallTexts.SIZE - 30, predictions(run, 1));
        assertEquals(30, sample.number("select count(*) from audit_prediction where run_id = ? and round_number = 1", run));
        assertEquals("embedded-head", first.provenance().path("trainer").asText());
        assertEquals(10, first.provenance().path("labels").path("count").asInt());
        assertEquals(SmallTexts.SIZE - 30, first.provenance().path("data").path("items").asInt());
        assertTrue(sample.number("select count(*) from task where run_id = ? and round_number = 2 and state = 'OPEN'", run) >= 10);
    }

    @Test
    void the_sample_is_the_beginning_of_the_random_order_and_falls_into_both_halves() {
        LoopBench.Team team = bench.team(40, 10, LoopBench.NEVER);
        bench.start(team);

        assertEquals(39, sample.number("select max(shuffle) from item where project_id = ? and split = 'AUDIT'", team.project()));
        long choose = sample.number("select count(*) from item where project_id = ? and audit_half = 'CHOOSE'", team.project());
        long report = sample.number("select count(*) from item where project_id = ? and audit_half = 'REPORT'", team.project());
        assertEquals(40, choose + report);
        assertTrue(choose > 8 && report > 8, choose + " and " + report);
    }

    @Test
    void audit_answers_never_train() {
        LoopBench.Team team = bench.team(30, 10, LoopBench.NEVER);
        long run = bench.startAndPrepare(team);
        bench.answerToRound(team, run, 3);
        float[] before = probabilities(run);
        long other = sample.classIds(team.project()).getFirst();

        int changed = sample.execute("""
                update resolution r set class_id = ? from item i where i.id = r.item_id and i.split = 'AUDIT' and r.project_id = ?""",
                other, team.project());
        assertTrue(changed >= 10, changed + " audit answers");
        assertArrayEquals(before, probabilities(run));

        sample.execute("""
                update resolution r set class_id = ? from item i where i.id = r.item_id and i.split = 'POOL' and r.project_id = ?""",
                other, team.project());
        assertFalse(Arrays.equals(before, probabilities(run)), "training answers do train");
    }

    private float[] probabilities(long run) {
        return trainer.train(bench.row(run), 2, 10).model().poolProbabilities().data().clone();
    }

    @Test
    void a_model_can_be_had_again_bit_by_bit_from_the_tables() {
        LoopBench.Team team = bench.team(30, 10, LoopBench.NEVER);
        long run = bench.startAndPrepare(team);
        bench.answerToRound(team, run, 2);
        float[] before = trainer.train(bench.row(run), 1, 10).model().poolProbabilities().data().clone();

        trainer.forget(run);

        assertArrayEquals(before, trainer.train(bench.row(run), 1, 10).model().poolProbabilities().data());
    }

    @Test
    void audit_and_training_questions_look_alike() {
        LoopBench.Team team = bench.team(30, 10, LoopBench.NEVER);
        bench.startAndPrepare(team);

        assertEquals(0, sample.number("""
                select count(*) from task where project_id = ? and state = 'OPEN' and free_slots = slots and suggestion_class_id is null""",
                team.project()));
        bench.answer(team, 12);
        Set<String> sources = bench.lease(team, 3).stream().map(task -> task.suggestion().source()).collect(Collectors.toSet());
        assertTrue(Set.of("zero-shot", "model v1").containsAll(sources), sources.toString());
    }

    @Test
    void a_new_model_leaves_held_questions_alone_and_ranks_the_others_anew() {
        LoopBench.Team team = bench.team(12, 10, LoopBench.NEVER);
        long run = bench.startAndPrepare(team);
        List<TaskView> held = bench.lease(team, 3);
        bench.completeBatch(team, run, task -> team.classOf().get(task.text()));
        bench.untilRound(run, 2);

        assertTrue(held.size() > 0);
        assertEquals(0, sample.number("""
                select count(*) from task where run_id = ? and round_number = 1 and state = 'OPEN' and purpose = 'TRAIN'
                  and free_slots = slots""", run));
        for (TaskView task : held) {
            assertEquals(0, sample.number("select count(*) from task where id = ? and state = 'WITHDRAWN'", task.id()), "a held question stays");
        }
    }

    @Test
    void the_queue_stays_filled_from_the_old_ranking_while_a_model_is_trained() throws Exception {
        LoopBench.Team team = bench.team(6, 10, LoopBench.NEVER);
        long run = bench.startAndPrepare(team);
        try (RunLock.Held trainingTakesLong = bench.holdWhenIdle(run)) {
            bench.completeBatch(team, run);
            bench.answer(team, 3); // of twenty that were ranked, ten of them queued, at least seven are left
            Eventually.holds("the queue is more than half full", () -> openTasks(team, "TRAIN") > 5); // of ten; at half it is filled up
            assertEquals(1, bench.row(run).roundNumber());
        }
        bench.untilRound(run, 2);

        assertTrue(rounds.find(run, 1).orElseThrow().labels() >= 10);
    }

    @Test
    void answers_of_none_only_do_not_break_a_round() {
        LoopBench.Team team = bench.team(10, 10, LoopBench.NEVER);
        long run = bench.startAndPrepare(team);

        bench.completeBatch(team, run, task -> null);
        bench.untilRound(run, 2);

        assertEquals(0, rounds.find(run, 1).orElseThrow().labels());
        assertEquals(SmallTexts.SIZE - 10, predictions(run, 1));
    }

    @Test
    void labels_of_one_class_only_do_not_break_a_round() {
        LoopBench.Team team = bench.team(10, 10, LoopBench.NEVER);
        long only = sample.classIds(team.project()).getFirst();
        long run = bench.startAndPrepare(team);

        bench.completeBatch(team, run, task -> only);
        bench.untilRound(run, 2);

        assertEquals(10, rounds.find(run, 1).orElseThrow().labels());
        assertEquals(SmallTexts.SIZE - 10, predictions(run, 1));
    }

    @Test
    void the_next_round_knows_a_class_that_was_added_and_forgets_one_that_was_retired() {
        LoopBench.Team team = bench.team(10, 10, LoopBench.NEVER);
        long retired = sample.classIds(team.project()).getFirst();
        long run = bench.startAndPrepare(team);
        assertTrue(sample.number("select count(*) from prediction where run_id = ? and class_id = ?", run, retired) > 0);
        sample.execute("update label_class set retired = true where id = ?", retired);
        sample.execute("insert into label_class (project_id, ordinal, name) values (?, 9, 'furniture')", team.project());

        bench.completeBatch(team, run, task -> team.classOf().get(task.text()) == retired ? null : team.classOf().get(task.text()));
        bench.untilRound(run, 2);

        assertEquals(0, sample.number("select count(*) from prediction where run_id = ? and model_version = 1 and class_id = ?", run, retired));
        assertEquals(4, rounds.find(run, 1).orElseThrow().provenance().path("classes").size());
    }

    @Test
    void texts_that_come_later_join_the_candidates_at_the_next_round() {
        LoopBench.Team team = bench.team(10, 10, LoopBench.NEVER);
        long run = bench.startAndPrepare(team);
        List<Long> late = sample.items(team.project(), List.of("a very late parrot", "a very late pineapple"));
        sample.execute("update item set shuffle = shuffle + 1000 where id = ? or id = ?", late.get(0), late.get(1));
        sample.execute("""
                insert into data_import (project_id, file_name, stored_as, bytes, format, mapping, state, finished_at)
                values (?, 'late.csv', 'late', 1, '{}', '{}', 'DONE', now() + interval '1 millisecond')""", team.project());

        Eventually.holds("they are embedded", () -> bench.row(run).embedTotal() == SmallTexts.SIZE + 2
                && bench.row(run).embedded() == SmallTexts.SIZE + 2);
        bench.answerToRound(team, run, 2);

        assertEquals(2, sample.number("select count(*) from prediction where item_id in (?, ?) and model_version = 1", late.get(0), late.get(1)));
    }

    private long predictions(long run, int version) {
        return sample.number("select count(*) from prediction where run_id = ? and model_version = ?", run, version);
    }

    private long openTasks(LoopBench.Team team, String purpose) {
        return sample.number("select count(*) from task where project_id = ? and purpose = ? and state = 'OPEN'", team.project(), purpose);
    }
}
