package org.laudable.streaming;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/**
 * Live scoring as meters: {@code laudable.live.points} scored here, by the way they came, and {@code laudable.live.lag}, records
 * of this process's partitions that its two readers have not taken yet.
 */
@ApplicationScoped
class LiveMetrics {
    private static final String BEHIND = "records-lag";

    private final MeterRegistry registry;
    private final Counter rest;
    private final Counter kafka;

    LiveMetrics(MeterRegistry registry) {
        this.registry = registry;
        rest = points("REST");
        kafka = points("KAFKA");
    }

    private Counter points(String path) {
        return Counter.builder("laudable.live.points").tag("path", path).register(registry);
    }

    /** They are there from the start, not from the first point on. */
    void start(@Observes StartupEvent started) {
        // being asked to look makes the bean
    }

    void byRest(int points) {
        rest.increment(points);
    }

    void byKafka() {
        kafka.increment();
    }

    /**
     * Follows a reader of topics for as long as this process lives.
     *
     * @param reader  SCORING of points, INTAKE of what was found
     * @param metrics of its clients, as they are now; empty while there is none
     */
    void follow(String reader, Collection<String> topics, Supplier<Map<MetricName, ? extends Metric>> metrics) {
        Set<String> ours = Set.copyOf(topics);
        Gauge.builder("laudable.live.lag", () -> behind(metrics.get(), ours)).tag("reader", reader).baseUnit("records").strongReference(true).register(registry);
    }

    private static double behind(Map<MetricName, ? extends Metric> metrics, Set<String> topics) {
        double records = 0;
        for (Map.Entry<MetricName, ? extends Metric> one : metrics.entrySet()) {
            if (one.getKey().name().equals(BEHIND) && topics.contains(one.getKey().tags().getOrDefault("topic", ""))
                    && one.getValue().metricValue() instanceof Double lag && lag > 0) {
                records += lag;
            }
        }
        return records;
    }
}
