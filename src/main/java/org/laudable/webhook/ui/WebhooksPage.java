package org.laudable.webhook.ui;

import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.PermitAll;
import org.laudable.project.ProjectAccess;
import org.laudable.project.Role;
import org.laudable.ui.Notices;
import org.laudable.ui.ProjectPage;
import org.laudable.webhook.WebhookService;

/** The webhooks of a project by themselves: where a message that one fails leads to. */
@Route("projects/:projectId/settings/webhooks")
@PermitAll
class WebhooksPage extends ProjectPage {
    private final transient WebhookService webhooks;
    private final transient Notices notices;

    WebhooksPage(ProjectAccess access, WebhookService webhooks, Notices notices) {
        super(access, Role.MANAGER, "webhook.title");
        this.webhooks = webhooks;
        this.notices = notices;
    }

    @Override
    protected void build() {
        add(new H1(getTranslation("webhook.title")), new WebhookPanel(webhooks, projectId(), notices));
    }
}
