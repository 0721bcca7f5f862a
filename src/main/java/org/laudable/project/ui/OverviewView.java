package org.laudable.project.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.progressbar.ProgressBar;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.PermitAll;
import java.util.List;
import java.util.Optional;
import org.laudable.budget.BudgetService;
import org.laudable.budget.BudgetSummary;
import org.laudable.dataset.DataImport;
import org.laudable.dataset.ItemService;
import org.laudable.dataset.ProjectFigures;
import org.laudable.dataset.ui.FileDrop;
import org.laudable.dataset.ui.FilePreviewPanel;
import org.laudable.dataset.ui.ImportList;
import org.laudable.laud.RunView;
import org.laudable.live.ProjectEvents;
import org.laudable.project.Project;
import org.laudable.project.ProjectAccess;
import org.laudable.project.ProjectKind;
import org.laudable.project.ProjectState;
import org.laudable.project.Role;
import org.laudable.series.SeriesInfo;
import org.laudable.ui.ProjectPage;

/** A project at a glance: how far it is, what to do next, its files. */
@Route("projects/:projectId")
@PermitAll
public class OverviewView extends ProjectPage {
    private final transient WizardServices services;
    private final transient ItemService items;
    private final transient BudgetService budgets;
    private final Div figures = new Div();
    private transient Project project;
    private transient ImportList files;
    private transient Runnable unsubscribe = () -> { };

    OverviewView(ProjectAccess access, WizardServices services, ItemService items, BudgetService budgets) {
        super(access, Role.ANNOTATOR, "ui.overview");
        this.services = services;
        this.items = items;
        this.budgets = budgets;
        figures.addClassName("figures");
    }

    @Override
    protected void build() {
        project = services.projects().find(projectId());
        Span state = new Span(stateWord());
        state.addClassNames("chip", project.state() == ProjectState.ACTIVE ? "good" : "accent");
        Div title = new Div(new H1(project.name()), state);
        title.addClassName("title-line");
        Div head = new Div(title);
        head.addClassName("page-head");
        add(head);
        if (!project.description().isBlank()) {
            Paragraph description = new Paragraph(project.description());
            description.addClassNames("secondary", "reading");
            add(description);
        }
        showFigures();
        add(figures, nextSteps());
        if (role().includes(Role.REVIEWER)) {
            add(series() ? new SeriesFiles(projectId(), role() == Role.MANAGER, project.state() == ProjectState.ACTIVE, services) : fileSection());
        }
        if (role() == Role.MANAGER) {
            add(series() ? new SeriesExportLinks(projectId(), services.series().ofProject(projectId())) : exportSection());
        }
    }

    @Override
    protected void onAttach(AttachEvent attached) {
        UI ui = attached.getUI();
        unsubscribe = services.events().subscribe(projectId(), kind -> {
            if (kind == ProjectEvents.Kind.IMPORT || kind == ProjectEvents.Kind.ANSWERS || kind == ProjectEvents.Kind.RUN) {
                ui.access(this::showFigures);
            }
        });
    }

    @Override
    protected void onDetach(DetachEvent detached) {
        unsubscribe.run();
    }

    private boolean series() {
        return project.kind() == ProjectKind.SERIES;
    }

    /** What the run is doing where there is one; else the project's own state. */
    private String stateWord() {
        Optional<RunView> run = project.state() == ProjectState.ACTIVE && role().includes(Role.REVIEWER) && !series()
                ? services.runs().current(projectId()) : Optional.empty();
        return run.map(one -> getTranslation("run.state." + one.state())).orElse(getTranslation("project.state." + project.state()));
    }

    private void showFigures() {
        figures.removeAll();
        if (series()) {
            showSeriesFigures();
            return;
        }
        ProjectFigures now = items.figures(projectId());
        long answered = now.labeled() + now.none();
        ProgressBar bar = new ProgressBar();
        bar.setValue(now.items() == 0 ? 0 : Math.min(1.0, answered / (double) now.items()));
        bar.getElement().setAttribute("aria-label", getTranslation("project.progress", project.name()));
        Span done = new Span(getTranslation("project.labeledOf", answered, now.items()));
        done.addClassName("figure-value");
        Div progress = new Div(done, bar);
        progress.addClassNames("figure", "wide");
        figures.add(progress);
        figure("project.figure.people", number(now.byPeople()), "origin person");
        figure("project.figure.model", number(now.labeled() - now.byPeople()), "origin model");
        figure("project.figure.none", number(now.none()), "");
        showSpent();
    }

