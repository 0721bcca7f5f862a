package org.laudable.labeling;

import java.time.Instant;
import java.util.List;

/**
 * What a manager set for one person in one project, and what they did today.
 *
 * @param paused by whom; null: at work
 * @param dailyCap answers per day of the database; null: no cap
 * @param skills ids of the classes they are asked about; empty: all
 * @param groups questions can be reserved for
 * @param today answers given since the database's midnight
 */
public record MemberLimits(long accountId, PausedBy paused, Instant pausedAt, Integer dailyCap, List<Long> skills,
        List<String> groups, long today) {}
