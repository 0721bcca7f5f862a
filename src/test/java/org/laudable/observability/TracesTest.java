package org.laudable.observability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.MDC;
import org.junit.jupiter.api.Test;
import org.laudable.testing.Eventually;

/** A trace goes from a request over the line of jobs to another process, and says nothing that people wrote. */
class TracesTest {
    private final InMemorySpanExporter collector = InMemorySpanExporter.create();
    private final Traces web = new Traces(Optional.of(collector), 1);
    private final Traces worker = new Traces(Optional.of(collector), 1);

    @Test
    void a_job_on_another_process_is_below_the_request_that_put_it_in_line() {
        String kept;
        String trace;
        try (Step request = web.serve("RunResource.start", null)) {
            kept = web.current().orElseThrow();
            trace = request.traceId();
        }
        try (Step job = worker.goOn("job", kept)) {
            assertEquals(trace, job.traceId());
            try (Step call = worker.call("language model")) {
                assertEquals(trace, call.traceId());
            }
        }

        List<SpanData> spans = exported(3);
        assertEquals(span(spans, "RunResource.start").getSpanId(), span(spans, "job").getParentSpanId());
        assertEquals(span(spans, "job").getSpanId(), span(spans, "language model").getParentSpanId());
    }

    @Test
    void a_parent_that_is_none_begins_a_new_trace() {
        try (Step one = web.serve("one", "not a parent"); Step other = web.goOn("other", null)) {
            assertNotEquals(one.traceId(), other.traceId());
        }
        assertTrue(web.current().isEmpty());
    }

    @Test
    void log_lines_carry_the_trace_while_the_step_lasts() {
        try (Step outer = web.begin("outer")) {
            try (Step inner = web.serve("inner", null)) {
                assertEquals(inner.traceId(), MDC.get(Step.TRACE));
            }
            assertEquals(outer.traceId(), MDC.get(Step.TRACE));
        }
        assertNull(MDC.get(Step.TRACE));
    }

    @Test
    void without_a_collector_there_are_ids_but_nothing_is_recorded() {
        Traces quiet = new Traces(Optional.empty(), 1);
        try (Step step = quiet.begin("step")) {
            assertTrue(step.traceId().matches("(?!0{32})[0-9a-f]{32}"));
            assertTrue(quiet.current().orElseThrow().endsWith("-00"), "marked as not recorded, so that no other process records it either");
        }
    }

    @Test
    void a_failure_shows_its_class_and_not_its_message() {
        try (Step step = web.begin("step")) {
            step.failed(new IllegalStateException("the text a person wrote"));
        }

        assertEquals("IllegalStateException", exported(1).getFirst().getStatus().getDescription());
        assertFalse(collector.getFinishedSpanItems().toString().contains("a person wrote"));
    }

    private List<SpanData> exported(int count) {
        Eventually.holds(count + " spans are out", () -> collector.getFinishedSpanItems().size() >= count);
        return collector.getFinishedSpanItems();
    }

    private static SpanData span(List<SpanData> spans, String name) {
        return spans.stream().filter(span -> span.getName().equals(name)).findFirst().orElseThrow();
    }
}
