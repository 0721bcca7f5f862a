package org.laudable.anomaly;

import java.util.UUID;

/** A verdict given on the Anomalies page; what it takes to undo it. */
public record Decision(long projectId, long taskId, UUID deck) {}
