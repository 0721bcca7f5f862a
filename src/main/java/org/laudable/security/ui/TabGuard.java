package org.laudable.security.ui;

import com.vaadin.flow.server.HandlerHelper;
import com.vaadin.flow.server.HandlerHelper.RequestType;
import com.vaadin.flow.server.SessionInitEvent;
import com.vaadin.flow.server.VaadinRequest;
import com.vaadin.flow.server.VaadinRequestInterceptor;
import com.vaadin.flow.server.VaadinResponse;
import com.vaadin.flow.server.VaadinServletRequest;
import com.vaadin.flow.server.VaadinSession;
import com.vaadin.flow.server.WrappedSession;
import java.security.Principal;

/**
 * Keeps a page to the sign-in it was opened with. Vaadin looks at the person on navigation only: without this, a tab
 * that stays open after signing out could go on writing. Requests that open or feed the push channel carry no person
 * and are left alone: they bring news to the page, and what a page says comes by ordinary requests.
 */
final class TabGuard implements VaadinRequestInterceptor {
    private static final long serialVersionUID = 1L;
    private static final String OWNER = "laudable.owner";
    private static final String NOBODY = "";

    /**
     * Notes who opens a session, and gives it an id of its own: the server would take the one the browser asked for. Who
     * brought it along could share the session, and what a left page sends late would end it.
     */
    static void bind(SessionInitEvent event) {
        event.getSession().getSession().setAttribute(OWNER, owner(event.getRequest()));
        if (event.getRequest() instanceof VaadinServletRequest request && request.getRequestedSessionId() != null) {
            request.changeSessionId();
        }
    }

    /** The principal's name a session belongs to; empty for one of nobody. */
    static String owner(VaadinSession session) {
        WrappedSession wrapped = session.getSession();
        return wrapped == null || !(wrapped.getAttribute(OWNER) instanceof String owner) ? NOBODY : owner;
    }

    @Override
    public void requestStart(VaadinRequest request, VaadinResponse response) {
        if (HandlerHelper.isRequestType(request, RequestType.PUSH)) {
            return;
        }
        WrappedSession session = request.getWrappedSession(false);
        try {
            if (session != null && session.getAttribute(OWNER) instanceof String owner && !owner.equals(owner(request))) {
                session.invalidate();
            }
        } catch (IllegalStateException e) {
            // another request of the same browser has just ended it
        }
    }

    @Override
    public void handleException(VaadinRequest request, VaadinResponse response, VaadinSession session, Exception failure) {
        // nothing to undo
    }

    @Override
    public void requestEnd(VaadinRequest request, VaadinResponse response, VaadinSession session) {
        // nothing to undo
    }

    private static String owner(VaadinRequest request) {
        Principal principal = request.getUserPrincipal();
        return principal == null ? NOBODY : principal.getName();
    }
}
