package org.laudable.project.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.Route;
import io.quarkus.security.ForbiddenException;
import jakarta.annotation.security.PermitAll;
import java.util.List;
import java.util.Optional;
import org.laudable.dataset.DataImport;
import org.laudable.dataset.ImportState;
import org.laudable.project.Membership;
import org.laudable.project.Project;
import org.laudable.project.ProjectKind;
import org.laudable.project.ProjectState;
import org.laudable.project.Role;

/** Sets a project up in five steps; each is saved in a draft that can be gone on with any time. */
@Route("projects/new/:projectId?([0-9]{1,18})")
@PermitAll
public class NewProjectView extends Div implements BeforeEnterObserver, HasDynamicTitle {
    private static final List<String> TEXT_STEPS = List.of("data", "classes", "people", "engine", "summary");
    private static final List<String> SERIES_STEPS = List.of("data", "normal", "people", "budget", "summary");

    private final transient WizardServices services;
    private final OrderedList stepper = new OrderedList();
    private final Div content = new Div();
    private final Button back = new Button();
    private final Button later = new Button();
    private final Button next = new Button();
    private transient Project project;
    private transient WizardStep step;
    private ProjectKind kind = ProjectKind.TEXT;
    private int at;

    NewProjectView(WizardServices services) {
        this.services = services;
        addClassNames("page", "wizard");
        stepper.addClassName("stepper");
        stepper.getElement().setAttribute("aria-label", getTranslation("project.wizard.steps"));
        content.addClassNames("card", "wizard-card");
        back.setText(getTranslation("project.wizard.back"));
        back.addClickListener(click -> go(at - 1, false));
        later.setText(getTranslation("project.wizard.later"));
        later.addThemeVariants(ButtonVariant.TERTIARY);
        later.addClickListener(click -> {
            project = step.save(project, false);
            services.notices().info(getTranslation("project.wizard.saved"));
            UI.getCurrent().navigate("projects");
        });
        next.addThemeVariants(ButtonVariant.PRIMARY);
        next.setDisableOnClick(true);
        next.addClickListener(click -> {
            try {
                forward();
            } finally {
                next.setEnabled(true);
            }
        });
        Div bar = new Div(back, later, next);
        bar.addClassName("wizard-bar");
        H1 title = new H1(getTranslation("project.wizard.title"));
        add(title, stepper, content, bar);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        Optional<Long> asked = event.getRouteParameters().getLong("projectId");
        if (asked.isPresent()) {
            Optional<Membership> mine = services.members().mine(asked.get());
            if (mine.isEmpty()) {
                event.rerouteToError(NotFoundException.class);
                return;
            }
            if (mine.get().role() != Role.MANAGER) {
                event.rerouteToError(ForbiddenException.class);
                return;
            }
            project = services.projects().find(asked.get());
            kind = project.kind();
            if (project.state() != ProjectState.DRAFT) {
                event.forwardTo("projects/" + project.id());
                return;
            }
        }
        int wanted = event.getLocation().getQueryParameters().getSingleParameter("step").filter(s -> s.matches("[1-5]"))
                .map(s -> Integer.parseInt(s) - 1).orElse(0);
        show(project == null ? 0 : wanted);
    }

    @Override
    public String getPageTitle() {
        return getTranslation("project.wizard.title");
    }

    private void forward() {
        if (at < steps().size() - 1) {
            go(at + 1, true);
            return;
        }
        project = services.projects().activate(project.id());
        if (kind == ProjectKind.SERIES) {
            startSeries();
            return;
        }
        for (DataImport file : services.imports().ofProject(project.id())) {
            if (file.state() == ImportState.DRAFT) {
                services.imports().begin(project.id(), file.id());
            }
        }
        services.runs().start(project.id());
        UI.getCurrent().navigate("projects/" + project.id() + "/run");
    }

    private void startSeries() {
        services.seriesImports().draft(project.id()).ifPresent(draft -> services.seriesImports().begin(project.id(), draft.id()));
        services.detections().start(project.id());
        UI.getCurrent().navigate("projects/" + project.id() + "/run");
    }

    private List<String> steps() {
        return kind == ProjectKind.SERIES ? SERIES_STEPS : TEXT_STEPS;
    }

    private void go(int to, boolean complete) {
        project = step.save(project, complete);
        show(to);
    }

    private void show(int to) {
        at = to;
        boolean series = kind == ProjectKind.SERIES;
        step = switch (steps().get(to)) {
            case "data" -> series ? new SeriesDataStep(services, Optional.ofNullable(project), this::created)
                    : new DataStep(services, Optional.ofNullable(project), this::created);
            case "classes" -> new ClassesStep(services, project);
            case "normal" -> new SeriesNormalStep(services, project);
            case "people" -> new PeopleStep(services, project);
            case "engine" -> new EngineStep(services, project);
            case "budget" -> new SeriesBudgetStep(services, project);
            default -> series ? new SeriesSummaryStep(services, project) : new SummaryStep(services, project);
        };
        content.removeAll();
        if (project == null) {
            content.add(new KindChooser(kind, chosen -> {
                kind = chosen;
                show(0);
            }));
        }
        content.add(step);
        back.setVisible(to > 0);
        next.setText(getTranslation(to == steps().size() - 1 ? "project.wizard.start" : "project.wizard.next"));
        later.setVisible(project != null);
        showStepper();
        remember();
    }

    /** The draft exists: from now on a reload comes back to it. */
    private void created(Project fresh) {
        project = fresh;
        content.getChildren().filter(KindChooser.class::isInstance).forEach(content::remove);
        later.setVisible(true);
        showStepper();
        remember();
    }

    private void remember() {
        if (project != null) {
            UI.getCurrent().getPage().getHistory().replaceState(null, "projects/new/" + project.id() + "?step=" + (at + 1));
        }
    }

    private void showStepper() {
        stepper.removeAll();
        for (int i = 0; i < steps().size(); i++) {
            int target = i;
            Span number = new Span(Integer.toString(i + 1));
            number.addClassName("step-number");
            NativeButton button = new NativeButton("", click -> {
                if (target != at) {
                    go(target, target > at);
                }
            });
            button.add(number, new Span(getTranslation("project.step." + steps().get(i))));
            button.setEnabled(project != null && target != at);
            ListItem item = new ListItem(button);
            item.addClassName(i < at ? "past" : i == at ? "here" : "ahead");
            if (i == at) {
                item.getElement().setAttribute("aria-current", "step");
            }
            stepper.add(item);
        }
    }
}
