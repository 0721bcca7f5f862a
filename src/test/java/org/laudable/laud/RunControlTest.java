package org.laudable.laud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.security.ForbiddenException;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.laudable.Refused;
import org.laudable.loop.AdvanceJob;
import org.laudable.loop.RunControl;
import org.laudable.loop.RunLock;
import org.laudable.loop.Note;
import org.laudable.loop.RunState;
import org.laudable.project.StoppingSettings;
import org.laudable.security.ActingAs;
import org.laudable.security.User;
import org.laudable.testing.Eventually;
import org.laudable.testing.Sample;

/** Start, pause, stop, caps, crashes and the certified end of a run. */
@QuarkusTest
class RunControlTest {
    @Inject LoopBench bench;
    @Inject Sample sample;
    @Inject RunService runs;
    @Inject RunControl control;
    @Inject RoundRepository rounds;
    @Inject AdvanceJob advance;

    @Test
    void pausing_empties_the_queue_and_resuming_fills_it() {
        LoopBench.Team team = bench.team(20, 10, LoopBench.NEVER);
        long run = bench.startAndPrepare(team);

        ActingAs.person(team.manager(), () -> control.pause(team.project()));
        assertEquals(RunState.PAUSED, bench.row(run).state());
        assertEquals(0, openTasks(team, "TRAIN") + openTasks(team, "AUDIT"));
        assertEquals(0, bench.answer(team, 5));

        ActingAs.person(team.manager(), () -> control.resume(team.project()));
        assertEquals(RunState.LABELING, bench.row(run).state());
        Eventually.holds("questions are back", () -> openTasks(team, "TRAIN") >= 10 && openTasks(team, "AUDIT") == 20);
    }

    @Test
    void a_stopped_run_keeps_labels_empties_the_queue_and_lets_another_one_start() {
        LoopBench.Team team = bench.team(20, 10, LoopBench.NEVER);
        long run = bench.startAndPrepare(team);
        bench.answer(team, 6);

        ActingAs.person(team.manager(), () -> control.stop(team.project()));

        assertEquals(RunState.STOPPED, bench.row(run).state());
        assertEquals(Note.of("run.note.stopped", "mara"), bench.row(run).stopReason());
        assertEquals(0, openTasks(team, "TRAIN") + openTasks(team, "AUDIT"));
        assertEquals(6, sample.number("select count(*) from resolution where project_id = ? and superseded_at is null", team.project()));
        assertNotEquals(run, bench.start(team));
    }

    @Test
    void the_target_stops_the_asking_and_says_why() {
        LoopBench.Team team = bench.team(30, 10, new StoppingSettings(true, 0.3, false, null));
        long run = bench.startAndPrepare(team);

        while (bench.row(run).stopRule() == null && bench.answer(team, 1) > 0) {
            assertTrue(bench.row(run).roundNumber() < 12, "the target is reached early on such easy texts");
        }
        Eventually.holds("the rule fired", () -> bench.row(run).stopRule() != null);

        assertEquals("target", bench.row(run).stopRule());
        assertEquals("run.rule.target", bench.row(run).stopReason().key());
        assertEquals(30.0, bench.row(run).stopReason().arguments().getLast());
    }

    @Test
    void a_cap_is_never_passed_and_ends_the_run() {
        LoopBench.Team team = bench.team(10, 10, LoopBench.NEVER);
        sample.execute("update project set cap_micros = 3000000, rate_kind = 'PER_LABEL', rate_micros = 100000 where id = ?", team.project());
        long run = bench.startAndPrepare(team);

        Eventually.holds("the run is over", () -> bench.answer(team, 1) == 0 && bench.row(run).state() == RunState.FINISHED);

        assertEquals("budget", bench.row(run).stopRule());
        assertNotEquals(CertificationState.Outcome.CERTIFIED, bench.row(run).certification().outcome());
        assertEquals(0, sample.number("select count(*) from resolution where run_id = ? and origin = 'MODEL'", run));
        long settled = sample.number("select settled_micros from budget where project_id = ?", team.project());
        assertTrue(settled <= 3_000_000 && settled >= 2_000_000, settled + " micros");
    }

