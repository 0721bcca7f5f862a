package org.laudable.labeling;

/**
 * CDI event, fired after the commit: people's answers gave this item a label or 'none of these'. It can be missed when the
 * process dies right then, so a listener also looks at the tables from time to time.
 *
 * @param runId the run that asked, or null
 * @param round the run's round that asked, or null
 */
public record ItemResolved(long projectId, long itemId, Purpose purpose, Long runId, Integer round) {}
