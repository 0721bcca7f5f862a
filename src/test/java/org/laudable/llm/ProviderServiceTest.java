package org.laudable.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.security.ForbiddenException;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.laudable.Refused;
import org.laudable.devllm.Behaviour;
import org.laudable.devllm.DevLlm;
import org.laudable.security.ActingAs;
import org.laudable.security.User;
import org.laudable.testing.Sample;

@QuarkusTest
class ProviderServiceTest {
    private static final String CANARY = "sk-CANARY-8c1f0e";

    @Inject ProviderService providers;
    @Inject ProviderTrial trial;
    @Inject CallLog log;
    @Inject TextClassifier classifier;
    @Inject LlmFixture llm;
    @Inject Sample sample;
    @Inject ObjectMapper json;
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
    void only_an_administrator_may_see_or_change_anything() {
        Model model = llm.openAi(server.openAiUrl());
        ProviderSettings settings = LlmFixture.settings(ProviderKind.OLLAMA, server.ollamaUrl(), 1, 5, OptionalLong.empty());
        User person = sample.person("someone");
        List<Runnable> deeds = List.of(providers::all, () -> providers.models(model.providerId()), () -> providers.add(settings, Optional.empty()),
                () -> providers.setEnabled(model.providerId(), false), () -> providers.addModel(model.providerId(), model.settings()),
                () -> providers.changeModel(model, model.settings()), () -> providers.setRetired(model.id(), true), providers::rates,
                () -> providers.setRate("USD", "EUR", BigDecimal.ONE), () -> trial.of(model), () -> log.find(CallFilter.ALL, 0, 1),
                () -> log.count(CallFilter.ALL), log::purposes, () -> log.figures(model.providerId()));

        deeds.forEach(deed -> assertThrows(ForbiddenException.class, () -> ActingAs.person(person, deed)));
    }

    @Test
    void a_change_holds_from_the_next_call_on() throws IOException {
        try (DevLlm other = DevLlm.start(0, Behaviour.PERFECT)) {
            Model model = llm.openAi(server.openAiUrl());
            long project = llm.project(OptionalLong.empty());
            classifier.classify(llm.task(model, project, 5), LlmFixture.texts(5));
            User admin = sample.admin("admin");
            ActingAs.person(admin, () -> {
                Provider read = provider(model);
                ProviderSettings moved = LlmFixture.settings(ProviderKind.OPENAI_COMPATIBLE, other.openAiUrl(), 2, 5, OptionalLong.empty());
                assertThrows(Refused.class, () -> providers.change(read, moved, Optional.empty()), "the key went to a new address");
                providers.change(read, moved, Optional.of("sk-new"));
                assertThrows(Refused.class, () -> providers.change(read, moved, Optional.of("sk-new")), "an old version was overwritten");
            });

            classifier.classify(llm.task(model, project, 5), LlmFixture.texts(5));

            assertEquals(1, server.books().entries().size());
            assertEquals("Bearer sk-new", other.books().entries().getFirst().authorization());
            ActingAs.person(admin, () -> providers.setEnabled(model.providerId(), false));
            ItemAnswer answer = classifier.classify(llm.task(model, project, 5), LlmFixture.texts(6).subList(5, 6)).getFirst();
            assertEquals(Absence.DISABLED, assertInstanceOf(ItemAnswer.Missing.class, answer).reason());
        }
    }

    @Test
    void a_test_shows_the_answer_and_is_counted() {
        Model model = llm.openAi(server.openAiUrl());
        ActingAs.person(sample.admin("admin"), () -> {
            assertTrue(provider(model).triedAt().isEmpty());

            ProviderTrial.Result.Works works = assertInstanceOf(ProviderTrial.Result.Works.class, trial.of(model));

            assertTrue(works.answer().contains("ready") && works.logprobs() && works.costMicros() > 0);
            assertTrue(provider(model).triedAt().isPresent());
            assertEquals(works.costMicros(), log.figures(model.providerId()).settledMicros());
            assertEquals("test", log.find(CallFilter.ALL, 0, 1).getFirst().purpose());
        });
    }

