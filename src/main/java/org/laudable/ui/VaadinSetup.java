package org.laudable.ui;

import com.vaadin.flow.router.RouteConfiguration;
import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.VaadinService;
import com.vaadin.flow.server.communication.IndexHtmlResponse;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.jsoup.nodes.Element;
import org.laudable.security.Preferences;
import org.laudable.security.ScriptNonce;

/** Gives every page its language, its theme, its error messages, the right to run its scripts, and an unknown address its status 404. */
@ApplicationScoped
class VaadinSetup {
    private final Appearance appearance;
    private final ErrorNotices errors;
    private final ScriptNonce nonce;

    VaadinSetup(Appearance appearance, ErrorNotices errors, ScriptNonce nonce) {
        this.nonce = nonce;
        this.appearance = appearance;
        this.errors = errors;
    }

    void configure(@Observes ServiceInitEvent event) {
        VaadinService service = event.getSource();
        event.addIndexHtmlRequestListener(this::completeDocument);
        service.addSessionInitListener(init -> init.getSession().setErrorHandler(errors));
        service.addUIInitListener(init -> appearance.apply(init.getUI()));
    }

    /** The document before any script has run: no flash of the wrong theme, the right language, the right status. */
    private void completeDocument(IndexHtmlResponse response) {
        Element html = response.getDocument().root().selectFirst("html");
        Optional<Preferences> preferences = appearance.preferences();
        html.attr("lang", preferences.map(Preferences::language)
                .orElseGet(() -> Translations.supported(response.getVaadinRequest().getLocale()).getLanguage()));
        preferences.map(Preferences::theme).filter(theme -> !theme.equals("system")).ifPresent(theme -> {
            html.attr("theme", theme);
            html.attr("style", "color-scheme: " + theme + ";");
        });
        response.getDocument().select("script").attr("nonce", nonce.ofThisDocument());
        String path = Optional.ofNullable(response.getVaadinRequest().getPathInfo()).orElse("").replaceFirst("^/", "");
        if (RouteConfiguration.forApplicationScope().getRoute(path).isEmpty()) {
            response.getVaadinResponse().setStatus(HttpServletResponse.SC_NOT_FOUND);
        }
    }
}