    private void showSeriesFigures() {
        List<SeriesInfo> all = services.series().ofProject(projectId());
        ProjectFigures now = items.figures(projectId());
        figure("series.figure.series", number(all.size()), "");
        figure("series.figure.points", number(all.stream().mapToLong(SeriesInfo::points).sum()), "");
        figure("series.figure.answered", number(now.byPeople() + now.none()), "origin person");
        showSpent();
    }

    private void showSpent() {
        if (role().includes(Role.REVIEWER)) {
            BudgetSummary budget = budgets.summary(projectId());
            String spent = Money.shown(budget.settledMicros(), budget.currency(), getLocale());
            figure("project.figure.spent", budget.capMicros().isEmpty() ? spent
                    : getTranslation("project.figure.spentOf", spent, Money.shown(budget.capMicros().getAsLong(), budget.currency(), getLocale())), "");
        }
    }

    private void figure(String key, String value, String classes) {
        Span shown = new Span(value);
        shown.addClassName("figure-value");
        Span name = new Span(getTranslation(key));
        name.addClassNames("small", "secondary");
        if (!classes.isEmpty()) {
            name.removeClassName("secondary");
            name.addClassNames(classes.split(" "));
        }
        Div figure = new Div(shown, name);
        figure.addClassName("figure");
        figures.add(figure);
    }

    private String number(long value) {
        return String.format(getLocale(), "%,d", value);
    }

    private Component nextSteps() {
        Div links = new Div();
        links.addClassName("next-steps");
        String root = "projects/" + projectId();
        if (project.state() == ProjectState.DRAFT) {
            if (role() == Role.MANAGER) {
                links.add(step("projects/new/" + projectId(), "project.next.setUp"));
            } else {
                links.add(new Paragraph(getTranslation("project.next.notReady")));
            }
            return links;
        }
        if (project.state() == ProjectState.ARCHIVED) {
            links.add(new Paragraph(getTranslation("project.next.archived")));
            return links;
        }
        links.add(step(root + "/label", series() ? "project.next.labelSeries" : "project.next.label"));
        if (role().includes(Role.REVIEWER)) {
            if (series()) {
                links.add(step(root + "/anomalies", "project.next.anomalies"), step(root + "/series", "project.next.series"));
            } else {
                links.add(step(root + "/run", "project.next.run"), step(root + "/items", "project.next.items"));
            }
        }
        if (role() == Role.MANAGER) {
            links.add(step(root + "/team", "project.next.team"));
        }
        return links;
    }

    private Component step(String path, String key) {
        Span title = new Span(getTranslation(key));
        title.addClassName("next-title");
        Span text = new Span(getTranslation(key + ".text"));
        text.addClassNames("small", "secondary");
        Anchor link = new Anchor(path, title, text);
        link.addClassName("next-step");
        return link;
    }

    private Component fileSection() {
        files = new ImportList(projectId(), role() == Role.MANAGER, services.imports(), services.jobs(), services.events(), this::openDraft);
        Div head = new Div(new H2(getTranslation("project.files")));
        head.addClassName("page-head");
        if (role() == Role.MANAGER && project.state() == ProjectState.ACTIVE) {
            head.add(new Button(getTranslation("project.files.add"), click -> addFile()));
        }
        Div section = new Div(head, files);
        section.addClassName("section");
        return section;
    }

    private Component exportSection() {
        Paragraph text = new Paragraph(getTranslation("project.export.text"));
        text.addClassName("secondary");
        Div section = new Div(new H2(getTranslation("project.export")), text, new ExportLinks(projectId()));
        section.addClassName("section");
        return section;
    }

    private void addFile() {
        Dialog dialog = new Dialog(getTranslation("project.files.add"));
        dialog.setWidth("720px");
        dialog.add(new FileDrop((name, bytes) -> services.imports().upload(projectId(), name, bytes), services.notices(), draft -> {
            dialog.close();
            openDraft(draft);
        }));
        dialog.getFooter().add(new Button(getTranslation("project.cancel"), click -> dialog.close()));
        dialog.open();
    }

    private void openDraft(DataImport draft) {
        FilePreviewPanel preview = new FilePreviewPanel(services.imports(), draft);
        Dialog dialog = new Dialog(getTranslation("project.files.look"), preview);
        dialog.setWidth("960px");
        Button start = new Button(getTranslation("project.files.import"), click -> {
            preview.save();
            services.imports().begin(projectId(), draft.id());
            dialog.close();
            files.show();
        });
        start.addThemeVariants(ButtonVariant.PRIMARY);
        dialog.addDialogCloseActionListener(close -> {
            dialog.close();
            files.show();
        });
        dialog.getFooter().add(new Button(getTranslation("project.cancel"), click -> {
            dialog.close();
            files.show();
        }), start);
        dialog.open();
    }
}
