package org.laudable.ui;

import com.vaadin.flow.server.HandlerHelper;
import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.VaadinRequest;
import com.vaadin.flow.server.VaadinRequestInterceptor;
import com.vaadin.flow.server.VaadinResponse;
import com.vaadin.flow.server.VaadinSession;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.laudable.observability.Step;
import org.laudable.observability.Traces;

/** What people do on pages is a step of a trace: a job that a button starts is found below the press. */
@ApplicationScoped
class TracedPages implements VaadinRequestInterceptor {
    private static final String STEP = TracedPages.class.getName();

    private final transient Traces traces;

    TracedPages(Traces traces) {
        this.traces = traces;
    }

    void register(@Observes ServiceInitEvent event) {
        event.addVaadinRequestInterceptor(this);
    }

    @Override
    public void requestStart(VaadinRequest request, VaadinResponse response) {
        if (HandlerHelper.isRequestType(request, HandlerHelper.RequestType.UIDL)) {
            request.setAttribute(STEP, traces.serve("page", request.getHeader("traceparent")));
        }
    }

    @Override
    public void handleException(VaadinRequest request, VaadinResponse response, VaadinSession session, Exception failure) {
        if (request.getAttribute(STEP) instanceof Step step) {
            step.failed(failure);
        }
    }

    @Override
    public void requestEnd(VaadinRequest request, VaadinResponse response, VaadinSession session) {
        if (request.getAttribute(STEP) instanceof Step step) {
            request.removeAttribute(STEP);
            step.close();
        }
    }
}
