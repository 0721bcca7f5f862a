package org.laudable.labeling;

import java.util.List;

/**
 * What a deck gets when it asks for work.
 *
 * @param capReached the budget kept it from getting more
 */
public record LeaseReply(DeckState state, List<TaskView> tasks, boolean capReached) {}
