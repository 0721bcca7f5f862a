package org.laudable.laud;

import org.laudable.labeling.NewTask;
import org.laudable.labeling.Purpose;

/** A question in the newest ranking: the item, why, and what the model would say. */
record RankedItem(int position, long itemId, String reason, Long classId, Float confidence, String source) {

    NewTask task(Purpose purpose) {
        return new NewTask(itemId, purpose, -position, reason, classId, confidence, source);
    }
}
