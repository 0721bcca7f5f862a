package org.laudable.review.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.Route;
import io.quarkus.security.ForbiddenException;
import jakarta.annotation.security.PermitAll;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.laudable.loop.ui.LiveRefresh;
import org.laudable.project.LabelClass;
import org.laudable.project.ProjectAccess;
import org.laudable.project.ProjectService;
import org.laudable.project.Role;
import org.laudable.review.AgreementReport;
import org.laudable.review.AgreementService;
import org.laudable.review.ConfusionService;
import org.laudable.review.Rater;
import org.laudable.security.CurrentUser;
import org.laudable.security.User;
import org.laudable.ui.ProjectPage;

/** How far people agree: overall, by class, by pair and week, what is confused, and how good each annotator probably is. */
@Route("projects/:projectId/agreement")
@PermitAll
class AgreementPage extends ProjectPage {
    private static final Logger LOG = Logger.getLogger(AgreementPage.class);

    private final AgreementService agreement;
    private final ConfusionService confusions;
    private final ProjectService projects;
    private final User user;
    private final Div body = new Div();
    private final Button again = new Button();
    private Map<Long, String> names = Map.of();

    AgreementPage(ProjectAccess access, AgreementService agreement, ConfusionService confusions, ProjectService projects, CurrentUser currentUser) {
        super(access, Role.REVIEWER, "ui.agreement");
        this.agreement = agreement;
        this.confusions = confusions;
        this.projects = projects;
        this.user = currentUser.require();
        body.addClassName("agreement-body");
        again.setText(getTranslation("agreement.again"));
        again.setDisableOnClick(true);
        again.addClickListener(click -> reckon(click.getSource().getUI().orElseThrow()));
    }

    @Override
    protected void build() {
        names = projects.classes(projectId()).stream().collect(Collectors.toMap(LabelClass::id, LabelClass::name));
        Div actions = new Div(again);
        actions.addClassName("actions");
        Div head = new Div(new H1(getTranslation("ui.agreement")), actions);
        head.addClassName("page-head");
        body.removeAll();
        Paragraph reckoning = new Paragraph(getTranslation("agreement.reckoning"));
        reckoning.addClassName("secondary");
        reckoning.getElement().setAttribute("role", "status");
        body.add(reckoning);
        add(head, body);
    }

    /** The figures take a moment: the page is there before them. */
    @Override
    protected void onAttach(AttachEvent event) {
        super.onAttach(event);
        again.setEnabled(false);
        reckon(event.getUI());
    }

    /** Empty: they could not be reckoned. */
    private record Figures(Optional<AgreementReport> report, List<Rater> raters) {}

    private void reckon(UI ui) {
        long project = projectId();
        LiveRefresh.of(Duration.ofSeconds(1), ui, this, user, () -> read(project), this::show, getTranslation("review.gone")).news();
    }

    private Figures read(long project) {
        try {
            return new Figures(Optional.of(agreement.report(project)), confusions.raters(project));
        } catch (ForbiddenException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.errorf(e, "The agreement of project %d could not be reckoned", project);
            return new Figures(Optional.empty(), List.of());
        }
    }

    private void show(Figures figures) {
        again.setEnabled(true);
        body.removeAll();
        if (figures.report().isEmpty()) {
            body.add(empty("agreement.failed", "agreement.failed.title", "agreement.failed.text"));
            return;
        }
        AgreementReport report = figures.report().get();
        AgreementTables tables = new AgreementTables(this, names, projectId());
        if (report.items() == 0) {
            body.add(empty("agreement-empty", "agreement.empty.title", "agreement.empty.text"));
        } else {
            body.add(tables.overall(report), tables.annotators(report.annotators(), report.made()), tables.confused(report.confused()));
        }
        if (figures.raters().size() > 1) {
            body.add(new ConfusionCard(confusions, figures.raters(), names, projectId()));
        }
        if (report.items() > 0) {
            body.add(tables.classes(report.classes()), tables.pairs(report.pairs()), tables.weeks(report.weeks()));
        }
        report.models().forEach(model -> body.add(tables.against(model)));
    }

    private Div empty(String id, String title, String text) {
        Div empty = new Div(new H2(getTranslation(title)), new Paragraph(getTranslation(text)));
        empty.addClassName("empty");
        empty.getElement().setAttribute("data-testid", id);
        return empty;
    }
}