    @Test
    void a_round_killed_after_its_predictions_ends_the_same_when_done_again() {
        LoopBench.Team team = bench.team(20, 10, LoopBench.NEVER);
        long run = bench.startAndPrepare(team);
        sample.execute("""
                create or replace function planned_crash() returns trigger language plpgsql as $$
                begin
                  if new.run_id = %d and new.number = 1 and new.state = 'DONE' then raise exception 'planned crash'; end if;
                  return new;
                end $$""".formatted(run));
        sample.execute("create trigger planned_crash before update on round for each row execute function planned_crash()");
        try {
            bench.completeBatch(team, run);
            Eventually.holds("predictions of the new model are written", () -> predictions(run) > 0);
            assertEquals(RoundRow.State.TRAINING, rounds.find(run, 1).orElseThrow().state());
            sample.execute("delete from prediction where run_id = ? and item_id % 2 = 0", run);
        } finally {
            sample.execute("drop trigger planned_crash on round");
        }
        bench.untilRound(run, 2);

        assertEquals(SmallTexts.SIZE - 20, predictions(run));
        assertEquals(10, rounds.find(run, 1).orElseThrow().labels());
        assertEquals(1, sample.number("select count(*) from round where run_id = ? and number = 2", run));
    }

    private long predictions(long run) {
        return sample.number("select count(*) from prediction where run_id = ? and model_version = 1", run);
    }

