package org.laudable.review.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.PermitAll;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.laudable.loop.ui.LiveRefresh;
import org.laudable.project.LabelClass;
import org.laudable.project.ProjectAccess;
import org.laudable.project.ProjectService;
import org.laudable.project.Role;
import org.laudable.review.AgreementReport;
import org.laudable.review.AgreementService;
import org.laudable.security.CurrentUser;
import org.laudable.security.User;
import org.laudable.ui.ProjectPage;

/** How far people agree: overall, by class, by pair and week, what is confused, and how good each annotator probably is. */
@Route("projects/:projectId/agreement")
@PermitAll
class AgreementPage extends ProjectPage {
    private final AgreementService agreement;
    private final ProjectService projects;
    private final User user;
    private final Div body = new Div();
    private Map<Long, String> names = Map.of();

    AgreementPage(ProjectAccess access, AgreementService agreement, ProjectService projects, CurrentUser currentUser) {
        super(access, Role.REVIEWER, "ui.agreement");
        this.agreement = agreement;
        this.projects = projects;
        this.user = currentUser.require();
        body.addClassName("agreement-body");
    }

    @Override
    protected void build() {
        names = projects.classes(projectId()).stream().collect(Collectors.toMap(LabelClass::id, LabelClass::name));
        Div head = new Div(new H1(getTranslation("ui.agreement")));
        head.addClassName("page-head");
        body.removeAll();
        Paragraph reckoning = new Paragraph(getTranslation("agreement.reckoning"));
        reckoning.addClassName("secondary");
        body.add(reckoning);
        add(head, body);
    }

    /** The figures take a moment: the page is there before them. */
    @Override
    protected void onAttach(AttachEvent event) {
        super.onAttach(event);
        UI ui = event.getUI();
        long project = projectId();
        LiveRefresh.of(Duration.ofSeconds(1), ui, this, user, () -> agreement.report(project), this::show, getTranslation("review.gone")).news();
    }

    private void show(AgreementReport report) {
        body.removeAll();
        AgreementTables tables = new AgreementTables(this, names, projectId());
        if (report.items() == 0) {
            Div empty = new Div(new H2(getTranslation("agreement.empty.title")), new Paragraph(getTranslation("agreement.empty.text")));
            empty.addClassName("empty");
            empty.getElement().setAttribute("data-testid", "agreement-empty");
            body.add(empty);
            report.models().forEach(model -> body.add(tables.against(model)));
            return;
        }
        body.add(tables.overall(report), tables.annotators(report.annotators()), tables.confused(report.confused()),
                tables.classes(report.classes()), tables.pairs(report.pairs()), tables.weeks(report.weeks()));
        report.models().forEach(model -> body.add(tables.against(model)));
    }
}
