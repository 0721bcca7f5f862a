package org.laudable.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.contextmenu.ContextMenu;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Nav;
import com.vaadin.flow.component.html.Span;
import java.util.List;
import java.util.Optional;
import org.laudable.project.Membership;

/** Where one is; the project's name opens the list of one's other projects. */
final class Breadcrumb extends Nav {

    Breadcrumb() {
        addClassName("crumbs");
        getElement().setAttribute("aria-label", getTranslation("ui.breadcrumb"));
    }

    void show(String title, Optional<Membership> project, List<Membership> mine) {
        removeAll();
        project.ifPresent(here -> {
            Anchor root = new Anchor("projects", getTranslation("ui.projects"));
            root.addClassName("root");
            add(root, separator());
            if (mine.size() > 1) {
                add(switcher(here, mine));
            } else {
                add(new Anchor("projects/" + here.projectId(), here.projectName()));
            }
            add(separator());
        });
        Span here = new Span(title);
        here.addClassName("here");
        here.getElement().setAttribute("aria-current", "page");
        add(here);
    }

    private NativeButton switcher(Membership here, List<Membership> mine) {
        NativeButton button = new NativeButton(here.projectName());
        button.addClassName("switcher");
        button.getElement().setAttribute("aria-haspopup", "menu");
        button.setTitle(getTranslation("ui.switchProject"));
        ContextMenu menu = new ContextMenu(button);
        menu.setOpenOnClick(true);
        mine.forEach(other -> {
            var item = menu.addItem(other.projectName(), click -> UI.getCurrent().navigate("projects/" + other.projectId()));
            item.setCheckable(true);
            item.setChecked(other.projectId() == here.projectId());
        });
        return button;
    }

    private static Span separator() {
        Span separator = new Span("/");
        separator.addClassName("sep");
        separator.getElement().setAttribute("aria-hidden", "true");
        return separator;
    }
}