    @Test
    void prices_in_another_currency_need_a_rate_and_each_call_keeps_its_own() {
        ProviderSettings eur = LlmFixture.settings(ProviderKind.OPENAI_COMPATIBLE, server.openAiUrl(), 1, 5, OptionalLong.empty());
        Model model = llm.model(new ProviderSettings(eur.name(), eur.kind(), eur.baseUrl(), eur.apiVersion(), "XTS",
                eur.requestsPerMinute(), eur.tokensPerMinute(), eur.concurrency(), eur.timeoutSeconds(), eur.monthCapMicros()), LlmFixture.model(true, true));
        long project = llm.project(OptionalLong.empty());

        ItemAnswer without = classifier.classify(llm.task(model, project, 5), LlmFixture.texts(1)).getFirst();
        ActingAs.person(sample.admin("admin"), () -> providers.setRate("XTS", "EUR", new BigDecimal("0.5")));
        classifier.classify(llm.task(model, project, 5), LlmFixture.texts(1));

        assertEquals(Absence.NO_EXCHANGE_RATE, assertInstanceOf(ItemAnswer.Missing.class, without).reason());
        long cost = LlmFixtureCosts.of(server.books().entries().getFirst());
        assertEquals((cost + 1) / 2, sample.number("select settled_micros from budget where project_id = ?", project));
        assertEquals(5, sample.number("select (rate * 10)::bigint from llm_call where project_id = ? and outcome = 'ANSWERED'", project));
    }

    @Test
    void a_key_is_nowhere_in_clear() throws Exception {
        List<String> logged = new ArrayList<>();
        Handler listener = new Handler() {
            @Override
            public void publish(LogRecord message) {
                logged.add(message.getMessage() + java.util.Arrays.toString(message.getParameters()) + message.getThrown());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        listener.setLevel(Level.ALL);
        Logger root = Logger.getLogger("");
        root.addHandler(listener);
        StringBuilder shown = new StringBuilder();
        try {
            for (String key : List.of(CANARY, CANARY + "-wrong")) {
                Model model = llm.model(LlmFixture.settings(ProviderKind.OPENAI_COMPATIBLE, server.openAiUrl(), 1, 5, OptionalLong.empty()),
                        LlmFixture.model(true, true), key);
                classifier.classify(llm.task(model, llm.project(OptionalLong.empty()), 5), LlmFixture.texts(5));
                ActingAs.person(sample.admin("admin"), () -> {
                    shown.append(trial.of(model)).append(providers.all()).append(log.find(CallFilter.ALL, 0, 50));
                });
            }
        } finally {
            root.removeHandler(listener);
        }
        assertTrue(server.books().entries().stream().anyMatch(entry -> entry.authorization().equals("Bearer " + CANARY)), "the key was used");
        assertFalse(shown.toString().contains("CANARY"), shown.toString());
        assertTrue(shown.toString().contains("hasKey=true"));
        assertFalse(String.join("\n", logged).contains("CANARY"));
        assertEquals(0, sample.number("""
                select count(*) from information_schema.tables t where t.table_schema = 'public' and t.table_type = 'BASE TABLE'
                  and (xpath('/row/c/text()', query_to_xml(format('select count(*) as c from %%I x where x::text like %%L or x::text like %%L',
                    t.table_name, '%%CANARY%%', '%%' || ? || '%%'), false, true, '')))[1]::text::int > 0""".replace("%%", "%"),
                java.util.HexFormat.of().formatHex("CANARY".getBytes())), "tables with the key in them");
        assertEquals(2, sample.number("select count(*) from llm_provider where length(key_cipher) in (?, ?)",
                CANARY.length() + 28, CANARY.length() + 34));
    }

    private Provider provider(Model model) {
        return providers.all().stream().filter(it -> it.id() == model.providerId()).findFirst().orElseThrow();
    }
}
