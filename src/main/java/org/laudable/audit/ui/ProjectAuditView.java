package org.laudable.audit.ui;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.PermitAll;
import java.util.Optional;
import org.laudable.audit.AuditTrail;
import org.laudable.project.ProjectAccess;
import org.laudable.project.Role;
import org.laudable.ui.ProjectPage;

/** Who did what in one project; for its managers. */
@Route("projects/:projectId/audit")
@PermitAll
class ProjectAuditView extends ProjectPage {
    private final AuditTrail trail;
    private final ObjectMapper json;

    ProjectAuditView(ProjectAccess access, AuditTrail trail, ObjectMapper json) {
        super(access, Role.MANAGER, "audit.title");
        this.trail = trail;
        this.json = json;
        addClassName("audit-page");
    }

    @Override
    protected void build() {
        AuditTable table = new AuditTable(trail, json, Optional.of(projectId()));
        Div head = new Div(new H1(getTranslation("audit.title")), new Button(getTranslation("audit.reload"), click -> table.refresh()));
        head.addClassName("page-head");
        add(head, table);
    }
}
