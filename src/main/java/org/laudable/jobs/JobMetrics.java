package org.laudable.jobs;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.laudable.database.Sql;

/**
 * Background work as meters. {@code laudable.jobs.waiting}, {@code .running} and {@code .oldest} (seconds since the oldest
 * one that nobody works on was due) are read from the table, so every process says the same; {@code laudable.job} is the
 * time of the tries made here, by kind and outcome.
 */
@ApplicationScoped
class JobMetrics {
    private static final Line NONE = new Line(0, 0, 0);
    private static final long FRESH_NANOS = Duration.ofSeconds(5).toNanos();

    private final MeterRegistry registry;
    private final Sql sql;
    private Map<String, Line> lines = Map.of();
    private long readAt = System.nanoTime() - FRESH_NANOS;

    JobMetrics(MeterRegistry registry, Sql sql) {
        this.registry = registry;
        this.sql = sql;
    }

    private record Line(double waiting, double running, double oldest) {}

    void follow(Collection<String> kinds) {
        for (String kind : kinds) {
            gauge("laudable.jobs.waiting", kind, Line::waiting, null);
            gauge("laudable.jobs.running", kind, Line::running, null);
            gauge("laudable.jobs.oldest", kind, Line::oldest, "seconds");
        }
    }

    /** @param outcome DONE, CANCELLED, FAILED, or AGAIN for a try after which another follows */
    void tried(String kind, String outcome, long startNanos) {
        registry.timer("laudable.job", "kind", kind, "outcome", outcome).record(Duration.ofNanos(System.nanoTime() - startNanos));
    }

    private void gauge(String name, String kind, ToDoubleFunction<Line> value, String unit) {
        Gauge.builder(name, () -> value.applyAsDouble(lines().getOrDefault(kind, NONE))).tag("kind", kind).baseUnit(unit).register(registry);
    }

    /** One look at the table serves all gauges of a reading. */
    private synchronized Map<String, Line> lines() {
        if (System.nanoTime() - readAt >= FRESH_NANOS) {
            Map<String, Line> found = new HashMap<>();
            sql.list("""
                    select j.kind, count(*) filter (where j.state = 'WAITING') as waiting, count(*) filter (where j.state = 'RUNNING') as running,
                      coalesce(extract(epoch from now() - min(s.execution_time) filter (where not s.picked and s.execution_time <= now())), 0) as oldest
                    from job j left join scheduled_tasks s on s.task_name = 'job' and s.task_instance = j.id::text
                    where j.state in ('WAITING', 'RUNNING') group by j.kind""",
                    row -> found.put(row.getString("kind"), new Line(row.getDouble("waiting"), row.getDouble("running"), row.getDouble("oldest"))));
            lines = found;
            readAt = System.nanoTime();
        }
        return lines;
    }
}
