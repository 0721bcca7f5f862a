package org.laudable.laud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.security.ForbiddenException;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.laudable.budget.BudgetService;
import org.laudable.budget.Source;
import org.laudable.engine.evaluation.LabelScenarios.Scenario;
import org.laudable.project.ProjectDirectory;
import org.laudable.security.ActingAs;
import org.laudable.security.User;
import org.laudable.testing.Sample;

/** The ways to label, from a project's own answers, calls and ledger. */
@QuarkusTest
class ScenarioServiceTest {
    private static final int AUDIT = 60;

    @Inject ScenarioService scenarios;
    @Inject BudgetService budget;
    @Inject RunRepository runs;
    @Inject ProjectDirectory projects;
    @Inject Sample sample;
    private User manager;
    private long project;
    private long model;
    private long trial;
    private List<Long> audit;
    private List<Long> classes;

    @BeforeEach
    void an_audit_sample_answered_by_people_who_were_paid() {
        manager = sample.person("manager");
        project = sample.project(manager, "a", "b");
        classes = sample.classIds(project);
        audit = sample.items(project, IntStream.range(0, AUDIT).mapToObj(i -> "audited text " + i).toList());
        sample.items(project, IntStream.range(0, 30).mapToObj(i -> "text of the pool " + i).toList());
        sample.execute("update item set split = 'AUDIT', audit_half = 'CHOOSE' where project_id = ? and id = any (?)", project, audit.toArray(Long[]::new));
        for (long item : audit) {
            sample.execute("insert into resolution (project_id, item_id, outcome, class_id, origin) values (?, ?, 'LABEL', ?, 'PERSON')",
                    project, item, classes.getFirst());
        }
        for (int i = 0; i < 10; i++) {
            budget.settle(budget.reserve(project, Source.PERSON, manager.id(), null, 100_000).orElseThrow(), 100_000);
        }
        long provider = sample.number("""
                insert into llm_provider (name, kind, base_url, currency) values (?, 'OPENAI', 'http://127.0.0.1:9/v1', 'EUR') returning id""",
                "Acme " + UUID.randomUUID());
        model = sample.number("insert into llm_model (provider_id, name) values (?, 'small') returning id", provider);
        sample.execute("update project set oracle = ?::jsonb, stopping = '{\"budget\": false, \"targetAccuracy\": 0.95, \"stable\": false}'::jsonb where id = ?", """
                {"oracle": "hybrid", "modelId": %d, "promptVersionId": null, "zeroShot": "embedding", "zeroShotItems": 500, "verifyBelow": 0.8,
                 "checkShare": 0.1, "batch": 10, "runCapMicros": null}""".formatted(model), project);
        runs.insert(project, RunSettings.of(projects.get(project), "en"), manager.id()).orElseThrow();
        sample.execute("update run set state = 'PAUSED', left_state = 'PREPARING' where project_id = ?", project); // nothing is trained here
        trial = sample.number("""
                insert into llm_prompt_trial (project_id, prompt_version_id, model_id, scope, state, finished_at)
                values (?, (select max(id) from llm_prompt_version where purpose = 'classify' and project_id is null), ?, 'AUDIT', 'DONE', now()) returning id""",
                project, model);
    }

    @Test
    void below_fifty_audited_answers_it_says_how_many_are_missing_and_shows_nothing() {
        say(0, 45);
        LabelWays seen = seen();

        assertEquals(Optional.of("small"), seen.model().map(name -> name.substring(name.indexOf("· ") + 2)));
        assertEquals(45, seen.audited());
        assertEquals(5, seen.missing());
        assertTrue(seen.ways().isEmpty());
    }

