package org.laudable.anomaly;

/**
 * Which language model judges the windows of a project that stand out, and how far it may go.
 *
 * @param modelId      null: none does, severity is statistical
 * @param windows      the most it is asked about in a series
 * @param runCapMicros the most one run may spend on it, in the project's currency; null: only the project's cap holds
 */
public record JudgeSettings(Long modelId, int windows, Long runCapMicros) {
    public static final int MOST_WINDOWS = 1_000;
    public static final JudgeSettings NOBODY = new JudgeSettings(null, 40, null);
}
