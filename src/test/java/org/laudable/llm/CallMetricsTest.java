package org.laudable.llm;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.laudable.devllm.Behaviour;
import org.laudable.devllm.DevLlm;

/** Calls are counted as meters, which only administrators may read. */
@QuarkusTest
class CallMetricsTest {
    @Inject TextClassifier classifier;
    @Inject LlmFixture llm;
    @Inject MeterRegistry registry;

    @Test
    void calls_tokens_and_cost_are_counted_by_model_and_outcome() throws IOException {
        try (DevLlm server = DevLlm.start(0, Behaviour.PERFECT)) {
            Model model = llm.openAi(server.openAiUrl());
            long project = llm.project(OptionalLong.empty());
            classifier.classify(llm.task(model, project, 5), LlmFixture.texts(10));
            classifier.classify(llm.task(model, project, 5), LlmFixture.texts(10));
            String provider = llm.providerName(model);

            assertEquals(2, registry.get("laudable.llm.calls").tags("provider", provider, "outcome", "ANSWERED").counter().count());
            assertEquals(2, registry.get("laudable.llm.calls").tags("provider", provider, "outcome", "CACHED").counter().count());
            assertEquals(server.books().billed().stream().mapToInt(entry -> entry.inputTokens()).sum(),
                    registry.get("laudable.llm.tokens").tags("provider", provider, "direction", "input").counter().count());
            assertTrue(registry.get("laudable.llm.cost").tags("provider", provider).counter().count() > 0);
        }
    }

    @Test
    void nobody_reads_them_without_signing_in() {
        Response answer = given().redirects().follow(false).get("/q/metrics");

        assertTrue(answer.statusCode() == 302 || answer.statusCode() == 401, "status " + answer.statusCode());
        assertFalse(answer.asString().contains("laudable_llm"));
    }
}
