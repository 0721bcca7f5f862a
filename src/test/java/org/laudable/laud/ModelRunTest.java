package org.laudable.laud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.laudable.devllm.Behaviour;
import org.laudable.devllm.DevLlm;
import org.laudable.devllm.Fault;
import org.laudable.llm.ModelSettings;
import org.laudable.llm.Prices;
import org.laudable.llm.ProviderKind;
import org.laudable.llm.ProviderService;
import org.laudable.llm.ProviderSettings;
import org.laudable.loop.RunControl;
import org.laudable.loop.Note;
import org.laudable.loop.RunState;
import org.laudable.project.OracleSettings;
import org.laudable.security.ActingAs;
import org.laudable.testing.Eventually;
import org.laudable.testing.Sample;

/** Runs in which a language model answers, against the double: with the real database, engine, ledger and call path. */
@QuarkusTest
class ModelRunTest {
    private static final Prices PRICES = new Prices(2_500_000, 1_250_000, 10_000_000);

    @Inject LoopBench bench;
    @Inject Sample sample;
    @Inject ProviderService providers;
    @Inject RunService runs;
    @Inject RunControl control;
    @Inject ModelAnswers answers;
    @Inject ModelOracle oracle;
    @Inject TaskModels taskModels;
    @Inject ObjectMapper json;
    private DevLlm server;

