package org.laudable.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasStyle;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.contextmenu.ContextMenu;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Nav;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.RouteConfiguration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.laudable.project.Membership;
import org.laudable.project.ProjectKind;
import org.laudable.project.Role;
import org.laudable.security.User;

/**
 * Where to go: on a wide screen a rail that folds to icons, on a phone a bar at the bottom whose last entry opens the
 * rest. Shows only what the person may use and what exists.
 */
final class Rail extends Nav {
    private final User user;
    private final HasStyle shell;
    private final List<Link> links = new ArrayList<>();

    Rail(User user, HasStyle shell) {
        this.user = user;
        this.shell = shell;
        addClassName("rail");
        getElement().setAttribute("aria-label", getTranslation("ui.navigation"));
        addAttachListener(attached -> attached.getUI().getPage()
                .executeJs("return localStorage.getItem('laudable.rail')")
                .then(String.class, stored -> narrow("narrow".equals(stored))));
    }

    /** Shows the entries for this place. */
    void show(String path, Optional<Membership> project) {
        removeAll();
        links.clear();
        Anchor brand = new Anchor("", Icon.BRAND.create(), new Span("Laudable"));
        brand.addClassName("brand");
        add(brand);
        boolean inside = project.isPresent();
        link("", "ui.myWork", Icon.WORK, true);
        link("projects", "ui.projects", Icon.PROJECTS, !inside);
        project.ifPresent(this::projectLinks);
        if (user.admin()) {
            section(getTranslation("ui.admin"));
            link("admin/providers", "llm.providers", Icon.PROVIDERS, false);
            link("admin/people", "ui.people", Icon.PEOPLE, !inside);
            link("admin/calls", "llm.calls", Icon.CALLS, false);
            link("admin/jobs", "ui.jobs", Icon.JOBS, !inside);
            link("admin/audit", "audit.title", Icon.AUDIT, false);
        }
        Div grow = new Div();
        grow.addClassName("grow");
        add(grow, moreButton(), foldButton());
        String place = project.map(here -> withItsData(path, here)).orElse(path);
        links.stream().filter(link -> link.isAt(place)).max((a, b) -> a.path.length() - b.path.length())
                .ifPresent(link -> link.anchor.getElement().setAttribute("aria-current", "page"));
    }

    /** Snapshots have no entry of their own: they are reached from the data they are of. */
    private static String withItsData(String path, Membership project) {
        return path.replaceFirst("^(projects/\\d+)/snapshots(/.*)?$", project.kind() == ProjectKind.SERIES ? "$1/series" : "$1/items");
    }

    /** All places the rail would show in this or any of the person's projects. */
    List<Palette.Place> places(List<Membership> projects) {
        List<Palette.Place> places = new ArrayList<>();
        List.of(Map.entry("", "ui.myWork"), Map.entry("projects", "ui.projects"), Map.entry("portfolio", "portfolio.title"), Map.entry("profile", "ui.profile"))
                .forEach(entry -> place(places, "", entry.getKey(), entry.getValue()));
        for (Membership project : projects) {
            String root = "projects/" + project.projectId();
            String name = project.projectName() + " · ";
            place(places, name, root, "ui.overview");
            place(places, name, root + "/label", "ui.label");
            place(places, name, root + "/people", "ui.figures");
            if (project.role().includes(Role.REVIEWER)) {
                if (project.kind() == ProjectKind.SERIES) {
                    place(places, name, root + "/anomalies", "ui.anomalies");
                    place(places, name, root + "/live", "live.title");
                    place(places, name, root + "/series", "ui.series");
                } else {
                    place(places, name, root + "/items", "ui.items");
                }
                place(places, name, root + "/snapshots", "snapshot.title");
                place(places, name, root + "/review", "ui.review");
                place(places, name, root + "/agreement", "ui.agreement");
                place(places, name, root + "/run", "ui.run");
            }
            if (project.role().includes(Role.MANAGER)) {
                if (project.kind() == ProjectKind.TEXT) {
                    place(places, name, root + "/prompts", "ui.prompts");
                }
                place(places, name, root + "/team", "ui.team");
                place(places, name, root + "/budget", "ui.budget");
                place(places, name, root + "/settings", "ui.settings");
                place(places, name, root + "/audit", "audit.title");
            }
        }
        if (user.admin()) {
            place(places, "", "admin/people", "ui.people");
            place(places, "", "admin/sign-in", "sso.title");
            place(places, "", "admin/jobs", "ui.jobs");
            place(places, "", "admin/audit", "audit.title");
        }
        return places;
    }

