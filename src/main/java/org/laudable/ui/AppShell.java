package org.laudable.ui;

import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.page.AppShellConfigurator;
import com.vaadin.flow.component.page.ColorScheme;
import com.vaadin.flow.component.page.Push;
import com.vaadin.flow.component.page.Viewport;
import com.vaadin.flow.server.AppShellSettings;
import com.vaadin.flow.shared.ui.Transport;
import com.vaadin.flow.theme.aura.Aura;

/**
 * What holds for every page: theme, styles (one file per feature), push. The web socket only carries news to the
 * browser; what the browser says comes by ordinary requests, so each one is authenticated.
 */
@Push(transport = Transport.WEBSOCKET_XHR)
@ColorScheme(ColorScheme.Value.LIGHT_DARK)
@Viewport("width=device-width, initial-scale=1, viewport-fit=cover")
@StyleSheet("/" + Aura.STYLESHEET)
@StyleSheet("/styles/tokens.css")
@StyleSheet("/styles/base.css")
@StyleSheet("/styles/shell.css")
@StyleSheet("/styles/run.css")
@StyleSheet("/styles/security.css")
@StyleSheet("/styles/labeling.css")
@StyleSheet("/styles/project.css")
@StyleSheet("/styles/dataset.css")
@StyleSheet("/styles/llm.css")
@StyleSheet("/styles/series.css")
@StyleSheet("/styles/anomaly.css")
@StyleSheet("/styles/live.css")
@StyleSheet("/styles/notification.css")
@StyleSheet("/styles/budget.css")
@StyleSheet("/styles/review.css")
@StyleSheet("/styles/audit.css")
@StyleSheet("/styles/webhook.css")
@StyleSheet("/styles/snapshot.css")
public final class AppShell implements AppShellConfigurator {

    @Override
    public void configurePage(AppShellSettings settings) {
        settings.setPageTitle("Laudable");
        settings.addFavIcon("icon", "icons/favicon.svg", "any");
        settings.addMetaTag("referrer", "same-origin");
    }
}
