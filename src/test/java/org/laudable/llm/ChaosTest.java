package org.laudable.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.laudable.devllm.Behaviour;
import org.laudable.devllm.Books;
import org.laudable.devllm.DevLlm;
import org.laudable.devllm.Fault;
import org.laudable.llm.ItemAnswer.Labeled;
import org.laudable.llm.ItemAnswer.Missing;
import org.laudable.testing.Sample;

/** A provider at its worst: nothing is guessed, nothing is lost, and the books agree with the provider's. */
@QuarkusTest
class ChaosTest {
    /** {@code -Dchaos.items=5000} for the long run. */
    private static final int COUNT = Integer.getInteger("chaos.items", 500);

    @Inject TextClassifier classifier;
    @Inject LlmFixture llm;
    @Inject Sample sample;
    private DevLlm server;

    @BeforeEach
    void start() throws IOException {
        server = DevLlm.start(0, Behaviour.PERFECT);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void hundreds_of_texts_against_a_fifth_of_mixed_faults_are_labeled_or_visibly_absent_and_the_books_agree() {
        server.behave(Behaviour.faulty(.2, Fault.REFUSAL, Fault.TOO_MANY, Fault.SERVER_ERROR, Fault.CUT_JSON, Fault.WRONG_CLASS,
                Fault.SLOW_DRIP, Fault.BROKEN_CONNECTION));
        Model model = llm.model(LlmFixture.settings(ProviderKind.OPENAI_COMPATIBLE, server.openAiUrl(), 8, 6, OptionalLong.empty()),
                LlmFixture.model(true, true));
        long project = llm.project(OptionalLong.empty());
        List<TextToClassify> texts = LlmFixture.texts(COUNT);
        int batch = 5;

        List<ItemAnswer> answers = classifier.classify(llm.task(model, project, batch), texts);

        assertEquals(COUNT, answers.size());
        for (int i = 0; i < texts.size(); i++) {
            assertEquals(texts.get(i).itemId(), answers.get(i).itemId());
            if (answers.get(i) instanceof Labeled labeled) {
                assertEquals(LlmFixture.rightClass(texts.get(i)), labeled.classId());
            } else {
                assertTrue(!assertInstanceOf(Missing.class, answers.get(i)).sentence().isBlank());
            }
        }
        long labeled = answers.stream().filter(Labeled.class::isInstance).count();
        int made = server.books().entries().size();
        System.out.printf("Chaos: %d of %d labeled, %d calls for %d batches (%.2f), absent %s%n", labeled, COUNT, made, COUNT / batch,
                made / ((double) COUNT / batch), answers.stream().filter(Missing.class::isInstance)
                        .collect(Collectors.groupingBy(it -> ((Missing) it).reason(), Collectors.counting())));
        assertTrue(labeled >= 0.9 * COUNT, "labeled " + labeled);
        assertTrue(made <= 1.3 * COUNT / batch, made + " calls");
        ledgerAgrees(project);
    }

    /** Each call whose cost is known costs what the server counted for it; each other one, its whole reservation. */
    private void ledgerAgrees(long project) {
        Map<String, Books.Entry> served = server.books().entries().stream()
                .collect(Collectors.toMap(Books.Entry::requestId, Function.identity()));
        long expected = 0;
        for (Books.Entry entry : served.values()) {
            String request = entry.requestId().substring(0, 36);
            int attempt = Integer.parseInt(entry.requestId().substring(37));
            long known = sample.number("select count(*) from llm_call where request_id = ?::uuid and attempt = ? and not unmetered", request, attempt);
            boolean lost = entry.fault() == Fault.SLOW_DRIP || entry.fault() == Fault.BROKEN_CONNECTION;
            assertEquals(lost ? 0 : 1, known, entry.requestId() + " " + entry.fault());
            expected += !entry.billed() ? 0 : !lost ? LlmFixtureCosts.of(entry)
                    : sample.number("select reserved_micros from llm_call where request_id = ?::uuid and attempt = ?", request, attempt);
        }
        assertEquals(served.size(), sample.number("select count(*) from llm_call where project_id = ?", project));
        assertEquals(expected, sample.number("select settled_micros from budget where project_id = ?", project));
        assertEquals(0, sample.number("select reserved_micros from budget where project_id = ?", project));
        assertEquals(expected, sample.number("""
                select coalesce(sum(amount_micros), 0)::bigint from ledger_entry where project_id = ? and kind = 'SETTLE'""", project));
        long provider = sample.number("select max(provider_id) from llm_call where project_id = ?", project);
        assertEquals(expected, sample.number("select settled_micros from llm_provider_month where provider_id = ?", provider));
        assertEquals(0, sample.number("select reserved_micros from llm_provider_month where provider_id = ?", provider));
    }

    @Test
    void a_cap_stops_before_the_call_that_could_exceed_it_and_a_raised_cap_goes_on() {
        Model model = llm.model(LlmFixture.settings(ProviderKind.OPENAI_COMPATIBLE, server.openAiUrl(), 1, 5, OptionalLong.empty()),
                LlmFixture.model(true, true));
        long unlimited = llm.project(OptionalLong.empty());
        classifier.classify(llm.task(model, unlimited, 5), LlmFixture.texts(5));
        long reservation = sample.number("select reserved_micros from llm_call where project_id = ?", unlimited);
        long cost = sample.number("select cost_micros from llm_call where project_id = ?", unlimited);
        long cap = 2 * cost + reservation;
        long project = llm.project(OptionalLong.of(cap));
        List<TextToClassify> texts = LlmFixture.texts(50).subList(5, 50);

        List<ItemAnswer> answers = classifier.classify(llm.task(model, project, 5), texts);

        long settled = sample.number("select settled_micros from budget where project_id = ?", project);
        assertTrue(settled <= cap && settled + reservation > cap - 200, settled + " of " + cap + " at " + reservation + " a call");
        long labeled = answers.stream().filter(Labeled.class::isInstance).count();
        assertTrue(labeled >= 10 && labeled < 45, "labeled " + labeled);
        answers.stream().filter(Missing.class::isInstance)
                .forEach(answer -> assertEquals(Absence.CAP_REACHED, ((Missing) answer).reason()));

        sample.execute("update project set cap_micros = null where id = ?", project);
        List<ItemAnswer> after = classifier.classify(llm.task(model, project, 5), texts);
        after.forEach(answer -> assertInstanceOf(Labeled.class, answer));
        assertEquals(10, server.books().entries().size());
    }

    @Test
    void a_providers_monthly_cap_stops_its_calls_for_every_project() {
        Model model = llm.model(LlmFixture.settings(ProviderKind.OPENAI_COMPATIBLE, server.openAiUrl(), 1, 5, OptionalLong.of(10)),
                LlmFixture.model(true, true));

        List<ItemAnswer> answers = classifier.classify(llm.task(model, llm.project(OptionalLong.empty()), 5), LlmFixture.texts(5));

        assertEquals(Absence.PROVIDER_CAP_REACHED, assertInstanceOf(Missing.class, answers.getFirst()).reason());
        assertEquals(0, server.books().entries().size());
    }

    @Test
    void a_bill_above_the_reservation_is_booked_and_flagged() {
        server.behave(Behaviour.faulty(1, Fault.OVERBILL));
        long project = llm.project(OptionalLong.of(1_000_000));

        classifier.classify(llm.task(llm.openAi(server.openAiUrl()), project, 5), LlmFixture.texts(5));

        assertEquals(LlmFixtureCosts.of(server.books().entries().getFirst()),
                sample.number("select settled_micros from budget where project_id = ?", project));
        assertEquals(1, sample.number("select count(*) from llm_call where project_id = ? and over_reservation", project));
        assertEquals(0, sample.number("select reserved_micros from budget where project_id = ?", project));
    }

    @Test
    void a_wrong_key_is_one_call_with_a_sentence_that_says_where_to_look() {
        Model model = llm.model(LlmFixture.settings(ProviderKind.OPENAI_COMPATIBLE, server.openAiUrl(), 1, 5, OptionalLong.empty()),
                LlmFixture.model(true, true), "sk-wrong");
        long project = llm.project(OptionalLong.empty());

        Missing missing = assertInstanceOf(Missing.class, classifier.classify(llm.task(model, project, 5), LlmFixture.texts(1)).getFirst());

        assertEquals(Absence.UNAUTHORIZED, missing.reason());
        assertTrue(missing.sentence().contains("401") && missing.sentence().contains("Providers"), missing.sentence());
        assertEquals(1, sample.number("select count(*) from llm_call where project_id = ?", project));
        assertEquals(0, sample.number("select settled_micros from budget where project_id = ?", project));
    }
}
