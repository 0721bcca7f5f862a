package org.laudable.observability;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import org.jboss.logging.MDC;

/**
 * One piece of work that a trace shows: a request, a job's try, a call to a language model. What this thread begins before
 * it is closed is below it, and what it logs carries the trace's id. Closed by the thread that began it.
 */
public final class Step implements AutoCloseable {
    static final String TRACE = "trace";

    private final Span span;
    private final Scope scope;
    private final Object traceBefore;

    Step(Span span) {
        this.span = span;
        this.scope = span.makeCurrent();
        this.traceBefore = MDC.get(TRACE);
        MDC.put(TRACE, traceId());
    }

    /** 32 hexadecimal digits. */
    public String traceId() {
        return span.getSpanContext().getTraceId();
    }

    public Step with(String key, String value) {
        span.setAttribute(key, value);
        return this;
    }

    public Step with(String key, long value) {
        span.setAttribute(key, value);
        return this;
    }

    /** Marks it as failed. The message of an exception may hold what people wrote, so only its class goes out. */
    public void failed(Throwable failure) {
        failed(failure.getClass().getSimpleName());
    }

    public void failed(String reason) {
        span.setStatus(StatusCode.ERROR, reason);
    }

    @Override
    public void close() {
        scope.close();
        span.end();
        if (traceBefore == null) {
            MDC.remove(TRACE);
        } else {
            MDC.put(TRACE, traceBefore);
        }
    }
}
