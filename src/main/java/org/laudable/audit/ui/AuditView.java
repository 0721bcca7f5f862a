package org.laudable.audit.ui;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.RolesAllowed;
import java.util.Optional;
import org.laudable.audit.AuditChain;
import org.laudable.audit.AuditTrail;
import org.laudable.security.CurrentUser;
import org.laudable.ui.CopyField;

/** Who did what in all of Laudable, and the check that nothing of it was changed since. */
@Route("admin/audit")
@RolesAllowed(CurrentUser.ADMIN)
class AuditView extends Div implements HasDynamicTitle {
    private final AuditTrail trail;
    private final Div verdict = new Div();
    private final AuditTable table;

    AuditView(AuditTrail trail, ObjectMapper json) {
        this.trail = trail;
        this.table = new AuditTable(trail, json, Optional.empty());
        addClassNames("page", "audit-page");
        Button verify = new Button(getTranslation("audit.verify"), click -> verify());
        verify.setDisableOnClick(true);
        verify.addClickListener(click -> verify.setEnabled(true));
        Div actions = new Div(new Button(getTranslation("audit.reload"), click -> table.refresh()), verify);
        actions.addClassName("actions");
        Div head = new Div(new H1(getTranslation("audit.title")), actions);
        head.addClassName("page-head");
        verdict.addClassName("audit-verdict");
        verdict.getElement().setAttribute("role", "status");
        verdict.setVisible(false);
        add(head, verdict, table);
    }

    @Override
    public String getPageTitle() {
        return getTranslation("audit.title");
    }

    private void verify() {
        AuditChain.Verification found = trail.verify();
        verdict.removeAll();
        boolean whole = found.fault().isEmpty();
        Span chip = new Span(getTranslation(whole ? "audit.whole" : "audit.broken"));
        chip.addClassNames("chip", whole ? "good" : "bad");
        verdict.add(chip, new Span(found.fault().orElseGet(() -> getTranslation("audit.verified", found.events(), found.waiting()))));
        if (!found.head().isEmpty()) {
            verdict.add(new CopyField(getTranslation("audit.head"), found.head()));
        }
        verdict.setVisible(true);
        table.refresh();
    }
}
