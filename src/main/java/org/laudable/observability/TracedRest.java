package org.laudable.observability;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jboss.resteasy.reactive.server.SimpleResourceInfo;

/** Every call of REST is a step, named by the method that answers it: an address would hold ids. */
final class TracedRest {
    private static final String STEP = TracedRest.class.getName();

    private final Traces traces;

    TracedRest(Traces traces) {
        this.traces = traces;
    }

    @ServerRequestFilter
    void begin(ContainerRequestContext request, SimpleResourceInfo resource) {
        request.setProperty(STEP, new Begun(Thread.currentThread(), traces.serve(
                resource.getResourceClass().getSimpleName() + "." + resource.getMethodName(), request.getHeaderString("traceparent"))
                .with("http.request.method", request.getMethod())));
    }

    @ServerResponseFilter
    void end(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getProperty(STEP) instanceof Begun begun && begun.thread() == Thread.currentThread()) {
            begun.step().with("http.response.status_code", response.getStatus());
            if (response.getStatus() >= 500) {
                begun.step().failed("status " + response.getStatus());
            }
            begun.step().close();
        }
    }

    /** A step is closed by the thread that began it; an answer that another thread gives ends without one. */
    private record Begun(Thread thread, Step step) {}
}
