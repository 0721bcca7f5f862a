package org.laudable.laud;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.laudable.engine.text.CandidatePool;
import org.laudable.engine.text.OutsideItems;

/**
 * A run's candidate pool in the engine's form, with the way from item ids to pool indices and back. Made from the
 * database alone, so it can be thrown away at any time.
 *
 * @param itemIds item id of each pool index
 * @param audit   the audit sample, prepared for prediction; empty if there is none
 */
record LoopSession(Key key, Schema schema, CandidatePool pool, long[] itemIds, Map<Long, Integer> indexByItem,
        List<Long> auditIds, Optional<OutsideItems> audit) {

    /**
     * What the pool was made from; another key needs another session.
     *
     * @param domain how a text of the project is introduced to the encoder: 'a food'
     * @param window which part of a pool above {@link LoopSessions#MOST_CANDIDATES}; 0 for smaller ones
     */
    record Key(long runId, Schema schema, String domain, long embedded, Instant embeddedAt, int window) {}

    static Map<Long, Integer> indexOf(long[] itemIds) {
        Map<Long, Integer> index = HashMap.newHashMap(itemIds.length);
        for (int i = 0; i < itemIds.length; i++) {
            index.put(itemIds[i], i);
        }
        return index;
    }
}
