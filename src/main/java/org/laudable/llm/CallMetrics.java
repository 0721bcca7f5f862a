package org.laudable.llm;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;

/**
 * Calls to language models as Micrometer meters: {@code laudable.llm.calls}, {@code .latency}, {@code .tokens} and
 * {@code .cost} (in units of the provider's currency), by provider, model, purpose and outcome.
 */
@ApplicationScoped
class CallMetrics {
    private final MeterRegistry registry;

    CallMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** A call that never left the house: from the cache, over a cap, held back. */
    void ended(CallRepository.Intent intent, String outcome) {
        registry.counter("laudable.llm.calls", tags(intent).and("outcome", outcome)).increment();
    }

    void made(CallRepository.Intent intent, String outcome, int latencyMillis, Optional<Usage> usage, long costMicros) {
        Tags tags = tags(intent);
        registry.counter("laudable.llm.calls", tags.and("outcome", outcome)).increment();
        registry.timer("laudable.llm.latency", tags).record(Duration.ofMillis(latencyMillis));
        usage.ifPresent(used -> {
            registry.counter("laudable.llm.tokens", tags.and("direction", "input")).increment(used.inputTokens());
            registry.counter("laudable.llm.tokens", tags.and("direction", "output")).increment(used.outputTokens());
        });
        registry.counter("laudable.llm.cost", tags.and("currency", intent.lease().provider().settings().currency())).increment(costMicros / 1e6);
    }

    private static Tags tags(CallRepository.Intent intent) {
        return Tags.of("provider", intent.lease().provider().name(), "model", intent.lease().model().name(), "purpose", intent.question().purpose());
    }
}
