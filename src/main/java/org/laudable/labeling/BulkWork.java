package org.laudable.labeling;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.List;
import org.laudable.dataset.ItemSelection;

/** One piece of a bulk action, in a transaction of its own together with how far it is. Checks no access. */
@ApplicationScoped
class BulkWork {
    private static final int PIECE = 2_000;

    private final BulkRepository actions;
    private final ItemSelection items;
    private final ModelLabels labels;

    BulkWork(BulkRepository actions, ItemSelection items, ModelLabels labels) {
        this.actions = actions;
        this.items = items;
        this.labels = labels;
    }

    /** Does the next piece; false if nothing is left to do. */
    @Transactional(TxType.REQUIRES_NEW)
    boolean step(long id) {
        BulkAction action = actions.lock(id).orElseThrow();
        return switch (action.state()) {
            case RUNNING -> forward(action);
            case UNDOING -> back(action);
            case DONE, UNDONE -> false;
        };
    }

    private boolean forward(BulkAction action) {
        List<Long> ids = action.kind() == BulkKind.ACCEPT
                ? labels.items(action.projectId(), action.acceptance().which(), action.acceptance().newestResolution(), action.lastItem(), PIECE)
                : items.ids(action.projectId(), action.filter(), action.lastItem(), action.newestItem(), PIECE);
        if (ids.isEmpty()) {
            actions.enter(action.id(), BulkAction.State.DONE);
            return false;
        }
        Long[] piece = ids.toArray(Long[]::new);
        int changed = switch (action.kind()) {
            case LABEL -> actions.label(action, piece);
            case CLEAR -> actions.clear(action, piece);
            case QUEUE -> actions.queue(action, piece);
            case GOLD -> actions.gold(action, piece);
            case NOT_GOLD -> actions.notGold(action, piece);
            case ACCEPT -> actions.accept(action, piece);
        };
        actions.moved(action.id(), ids.getLast(), changed, ids.size() - changed);
        return true;
    }

    private boolean back(BulkAction action) {
        List<Long> ids = actions.changed(action, PIECE);
        if (ids.isEmpty()) {
            actions.enter(action.id(), BulkAction.State.UNDONE);
            return false;
        }
        actions.undone(action.id(), ids.getLast(), actions.giveBack(action, ids.toArray(Long[]::new)));
        return true;
    }
}
