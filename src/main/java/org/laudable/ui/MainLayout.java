package org.laudable.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasElement;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Layout;
import com.vaadin.flow.router.RouterLayout;
import jakarta.annotation.security.PermitAll;
import java.util.Optional;
import org.laudable.LaudableConfig;
import org.laudable.project.MemberService;
import org.laudable.project.Membership;
import org.laudable.security.CurrentUser;
import org.laudable.security.User;

/** The frame around every page for people who are signed in: rail, breadcrumb, user menu. */
@Layout
@PermitAll
public class MainLayout extends Div implements RouterLayout, AfterNavigationObserver {
    private final MemberService members;
    private final User user;
    private final Rail rail;
    private final Breadcrumb breadcrumb = new Breadcrumb();
    private final Main content = new Main();

    MainLayout(CurrentUser currentUser, MemberService members, LaudableConfig config) {
        this.members = members;
        this.user = currentUser.require();
        this.rail = new Rail(user, this);
        addClassName("shell");
        Anchor skip = new Anchor("#content", getTranslation("ui.skip"));
        skip.addClassName("skip-link");
        skip.setRouterIgnore(true);
        add(skip);
        if (config.plainHttp()) {
            Div banner = new Div(getTranslation("ui.plainHttp"));
            banner.addClassName("plain-http");
            banner.getElement().setAttribute("role", "note");
            add(banner);
        }
        Div top = new Div(breadcrumb, new UserMenu(user));
        top.addClassName("top");
        content.addClassName("content");
        content.setId("content");
        content.getElement().setAttribute("tabindex", "-1");
        add(rail, top, content);
    }

    @Override
    public void showRouterLayoutContent(HasElement page) {
        content.getElement().removeAllChildren();
        content.getElement().appendChild(page.getElement());
    }

    @Override
    public void removeRouterLayoutContent(HasElement page) {
        content.getElement().removeAllChildren();
    }

    @Override
    public void afterNavigation(AfterNavigationEvent event) {
        Optional<Membership> project = event.getRouteParameters().getLong("projectId").flatMap(members::mine);
        String title = title(event);
        rail.show(event.getLocation().getPath(), project);
        breadcrumb.show(title, project, members.mine());
        getUI().ifPresent(ui -> ui.getPage().setTitle(
                title + project.map(found -> " · " + found.projectName()).orElse("") + " · Laudable"));
    }

    private static String title(AfterNavigationEvent event) {
        Component page = (Component) event.getActiveChain().getFirst();
        return page instanceof HasDynamicTitle titled ? titled.getPageTitle() : "";
    }
}
