package org.laudable.labeling;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * An annotator's work as meters: {@code laudable.next} (seconds until the next questions are there), {@code laudable.leases}
 * handed out, {@code laudable.save} (seconds until an answer is kept) and {@code laudable.answers} kept, by kind.
 */
@ApplicationScoped
class LabelingMetrics {
    private static final Duration[] BOUNDS = {Duration.ofMillis(5), Duration.ofMillis(10), Duration.ofMillis(30), Duration.ofMillis(100),
        Duration.ofMillis(300), Duration.ofSeconds(1)};

    private final Timer next;
    private final Timer save;
    private final Counter leases;
    private final Map<AnswerKind, Counter> answers = new EnumMap<>(AnswerKind.class);

    LabelingMetrics(MeterRegistry registry) {
        next = Timer.builder("laudable.next").serviceLevelObjectives(BOUNDS).register(registry);
        save = Timer.builder("laudable.save").serviceLevelObjectives(BOUNDS).register(registry);
        leases = registry.counter("laudable.leases");
        for (AnswerKind kind : AnswerKind.values()) {
            answers.put(kind, registry.counter("laudable.answers", "kind", kind.name()));
        }
    }

    /** They are there from the start, not from the first question on. */
    void start(@Observes StartupEvent started) {
        // being asked to look makes the bean
    }

    LeaseReply next(Supplier<LeaseReply> work) {
        LeaseReply reply = next.record(work);
        leases.increment(reply.tasks().size());
        return reply;
    }

    Answering.Recorded save(AnswerKind kind, Supplier<Answering.Recorded> work) {
        Answering.Recorded recorded = save.record(work);
        answers.get(kind).increment();
        return recorded;
    }
}
