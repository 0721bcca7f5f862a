package org.laudable.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.laudable.Refused;
import org.laudable.devllm.Behaviour;
import org.laudable.devllm.DevLlm;
import org.laudable.security.ActingAs;
import org.laudable.security.User;
import org.laudable.testing.Eventually;
import org.laudable.testing.Sample;

/** A fine-tuning round trip through OpenAI's own client against the double: trained, failed, cancelled. */
@QuarkusTest
class FineTuneTest {
    @Inject FineTuneService tunes;
    @Inject FineTuneRepository rows;
    @Inject FineTuneWork work;
    @Inject TextClassifier classifier;
    @Inject LlmFixture llm;
    @Inject Sample sample;
    private DevLlm server;
    private User manager;
    private long project;
    private long model;

    @BeforeEach
    void start() throws IOException {
        server = DevLlm.start(0, Behaviour.PERFECT);
        manager = sample.person("mara");
        project = sample.project(manager, "refund", "delivery", "praise");
        model = llm.model(LlmFixture.settings(ProviderKind.OPENAI, server.openAiUrl(), 4, 30, OptionalLong.empty()),
                new ModelSettings("dev-llm", LlmFixture.PRICES, 16_000, 2_000, new ModelSettings.Abilities(true, true, true, true), 25_000_000)).id();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void labels(int count) {
        List<Long> classes = sample.classIds(project);
        List<TextToClassify> texts = LlmFixture.texts(count);
        List<Long> items = sample.items(project, texts.stream().map(TextToClassify::text).toList());
        for (int i = 0; i < count; i++) {
            sample.execute("insert into resolution (project_id, item_id, outcome, class_id, origin) values (?, ?, 'LABEL', ?, 'PERSON')", project,
                    items.get(i), classes.get((int) LlmFixture.rightClass(texts.get(i)) - 1));
        }
    }

    private FineTune newest() {
        return ActingAs.person(manager, () -> tunes.of(project)).getFirst();
    }

    private long begin() {
        return ActingAs.person(manager, () -> tunes.start(project, model));
    }

    @Test
    void a_model_is_trained_paid_by_its_trained_tokens_and_answers_from_then_on() {
        labels(24);
        FineTuneService.Cost cost = ActingAs.person(manager, () -> tunes.estimate(project, model));
        begin();
        Eventually.holds("it is trained", () -> newest().state().ended());

        FineTune done = newest();
        assertEquals(FineTune.State.SUCCEEDED, done.state(), done.error());
        assertEquals(24, done.examples());
        long expected = new Prices(25_000_000, 25_000_000, 0).cost(new Usage((int) done.trainedTokens().getAsLong(), 0, 0));
        assertEquals(expected, done.costMicros().getAsLong());
        assertEquals(expected, sample.number("select settled_micros from budget where project_id = ?", project));
        assertEquals(0, sample.number("select reserved_micros from budget where project_id = ?", project));
        assertTrue(expected <= cost.mostMicros() && cost.examples() == 24);
        Classification task = new Classification(done.resultModelId().getAsLong(), OptionalLong.of(project), "", LlmFixture.CLASSES, "", 5);
        assertEquals(1, classifier.classify(task, LlmFixture.texts(3)).stream().filter(ItemAnswer.Labeled.class::isInstance)
                .map(it -> ((ItemAnswer.Labeled) it).classId()).findFirst().orElseThrow());
        assertTrue(server.books().entries().getLast().model().startsWith("ft:dev-llm"));
    }

    @Test
    void a_job_the_provider_fails_says_why_and_costs_nothing() {
        labels(12);
        server.failTrainings(true);
        begin();
        Eventually.holds("it is over", () -> newest().state().ended());

        FineTune failed = newest();
        assertEquals(FineTune.State.FAILED, failed.state());
        assertTrue(failed.error().contains("malformed"), failed.error());
        assertEquals(0, sample.number("select settled_micros + reserved_micros from budget where project_id = ?", project));
    }

    @Test
    void a_cancelled_job_ends_and_its_reservation_is_released() {
        server.stallTrainings(true);
        labels(12);
        long id = begin();
        Eventually.holds("it is at work", () -> newest().remote().equals("running"));
        assertTrue(sample.number("select reserved_micros from budget where project_id = ?", project) > 0);

        ActingAs.person(manager, () -> {
            tunes.cancel(project, id);
            return null;
        });
        Eventually.holds("it is over", () -> newest().state().ended());

        assertEquals(FineTune.State.CANCELLED, newest().state());
        assertEquals(0, sample.number("select settled_micros + reserved_micros from budget where project_id = ?", project));
    }

    @Test
    void a_job_begun_just_before_a_kill_is_found_again_and_not_begun_twice() {
        server.stallTrainings(true);
        labels(12);
        long id = begin();
        Eventually.holds("it is at work", () -> newest().remote().equals("running"));

        // as if the process had died between the provider's answer and its writing down
        sample.execute("update llm_fine_tune set state = 'UPLOADING', remote_job = null where id = ?", id);
        work.step(id);

        assertEquals(FineTune.State.RUNNING, rows.work(id).orElseThrow().state());
        assertEquals(1, server.trainingsBegun());
        server.stallTrainings(false);
    }

    @Test
    void a_key_that_the_provider_echoes_is_not_kept() {
        labels(12);
        model = llm.model(LlmFixture.settings(ProviderKind.OPENAI, server.openAiUrl(), 4, 30, OptionalLong.empty()), new ModelSettings("dev-llm",
                LlmFixture.PRICES, 16_000, 2_000, new ModelSettings.Abilities(true, true, true, true), 25_000_000), "sk-canary-wrong").id();
        begin();
        Eventually.holds("it is over", () -> newest().state().ended());

        assertEquals(FineTune.State.FAILED, newest().state());
        assertTrue(newest().error().contains("Incorrect API key") && !newest().error().contains("canary"), newest().error());
        assertEquals(0, sample.number("select count(*) from llm_call where detail like '%canary%'"));
        assertEquals(0, sample.number("select settled_micros + reserved_micros from budget where project_id = ?", project));
    }

    @Test
    void too_few_labels_or_no_budget_begin_nothing() {
        assertThrows(Refused.class, this::begin);
        labels(20);
        sample.execute("update project set cap_micros = 100 where id = ?", project);
        begin();
        Eventually.holds("it is over", () -> newest().state().ended());
        assertTrue(newest().error().contains("budget"), newest().error());
        assertEquals(0, server.trainingsBegun());
    }
}
