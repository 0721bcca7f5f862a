package org.laudable.security.ui;

import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.VaadinService;
import com.vaadin.flow.server.auth.NavigationAccessControl;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Locks the pages: a view without {@code @PermitAll}, {@code @RolesAllowed} or {@code @AnonymousAllowed} opens to
 * nobody, and a tab belongs to the session it was opened in.
 */
@ApplicationScoped
class VaadinSecurity {
    private final OpenPages openPages;

    VaadinSecurity(OpenPages openPages) {
        this.openPages = openPages;
    }

    void lock(@Observes ServiceInitEvent event) {
        VaadinService service = event.getSource();
        NavigationAccessControl access = new NavigationAccessControl();
        access.setLoginView(LoginView.class);
        event.addVaadinRequestInterceptor(new TabGuard());
        service.addSessionInitListener(TabGuard::bind);
        service.addUIInitListener(init -> {
            init.getUI().addBeforeEnterListener(access);
            openPages.follow(init.getUI());
        });
    }
}
