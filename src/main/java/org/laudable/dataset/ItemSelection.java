package org.laudable.dataset;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.laudable.database.Sql;

/** The items of a filter, piece by piece. For background work; checks no access. */
@ApplicationScoped
public class ItemSelection {
    private final ItemRepository items;
    private final Sql sql;

    ItemSelection(ItemRepository items, Sql sql) {
        this.items = items;
        this.sql = sql;
    }

    public long count(long projectId, ItemFilter filter) {
        return items.count(projectId, filter);
    }

    /** The id of the newest item; 0 without items. */
    public long newest(long projectId) {
        return sql.number("select coalesce(max(id), 0) from item where project_id = ?", projectId);
    }

    /**
     * Ids in ascending order.
     *
     * @param after begins with the item after this one
     * @param newest ends with this one
     */
    public List<Long> ids(long projectId, ItemFilter filter, long after, long newest, int limit) {
        return items.ids(projectId, filter, after, newest, limit);
    }
}