    @BeforeEach
    void serve() throws IOException {
        server = DevLlm.start(0, Behaviour.PERFECT);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private long model(int concurrency) {
        return ActingAs.person(sample.admin("ada"), () -> {
            ProviderSettings settings = new ProviderSettings("Provider " + UUID.randomUUID(), ProviderKind.OPENAI_COMPATIBLE,
                    server.openAiUrl(), Optional.empty(), "EUR", OptionalInt.empty(), OptionalInt.empty(), concurrency, 10, OptionalLong.empty());
            return providers.addModel(providers.add(settings, Optional.of("sk-test")).id(), new ModelSettings("dev-llm", PRICES, 16_000, 2_000,
                    new ModelSettings.Abilities(true, true, false, true))).id();
        });
    }

    private LoopBench.Team team(int batch, OracleSettings settings) {
        LoopBench.Team team = bench.team(20, batch, LoopBench.NEVER);
        set(team, settings);
        Map<Long, String> names = new java.util.HashMap<>();
        var ids = sample.classIds(team.project());
        for (int i = 0; i < ids.size(); i++) {
            names.put(ids.get(i), SmallTexts.CLASSES[i]);
        }
        server.knows(text -> names.get(team.classOf().get(text)));
        return team;
    }

    private void set(LoopBench.Team team, OracleSettings settings) {
        try {
            sample.execute("update project set oracle = ?::jsonb where id = ?", json.writeValueAsString(settings), team.project());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private OracleSettings settings(String oracle, long model, String zeroShot, double verifyBelow, double checkShare, Long cap) {
        return new OracleSettings(oracle, model, null, zeroShot, 40, verifyBelow, checkShare, 5, cap);
    }

    private long labels(LoopBench.Team team, String origin) {
        return sample.number("select count(*) from resolution where project_id = ? and origin = ? and superseded_at is null", team.project(), origin);
    }

    private long billed() {
        return server.books().billed().stream().mapToLong(entry -> PRICES.cost(new org.laudable.llm.Usage(entry.inputTokens(),
                entry.cachedTokens(), entry.outputTokens()))).sum();
    }

    @Test
    void a_language_model_alone_labels_round_after_round_and_the_ledger_agrees_with_its_own_count() throws Exception {
        LoopBench.Team team = team(20, settings("llm", model(2), "embedding", .8, .1, null));
        long run = bench.start(team);

        bench.untilRound(run, 3);
        ActingAs.person(team.manager(), () -> {
            control.pause(team.project());
            return null;
        });
        Eventually.holds("no call is on its way", () -> sample.number("select count(*) from llm_call where run_id = ? and outcome = 'IN_FLIGHT'", run) == 0);
        bench.holdWhenIdle(run).close();

        assertTrue(labels(team, "LLM") >= 40, labels(team, "LLM") + " labels");
        assertEquals(0, labels(team, "PERSON"));
        assertEquals(0, sample.number("select count(*) from task where project_id = ? and purpose = 'TRAIN'", team.project()));
        assertEquals(0, sample.number("""
                select count(*) from resolution where project_id = ? and origin = 'LLM' and (llm_model_id is null or prompt_version_id is null
                  or confidence is null)""", team.project()));
        assertEquals(billed(), sample.number("select settled_micros from budget where project_id = ?", team.project()));
        assertEquals(billed(), sample.number("select settled_micros from llm_run_budget where run_id = ?", run));
        assertEquals(0, sample.number("select reserved_micros from llm_run_budget where run_id = ?", run));
    }

    @Test
    void in_a_hybrid_run_people_see_only_the_audit_sample_and_what_needs_verification() {
        server.behave(new Behaviour(.4, java.time.Duration.ZERO, 0, java.util.EnumSet.noneOf(Fault.class), 0, 1));
        LoopBench.Team team = team(20, settings("hybrid", model(2), "embedding", .8, .2, null));
        long run = bench.startAndPrepare(team);

        Eventually.holds("people have the next word", () -> sample.number("""
                select count(*) from llm_answer where run_id = ? and decision is not null""", run) >= 20);
        assertEquals(0, sample.number("""
                select count(*) from task t where t.project_id = ? and t.purpose = 'TRAIN' and not exists (select 1 from llm_answer a
                  where a.item_id = t.item_id and (a.decision <> 'TAKEN' or a.checked))""", team.project()));
        assertEquals(0, sample.number("""
                select count(*) from task t join llm_answer a on a.item_id = t.item_id where t.project_id = ? and t.purpose = 'TRAIN'
                  and a.checked and t.suggestion_class_id is not null""", team.project()), "a random check is blind");
        assertEquals(0, sample.number("""
                select count(*) from llm_answer a where a.run_id = ? and a.decision in ('UNSURE', 'DISAGREES') and exists (
                  select 1 from resolution r where r.item_id = a.item_id and r.superseded_at is null)""", run));
        for (int i = 0; i < 200 && bench.row(run).roundNumber() < 2; i++) {
            if (bench.answer(team, 3) == 0) {
                bench.untilRound(run, 2);
            }
        }
        bench.untilRound(run, 2);

        assertTrue(labels(team, "LLM") > 0);
        assertTrue(sample.number("""
                select count(*) from resolution r join llm_answer a on a.item_id = r.item_id where r.project_id = ? and r.origin = 'PERSON'
                  and r.superseded_at is null""", team.project()) > 0);
    }

    @Test
    void the_runs_cap_stops_it_exactly_and_raised_it_goes_on() {
        LoopBench.Team team = team(20, settings("llm", model(4), "embedding", .8, .1, 30_000L));
        long run = bench.start(team);

        bench.untilState(run, RunState.PAUSED);
        assertEquals("run.note.blocked.RUN_CAP_REACHED", bench.row(run).error().key());
        assertTrue(sample.number("select settled_micros + reserved_micros from llm_run_budget where run_id = ?", run) <= 30_000);
        assertEquals(billed(), sample.number("select settled_micros from budget where project_id = ?", team.project()));
        long before = labels(team, "LLM");
        assertTrue(before > 0, "some calls fit under the cap");

        ActingAs.person(team.manager(), () -> {
            runs.capForModels(team.project(), 10_000_000L);
            control.resume(team.project());
            return null;
        });
        Eventually.holds("it goes on", () -> labels(team, "LLM") > before);
    }

    @Test
    void what_a_dead_process_had_paid_for_is_not_paid_again() throws Exception {
        LoopBench.Team team = team(20, settings("llm", model(1), "embedding", .8, .1, null));
        long run = bench.start(team);
        bench.untilRound(run, 2);
        ActingAs.person(team.manager(), () -> {
            control.pause(team.project());
            return null;
        });
        bench.holdWhenIdle(run).close();
        int calls = server.books().entries().size();
        int wave = (int) sample.number("select max(wave) from llm_answer where run_id = ? and state = 'ANSWERED'", run);

        // as if it had died after the calls and before their answers were written
        sample.execute("update llm_answer set state = 'ASKING', decision = null, class_id = null where run_id = ? and wave = ?", run, wave);
        ModelOracle.Wave again = oracle.ask(bench.row(run), answers.open(run, "ORACLE"));

        assertTrue(again.answered() > 0);
        assertEquals(0, again.absent());
        assertEquals(calls, server.books().entries().size(), "all answers came from the cache");
    }

    @Test
    void an_answer_that_does_not_come_is_absent_and_visible_and_no_label() {
        server.behave(Behaviour.faulty(1, Fault.REFUSAL));
        LoopBench.Team team = team(20, settings("llm", model(2), "embedding", .8, .1, null));
        long run = bench.start(team);

        Eventually.holds("refusals are known", () -> sample.number("""
                select count(*) from llm_answer where run_id = ? and state = 'ABSENT' and absence = 'REFUSED' and sentence is not null""", run) >= 20);
        assertEquals(0, labels(team, "LLM"));
    }

    @Test
    void the_zero_shot_start_is_the_language_models_and_its_answers_are_not_paid_twice() {
        LoopBench.Team team = team(20, settings("llm", model(2), "llm", .8, .1, null));
        long run = bench.start(team);

        bench.untilRound(run, 2);

        assertEquals(40, sample.number("select count(*) from llm_answer where run_id = ? and purpose = 'ZERO_SHOT'", run));
        assertEquals(0, sample.number("""
                select count(*) from (select i.id from item i join llm_answer a on a.item_id = i.id where a.run_id = ? group by i.id
                  having count(*) > 1) twice""", run));
        long items = sample.number("select sum(items) from llm_call where run_id = ? and not cache_hit", run);
        assertTrue(items <= sample.number("select count(*) from llm_answer where run_id = ?", run), items + " items were paid for");
    }

    @Test
    void a_task_model_with_examples_is_compared_on_the_audit_sample_of_the_same_round() {
        LoopBench.Team team = team(10, settings("people", 0, "embedding", .8, .1, null));
        long model = model(2);
        long run = bench.startAndPrepare(team);
        bench.answerToRound(team, run, 2);
        while (sample.number("""
                select count(*) from resolution r join item i on i.id = r.item_id and i.split = 'AUDIT' where r.project_id = ?""", team.project()) < 15) {
            bench.answer(team, 3);
        }

        ActingAs.person(team.manager(), () -> taskModels.compare(team.project(), TaskModelTrial.Kind.LLM_IN_CONTEXT, model));
        Eventually.holds("it is compared", () -> ActingAs.person(team.manager(), () -> taskModels.of(team.project())).stream()
                .anyMatch(it -> it.kind() == TaskModelTrial.Kind.LLM_IN_CONTEXT && it.state().equals("DONE")));

        TaskModelTrial trial = ActingAs.person(team.manager(), () -> taskModels.of(team.project())).stream()
                .filter(it -> it.kind() == TaskModelTrial.Kind.LLM_IN_CONTEXT).findFirst().orElseThrow();
        assertEquals(1.0, trial.accuracy().value());
        assertTrue(trial.perThousand().isPresent() && trial.millisPerItem() > 0 && trial.labels() >= 10, trial.toString());
        assertTrue(server.books().entries().stream().allMatch(entry -> entry.body().contains("\\\"examples\\\"")), "examples are sent as data");
        assertTrue(ActingAs.person(team.manager(), () -> taskModels.of(team.project())).stream()
                .anyMatch(it -> it.kind() == TaskModelTrial.Kind.EMBEDDED_HEAD && it.round() == trial.round()), "beside the loop's own model");
    }

    @Test
    void a_bill_above_the_most_a_call_could_cost_stops_the_run() {
        server.behave(Behaviour.faulty(1, Fault.OVERBILL));
        LoopBench.Team team = team(20, settings("llm", model(1), "embedding", .8, .1, null));
        long run = bench.start(team);

        bench.untilState(run, RunState.PAUSED);

        assertEquals(Note.of("run.note.overBilled"), bench.row(run).error());
    }
}
