package org.laudable.labeling;

/**
 * A task as stored, locked for the current transaction.
 *
 * @param baseSlots answers wanted at first; {@code slots} grows while answers do not agree
 */
record TaskRow(long id, long projectId, long itemId, Long runId, Integer round, Purpose purpose, String state, int slots,
        int freeSlots, int baseSlots) {}