    @Test
    void a_round_is_trained_once_however_many_jobs_ask_for_it() {
        LoopBench.Team team = bench.team(10, 10, LoopBench.NEVER);
        long run = bench.startAndPrepare(team);
        bench.completeBatch(team, run);
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 4; i++) {
                threads.submit(() -> {
                    advance.run(new PlainJob(run, team.project()));
                    return null;
                });
            }
        }
        bench.untilRound(run, 2);

        assertEquals(2, bench.row(run).roundNumber());
        assertEquals(3, sample.number("select count(*) from round where run_id = ?", run));
    }

    @Test
    void two_managers_start_one_run_and_the_second_is_told_who_was_first() throws Exception {
        LoopBench.Team team = bench.team(20, 10, LoopBench.NEVER);
        User other = sample.person("otto");
        sample.member(team.project(), other, "MANAGER");
        List<Callable<String>> starts = List.of(() -> start(team.manager(), team.project()), () -> start(other, team.project()));
        List<Future<String>> both;
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            both = threads.invokeAll(starts);
        }
        List<String> said = List.of(both.get(0).get(), both.get(1).get());

        assertEquals(1, sample.number("select count(*) from run where project_id = ?", team.project()));
        assertEquals(1, said.stream().filter("started"::equals).count(), said.toString());
        String starter = said.getFirst().equals("started") ? "mara" : "otto";
        assertTrue(said.contains(starter + " has started this run already; it goes on here."), said.toString());
    }

    private String start(User user, long project) {
        try {
            ActingAs.person(user, () -> runs.start(project));
            return "started";
        } catch (Refused e) {
            return e.getMessage();
        }
    }

    @Test
    void finishing_labels_the_rest_with_proved_precision() {
        LoopBench.Team team = bench.team(30, 20, LoopBench.NEVER);
        long run = bench.startAndPrepare(team);
        bench.answerToRound(team, run, 4);

        ActingAs.person(team.manager(), () -> runs.finish(team.project()));
        Eventually.holds("the run is over", () -> bench.answer(team, 40) == 0 && bench.row(run).state() == RunState.FINISHED);

        CertificationState certificate = bench.row(run).certification();
        assertEquals(CertificationState.Outcome.CERTIFIED, certificate.outcome(), certificate.toString());
        assertTrue(certificate.provedPrecision() >= 0.9, "proved " + certificate.provedPrecision());
        long byModel = sample.number("select count(*) from resolution where run_id = ? and origin = 'MODEL' and superseded_at is null", run);
        assertTrue(byModel > 30, byModel + " labels by the model");
        assertEquals(0, sample.number("""
                select count(*) from resolution where run_id = ? and origin = 'MODEL' and (confidence is null or model_version <> 3)""", run));
        assertEquals(0, openTasks(team, "TRAIN") + openTasks(team, "AUDIT") + openTasks(team, "CERTIFY"));
    }

    @Test
    void finishing_in_mid_training_uses_the_model_that_is_being_trained() throws Exception {
        LoopBench.Team team = bench.team(10, 10, LoopBench.NEVER);
        long run = bench.startAndPrepare(team);
        bench.answerToRound(team, run, 2);
        try (RunLock.Held trainingTakesLong = bench.holdWhenIdle(run)) {
            bench.completeBatch(team, run);
            sample.execute("update run set state = 'TRAINING' where id = ?", run);
            ActingAs.person(team.manager(), () -> runs.finish(team.project()));
            assertEquals(RunState.TRAINING, bench.row(run).state());
        }
        Eventually.holds("round 2 is done and nothing more is asked", () -> bench.row(run).roundNumber() == 3
                && bench.row(run).state() != RunState.TRAINING);

        assertNotEquals(RunState.LABELING, bench.row(run).state());
        assertEquals(0, openTasks(team, "TRAIN"));
        assertEquals(20, rounds.find(run, 2).orElseThrow().labels());
    }

    @Test
    void labels_that_are_often_wrong_are_never_certified() {
        LoopBench.Team team = bench.team(30, 20, LoopBench.NEVER);
        long run = bench.startAndPrepare(team);
        bench.answerToRound(team, run, 3);
        List<Long> classes = sample.classIds(team.project());

        ActingAs.person(team.manager(), () -> runs.finish(team.project()));
        Eventually.holds("the run is over", () -> {
            int[] n = {0};
            return bench.answer(team, 40, task -> n[0]++ % 3 == 0 ? null : classes.getFirst()) == 0
                    && bench.row(run).state() == RunState.FINISHED;
        });

        assertNotEquals(CertificationState.Outcome.CERTIFIED, bench.row(run).certification().outcome());
        assertEquals(0, sample.number("select count(*) from resolution where run_id = ? and origin = 'MODEL'", run));
    }

    @Test
    void a_run_that_cannot_train_says_so_and_goes_on_after_a_retry() {
        LoopBench.Team team = bench.team(10, 10, LoopBench.NEVER);
        long run = bench.startAndPrepare(team);
        sample.execute("update label_class set retired = true where project_id = ? and ordinal > 0", team.project());
        bench.completeBatch(team, run, task -> null);

        bench.untilState(run, RunState.FAILED);
        assertEquals(Note.of("run.note.classes"), bench.row(run).error());
        sample.execute("update label_class set retired = false where project_id = ?", team.project());
        ActingAs.person(team.manager(), () -> control.retry(team.project()));

        bench.untilRound(run, 2);
    }

    @Test
    void only_a_manager_controls_and_an_annotator_does_not_even_look() {
        LoopBench.Team team = bench.team(10, 10, LoopBench.NEVER);
        User reviewer = sample.person("rita");
        sample.member(team.project(), reviewer, "REVIEWER");

        assertThrows(ForbiddenException.class, () -> ActingAs.person(reviewer, () -> runs.start(team.project())));
        bench.start(team);
        assertThrows(ForbiddenException.class, () -> ActingAs.person(team.annotator(), () -> runs.current(team.project())));
        assertThrows(ForbiddenException.class, () -> ActingAs.person(reviewer, () -> control.pause(team.project())));
        assertThrows(ForbiddenException.class, () -> ActingAs.person(reviewer, () -> control.stop(team.project())));
        assertEquals("mara", ActingAs.person(reviewer, () -> runs.current(team.project())).orElseThrow().startedBy());
    }

    private long openTasks(LoopBench.Team team, String purpose) {
        return sample.number("select count(*) from task where project_id = ? and purpose = ? and state = 'OPEN'", team.project(), purpose);
    }
}