    private void place(List<Palette.Place> places, String prefix, String path, String key) {
        if (RouteConfiguration.forSessionScope().getRoute(path).isPresent()) {
            places.add(new Palette.Place(prefix + getTranslation(key), path));
        }
    }

    private void projectLinks(Membership project) {
        section(project.projectName());
        String root = "projects/" + project.projectId();
        link(root, "ui.overview", Icon.OVERVIEW, false);
        link(root + "/label", "ui.label", Icon.LABEL, true);
        if (project.role().includes(Role.REVIEWER)) {
            if (project.kind() == ProjectKind.SERIES) {
                link(root + "/anomalies", "ui.anomalies", Icon.ANOMALIES, true);
                link(root + "/live", "live.title", Icon.LIVE, false);
                link(root + "/series", "ui.series", Icon.SERIES, true);
            } else {
                link(root + "/items", "ui.items", Icon.ITEMS, true);
            }
            link(root + "/review", "ui.review", Icon.REVIEW, true);
            link(root + "/agreement", "ui.agreement", Icon.AGREEMENT, false);
            link(root + "/run", "ui.run", Icon.RUN, false);
        }
        if (project.role().includes(Role.MANAGER)) {
            if (project.kind() == ProjectKind.TEXT) {
                link(root + "/prompts", "ui.prompts", Icon.PROMPTS, false);
            }
            link(root + "/team", "ui.team", Icon.TEAM, false);
            link(root + "/people", "ui.figures", Icon.FIGURES, false);
            link(root + "/budget", "ui.budget", Icon.BUDGET, false);
            link(root + "/settings", "ui.settings", Icon.SETTINGS, false);
        } else {
            link(root + "/people", "ui.figures", Icon.FIGURES, false);
        }
    }

    /** @param major whether it has a place of its own in a phone's bottom bar */
    private void link(String path, String key, Icon icon, boolean major) {
        if (RouteConfiguration.forSessionScope().getRoute(path).isEmpty()) {
            return;
        }
        Anchor anchor = new Anchor(path, icon.create(), new Span(getTranslation(key)));
        anchor.addClassName("entry");
        anchor.getElement().setAttribute("title", getTranslation(key));
        if (!major) {
            anchor.addClassName("minor");
        }
        links.add(new Link(path, key, anchor, major));
        add(anchor);
    }

    private void section(String name) {
        Div section = new Div(name);
        section.addClassName("section");
        add(section);
    }

    private Component moreButton() {
        NativeButton more = button(Icon.MORE, "ui.more");
        more.addClassName("more");
        ContextMenu menu = new ContextMenu(more);
        menu.setOpenOnClick(true);
        links.stream().filter(link -> !link.major)
                .forEach(link -> menu.addItem(getTranslation(link.key), click -> UI.getCurrent().navigate(link.path)));
        more.setVisible(links.stream().anyMatch(link -> !link.major));
        return more;
    }

    private Component foldButton() {
        NativeButton fold = button(Icon.COLLAPSE, "ui.fold");
        fold.addClassName("collapse");
        fold.addClickListener(click -> {
            boolean narrow = !shell.hasClassName("narrow");
            narrow(narrow);
            UI.getCurrent().getPage().executeJs("localStorage.setItem('laudable.rail', $0)", narrow ? "narrow" : "wide");
        });
        return fold;
    }

    private NativeButton button(Icon icon, String key) {
        NativeButton button = new NativeButton();
        button.add(icon.create(), new Span(getTranslation(key)));
        button.addClassName("entry");
        return button;
    }

    private void narrow(boolean narrow) {
        shell.setClassName("narrow", narrow);
    }

    private record Link(String path, String key, Anchor anchor, boolean major) {
        boolean isAt(String place) {
            return place.equals(path) || !path.isEmpty() && place.startsWith(path + "/");
        }
    }
}
