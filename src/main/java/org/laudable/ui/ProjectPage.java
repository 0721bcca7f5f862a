package org.laudable.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.RouteParameters;
import io.quarkus.security.ForbiddenException;
import java.util.Optional;
import org.laudable.project.ProjectAccess;
import org.laudable.project.Role;

/**
 * A page inside a project, at {@code projects/:projectId/…}. Someone without the role sees 'no access' (a member) or
 * 'not found' (anyone else: whether the project exists is no business of theirs). Subclasses fill themselves in
 * {@link #build()}.
 */
public abstract class ProjectPage extends Div implements BeforeEnterObserver, HasDynamicTitle {
    private final ProjectAccess access;
    private final Role atLeast;
    private final String titleKey;
    private long projectId;
    private Role role;
    private RouteParameters parameters;
    private Location location;

    /**
     * @param atLeast the role the page needs
     * @param titleKey the key of the page's title, as the breadcrumb and the browser's tab show it
     */
    protected ProjectPage(ProjectAccess access, Role atLeast, String titleKey) {
        this.access = access;
        this.atLeast = atLeast;
        this.titleKey = titleKey;
        addClassName("page");
    }

    @Override
    public final void beforeEnter(BeforeEnterEvent event) {
        Optional<Long> asked = event.getRouteParameters().getLong("projectId");
        Optional<Role> mine = asked.flatMap(access::myRole);
        if (mine.isEmpty()) {
            event.rerouteToError(NotFoundException.class);
            return;
        }
        if (!mine.get().includes(atLeast)) {
            event.rerouteToError(ForbiddenException.class);
            return;
        }
        projectId = asked.orElseThrow();
        parameters = event.getRouteParameters();
        location = event.getLocation();
        role = mine.get();
        removeAll();
        Optional<String> other = elsewhere();
        if (other.isPresent()) {
            event.forwardTo(other.get());
            return;
        }
        build();
    }

    /** The path of the page that serves this kind of project instead, if this one does not. */
    protected Optional<String> elsewhere() {
        return Optional.empty();
    }

    @Override
    public final String getPageTitle() {
        return getTranslation(titleKey);
    }

    /** Fills the empty page; {@link #projectId()} and {@link #role()} are known. Called again for another project. */
    protected abstract void build();

    protected final long projectId() {
        return projectId;
    }

    /** A number in the page's address besides the project's. */
    protected final Optional<Long> parameter(String name) {
        return parameters.getLong(name);
    }

    /** A number in the query of the page's address. */
    protected final Optional<Long> queried(String name) {
        return queriedText(name).filter(text -> text.matches("-?\\d{1,18}")).map(Long::valueOf);
    }

    /** A word in the query of the page's address. */
    protected final Optional<String> queriedText(String name) {
        return location.getQueryParameters().getSingleParameter(name);
    }

    /** What the person may do here. */
    protected final Role role() {
        return role;
    }
}
