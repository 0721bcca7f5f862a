package org.laudable.project.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.progressbar.ProgressBar;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.PermitAll;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.laudable.dataset.ItemService;
import org.laudable.dataset.ProjectFigures;
import org.laudable.project.MemberService;
import org.laudable.project.Membership;
import org.laudable.project.Project;
import org.laudable.project.ProjectKind;
import org.laudable.project.ProjectService;
import org.laudable.project.ProjectState;
import org.laudable.project.Role;

/** All projects of the signed-in person, with how far each is. */
@Route("projects")
@PermitAll
public class ProjectsView extends Div implements HasDynamicTitle {

    ProjectsView(ProjectService projects, MemberService members, ItemService items) {
        addClassName("page");
        Button create = new Button(getTranslation("project.create"), click -> UI.getCurrent().navigate("projects/new"));
        create.addThemeVariants(ButtonVariant.PRIMARY);
        Div actions = new Div(create);
        actions.addClassName("actions");
        if (members.mine().stream().anyMatch(mine -> mine.role() == Role.MANAGER)) {
            actions.addComponentAsFirst(new Anchor("portfolio", getTranslation("portfolio.title")));
        }
        Div head = new Div(new H1(getTranslation("ui.projects")), actions);
        head.addClassName("page-head");
        add(head);
        List<Project> all = projects.mine();
        if (all.isEmpty()) {
            Div empty = new Div(new H2(getTranslation("project.empty.title")), new Paragraph(getTranslation("project.empty.text")));
            empty.addClassName("empty");
            add(empty);
            return;
        }
        Map<Long, Role> roles = members.mine().stream().collect(Collectors.toMap(Membership::projectId, Membership::role));
        Map<Long, ProjectFigures> figures = items.myFigures();
        Div list = new Div();
        list.addClassName("project-list");
        all.stream().filter(project -> project.state() != ProjectState.ARCHIVED)
                .forEach(project -> list.add(card(project, roles.get(project.id()), figures.getOrDefault(project.id(), ProjectFigures.EMPTY))));
        add(list);
        List<Project> archived = all.stream().filter(project -> project.state() == ProjectState.ARCHIVED).toList();
        if (!archived.isEmpty()) {
            Div old = new Div();
            old.addClassName("project-list");
            archived.forEach(project -> old.add(card(project, roles.get(project.id()), figures.getOrDefault(project.id(), ProjectFigures.EMPTY))));
            H2 title = new H2(getTranslation("project.archived"));
            title.addClassName("secondary");
            add(title, old);
        }
    }

    @Override
    public String getPageTitle() {
        return getTranslation("ui.projects");
    }

    private Component card(Project project, Role role, ProjectFigures figures) {
        boolean setUp = project.state() == ProjectState.DRAFT && role == Role.MANAGER;
        Span name = new Span(project.name());
        name.addClassName("project-name");
        Span state = new Span(getTranslation("project.state." + project.state()));
        state.addClassNames("chip", switch (project.state()) {
            case ACTIVE -> "good";
            case DRAFT -> "accent";
            case ARCHIVED -> "plain";
        });
        Div head = new Div(name, state);
        head.addClassName("project-card-head");
        Span description = new Span(project.description().isBlank() ? " " : project.description());
        description.addClassNames("secondary", "project-description");
        ProgressBar bar = new ProgressBar();
        bar.setValue(figures.items() == 0 ? 0 : Math.min(1.0, (figures.labeled() + figures.none()) / (double) figures.items()));
        bar.getElement().setAttribute("aria-label", getTranslation("project.progress", project.name()));
        Span labeled = new Span(figures.items() == 0 ? getTranslation(project.kind() == ProjectKind.SERIES ? "project.noItems.series" : "project.noItems")
                : getTranslation("project.labeledOf", figures.labeled() + figures.none(), figures.items()));
        Span mine = new Span(role == null ? "" : getTranslation("project.role." + role));
        Div foot = new Div(labeled, mine);
        foot.addClassNames("project-card-foot", "small", "secondary", "num");
        Anchor card = new Anchor(setUp ? "projects/new/" + project.id() : "projects/" + project.id(), head, description, bar, foot);
        card.addClassName("project-card");
        return card;
    }
}
