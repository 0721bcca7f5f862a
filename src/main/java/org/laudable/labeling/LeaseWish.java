package org.laudable.labeling;

import java.util.List;
import java.util.UUID;

/**
 * A deck asks for work.
 *
 * @param deck the page's own id: it gets its leases back after a reload
 * @param count how many tasks it wants
 * @param ahead how many unanswered tasks it has
 * @param shown all tasks it knows, those with unsent answers included
 */
public record LeaseWish(long projectId, UUID deck, int count, int ahead, List<Long> shown) {}
