package org.laudable.observability;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SdkTracerProviderBuilder;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.laudable.LaudableConfig;

/**
 * Traces by OpenTelemetry: which request led to which job on which process, and which calls that made. Every piece of work
 * has a trace id for the log; spans leave the process only where an address of a collector is configured (OTLP over HTTP).
 *
 * @see <a href="https://www.w3.org/TR/trace-context/">W3C Trace Context, the form of a parent</a>
 */
@ApplicationScoped
public class Traces {
    private static final String PARENT = "traceparent";
    private static final Duration LAST_WORDS = Duration.ofSeconds(3);
    private static final TextMapGetter<String> AS_IT_IS = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(String parent) {
            return List.of(PARENT);
        }

        @Override
        public String get(String parent, String key) {
            return PARENT.equals(key) ? parent : null;
        }
    };

    private final SdkTracerProvider provider;
    private final Tracer tracer;

    @Inject
    Traces(LaudableConfig config) {
        this(config.traces().endpoint().map(Traces::exporter), config.traces().share());
    }

    Traces(Optional<SpanExporter> exporter, double share) {
        SdkTracerProviderBuilder builder = SdkTracerProvider.builder()
                .setResource(Resource.getDefault().toBuilder().put("service.name", "laudable")
                        .put("process.pid", ProcessHandle.current().pid()).build())
                .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(exporter.isPresent() ? share : 0)));
        exporter.ifPresent(out -> builder.addSpanProcessor(BatchSpanProcessor.builder(out).setScheduleDelay(Duration.ofSeconds(1)).build()));
        provider = builder.build();
        tracer = provider.get("org.laudable");
    }

    private static SpanExporter exporter(String endpoint) {
        return OtlpHttpSpanExporter.builder().setEndpoint(endpoint.replaceFirst("/+$", "") + "/v1/traces").build();
    }

    void stop(@Observes @Priority(Interceptor.Priority.PLATFORM_AFTER) ShutdownEvent event) {
        provider.shutdown().join(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Work inside of this process, below what this thread does already. */
    public Step begin(String name) {
        return step(tracer.spanBuilder(name));
    }

    /** A call to another server. */
    public Step call(String name) {
        return step(tracer.spanBuilder(name).setSpanKind(SpanKind.CLIENT));
    }

    /** A request that came in. @param parent the caller's W3C trace parent; null or not one: a new trace begins */
    public Step serve(String name, String parent) {
        return step(tracer.spanBuilder(name).setSpanKind(SpanKind.SERVER).setParent(context(parent)));
    }

    /** Work that another thread or process put in line. @param parent as {@link #current()} gave it there; null: of nobody */
    public Step goOn(String name, String parent) {
        return step(tracer.spanBuilder(name).setSpanKind(SpanKind.CONSUMER).setParent(context(parent)));
    }

    /** What this thread works on, as a W3C trace parent to keep with work that is put in line; empty outside of any step. */
    public Optional<String> current() {
        if (!Span.current().getSpanContext().isValid()) {
            return Optional.empty();
        }
        String[] parent = new String[1];
        W3CTraceContextPropagator.getInstance().inject(Context.current(), parent, (carrier, key, value) -> {
            if (PARENT.equals(key)) {
                carrier[0] = value;
            }
        });
        return Optional.ofNullable(parent[0]);
    }

    private static Context context(String parent) {
        return parent == null ? Context.root() : W3CTraceContextPropagator.getInstance().extract(Context.root(), parent, AS_IT_IS);
    }

    private static Step step(SpanBuilder builder) {
        return new Step(builder.startSpan());
    }
}
