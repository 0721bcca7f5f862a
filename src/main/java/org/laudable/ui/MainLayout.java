package org.laudable.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.ComponentUtil;
import com.vaadin.flow.component.HasElement;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.KeyModifier;
import com.vaadin.flow.component.Shortcuts;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Layout;
import com.vaadin.flow.router.RouterLayout;
import com.vaadin.flow.shared.Registration;
import jakarta.annotation.security.PermitAll;
import java.util.Optional;
import org.laudable.LaudableConfig;
import org.laudable.notification.NotificationNews;
import org.laudable.notification.NotificationService;
import org.laudable.notification.ui.Bell;
import org.laudable.project.MemberService;
import org.laudable.project.Membership;
import org.laudable.security.CurrentUser;
import org.laudable.security.User;
import org.laudable.security.ui.ReadOnlyChanged;

/**
 * The frame around every page for people who are signed in: rail, breadcrumb, bell, user menu. Someone who is not can only
 * come to an error page here and sees it without the frame.
 */
@Layout
@PermitAll
public class MainLayout extends Div implements RouterLayout, AfterNavigationObserver {
    private final MemberService members;
    private final Optional<Rail> rail;
    private final Breadcrumb breadcrumb = new Breadcrumb();
    private final Main content = new Main();

    MainLayout(CurrentUser currentUser, MemberService members, NotificationService notifications, NotificationNews news,
            LaudableConfig config) {
        this.members = members;
        Optional<User> user = currentUser.find();
        this.rail = user.map(person -> new Rail(person, this));
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
        addReadOnlyBanner(currentUser);
        content.addClassName("content");
        content.setId("content");
        content.getElement().setAttribute("tabindex", "-1");
        user.ifPresentOrElse(person -> addFrame(person, new Bell(person, notifications, news)), () -> addClassName("bare"));
        add(content);
    }

    /** Comes and goes by itself: while the sign-in provider cannot be reached, its people may only look. */
    private void addReadOnlyBanner(CurrentUser currentUser) {
        Div banner = new Div(getTranslation("sso.readOnly"));
        banner.addClassNames("plain-http", "read-only");
        banner.getElement().setAttribute("role", "status");
        banner.setVisible(currentUser.isReadOnly());
        add(banner);
        addAttachListener(attached -> {
            Registration news = ComponentUtil.addListener(attached.getUI(), ReadOnlyChanged.class, change -> banner.setVisible(change.readOnly()));
            addDetachListener(detached -> {
                detached.unregisterListener();
                news.remove();
            });
        });
    }

    private void addFrame(User user, Bell bell) {
        Div top = new Div(breadcrumb, bell, new UserMenu(user));
        top.addClassName("top");
        add(rail.orElseThrow(), top);
        Shortcuts.addShortcutListener(this, () -> new Palette(rail.orElseThrow().places(members.mine())).open(),
                Key.KEY_K, KeyModifier.CONTROL).setBrowserDefaultAllowed(false);
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
        if (rail.isEmpty()) {
            return;
        }
        Optional<Membership> project = event.getRouteParameters().getLong("projectId").flatMap(members::mine);
        String title = title(event);
        rail.get().show(event.getLocation().getPath(), project);
        breadcrumb.show(title, project, members.mine());
        String tab = title + project.map(found -> " · " + found.projectName()).orElse("") + " · Laudable";
        getUI().ifPresent(ui -> ui.beforeClientResponse(this, answer -> ui.getPage().setTitle(tab)));
    }

    private static String title(AfterNavigationEvent event) {
        Component page = (Component) event.getActiveChain().getFirst();
        return page instanceof HasDynamicTitle titled ? titled.getPageTitle() : "";
    }
}
