package org.laudable.dataset;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import org.laudable.Refused;
import org.laudable.project.Project;
import org.laudable.project.ProjectAccess;
import org.laudable.project.ProjectService;
import org.laudable.project.Role;
import org.laudable.security.OutOfReach;

/** Looking at items and how far a project is; every call checks what the person may see. */
@ApplicationScoped
public class ItemService {
    private final ItemRepository items;
    private final ProjectService projects;
    private final ProjectAccess access;

    ItemService(ItemRepository items, ProjectService projects, ProjectAccess access) {
        this.items = items;
        this.projects = projects;
        this.access = access;
    }

    /** For reviewers and managers. */
    public List<ItemSummary> page(long projectId, ItemFilter filter, int offset, int limit) {
        access.require(projectId, Role.REVIEWER);
        return items.page(projectId, filter, offset, limit);
    }

    /** For reviewers and managers. */
    public long count(long projectId, ItemFilter filter) {
        access.require(projectId, Role.REVIEWER);
        return items.count(projectId, filter);
    }

    /** For reviewers and managers. */
    public ItemHistory history(long projectId, long itemId) {
        access.require(projectId, Role.REVIEWER);
        return items.history(projectId, itemId).orElseThrow(() -> new Refused("This item is not there any more. Reload the page."));
    }

    /** Items in ascending order of their ids, beginning after one, in full. For reviewers and managers. */
    public List<ItemDetails> after(long projectId, ItemFilter filter, long after, int limit) {
        access.require(projectId, Role.REVIEWER);
        return items.after(projectId, filter, after, limit);
    }

    /** For reviewers and managers. */
    public ItemDetails details(long projectId, long itemId) {
        access.require(projectId, Role.REVIEWER);
        return items.details(projectId, itemId).orElseThrow(() -> new OutOfReach("There is no such item."));
    }

    /** For every member. */
    public ProjectFigures figures(long projectId) {
        access.require(projectId, Role.ANNOTATOR);
        return items.figures(List.of(projectId)).getOrDefault(projectId, ProjectFigures.EMPTY);
    }

    /** Of all projects the signed-in person works in. */
    public Map<Long, ProjectFigures> myFigures() {
        return items.figures(projects.mine().stream().map(Project::id).toList());
    }
}