    @Test
    void from_fifty_on_it_tells_price_and_accuracy_of_each_way() {
        say(0, 60);
        call("ANSWERED", 40, 4_000);
        call("TIMEOUT", 40, 1_000);
        call("ANSWERED", 20, 1_000);
        List<Scenario> ways = seen().ways();

        assertEquals(6, seen().wrong());
        assertEquals(100_000, ways.get(0).micros().middle(), 1);
        assertEquals(100, ways.get(1).micros().middle(), 12, "6,000 micros brought 60 answers, the failed call among them");
        assertEquals(0.9, ways.get(1).accuracy().middle(), 0.02);
        assertTrue(ways.get(2).micros().middle() > ways.get(1).micros().middle() && ways.get(2).accuracy().middle() > ways.get(1).accuracy().middle());
        assertTrue(ways.stream().allMatch(way -> way.goal().isEmpty()), "no curve yet");
    }

    @Test
    void an_answer_that_people_saw_or_that_other_words_brought_is_no_audit() {
        say(0, 50);
        sample.execute("update llm_prompt_trial set scope = 'TWENTY' where id = ?", trial);
        assertEquals(0, seen().audited());

        sample.execute("""
                update llm_prompt_trial set scope = 'AUDIT', prompt_version_id = (select min(id) from llm_prompt_version where purpose = 'window') where id = ?""", trial);
        assertEquals(0, seen().audited());
    }

    @Test
    void random_checks_of_a_hybrid_run_count_and_doubtful_answers_that_people_verified_do_not() {
        List<Long> asked = sample.items(project, IntStream.range(0, 60).mapToObj(i -> "asked text " + i).toList());
        for (int i = 0; i < asked.size(); i++) {
            boolean random = i < 25;
            sample.execute("""
                    insert into llm_answer (project_id, run_id, item_id, round_number, purpose, state, model_id, prompt_version_id, class_id, confidence, decision,
                      checked, position, answered_at)
                    select ?, r.id, ?, 1, 'ORACLE', 'ANSWERED', ?, (select max(id) from llm_prompt_version where purpose = 'classify' and project_id is null), ?,
                      0.9, ?, ?, ?, now() from run r where r.project_id = ?""", project, asked.get(i), model, classes.getFirst(), random ? "TAKEN" : "DISAGREES",
                    random, i, project);
            sample.execute("insert into resolution (project_id, item_id, outcome, class_id, origin) values (?, ?, 'LABEL', ?, 'PERSON')", project,
                    asked.get(i), i % 5 == 0 ? classes.getLast() : classes.getFirst());
        }

        assertEquals(25, seen().audited());
        assertEquals(5, seen().wrong());
    }

    @Test
    void only_managers_see_it() {
        User reviewer = sample.person("reviewer");
        sample.member(project, reviewer, "REVIEWER");

        assertThrows(ForbiddenException.class, () -> ActingAs.person(reviewer, () -> scenarios.of(project)));
        assertThrows(ForbiddenException.class, () -> ActingAs.person(sample.person("stranger"), () -> scenarios.of(project)));
    }

    private LabelWays seen() {
        return ActingAs.person(manager, () -> scenarios.of(project)).orElseThrow();
    }

    /** The model's answers to audited texts, one in ten wrong. */
    private void say(int from, int to) {
        for (int i = from; i < to; i++) {
            sample.execute("insert into llm_prompt_trial_answer (trial_id, item_id, class_id, confidence) values (?, ?, ?, ?::float4)", trial, audit.get(i),
                    i % 10 == 9 ? classes.getLast() : classes.getFirst(), 0.5 + 0.4 * (i % 2));
        }
    }

    private void call(String outcome, int items, long micros) {
        long reservation = budget.reserve(project, Source.LLM, null, null, micros).orElseThrow();
        sample.execute("""
                insert into llm_call (request_id, provider_id, model_id, project_id, purpose, items, input_hash, outcome, month, reservation_id, currency, latency_ms)
                select ?, provider_id, id, ?, 'classify', ?, '\\x00', ?, '2026-01-01', ?, 'EUR', 1200 from llm_model where id = ?""",
                UUID.randomUUID(), project, items, outcome, reservation, model);
        budget.settleBill(reservation, micros, null);
    }
}
