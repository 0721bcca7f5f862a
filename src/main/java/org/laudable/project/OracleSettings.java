package org.laudable.project;

import java.util.Set;

/**
 * Who answers the loop's questions, and with which language model.
 *
 * @param oracle          {@code people}; {@code llm}: a language model answers, people only the audit sample and the final
 *                        check; {@code hybrid}: a language model answers first and people verify what is doubtful
 * @param modelId         the language model; null if none is chosen
 * @param promptVersionId the words it is asked with; null: the newest built-in ones
 * @param zeroShot        where the start comes from: {@code embedding} or {@code llm}
 * @param zeroShotItems   how many texts the language model is asked about for the start
 * @param verifyBelow     hybrid: people verify answers under this confidence, in [0, 1]
 * @param checkShare      share of the model's answers that people check at random, in [0, 1]
 * @param batch           texts per call
 * @param runCapMicros    the most one run may spend on language models; null: only the project's cap holds
 */
public record OracleSettings(String oracle, Long modelId, Long promptVersionId, String zeroShot, int zeroShotItems,
        double verifyBelow, double checkShare, int batch, Long runCapMicros) {
    public static final Set<String> ORACLES = Set.of("people", "llm", "hybrid");
    public static final OracleSettings DEFAULTS = new OracleSettings("people", null, null, "embedding", 500, 0.8, 0.1, 10, null);

    /** Whether a language model answers questions. */
    public boolean asksModel() {
        return !oracle.equals("people");
    }

    public boolean hybrid() {
        return oracle.equals("hybrid");
    }

    public boolean startsByModel() {
        return zeroShot.equals("llm");
    }

    public OracleSettings withPrompt(Long version) {
        return new OracleSettings(oracle, modelId, version, zeroShot, zeroShotItems, verifyBelow, checkShare, batch, runCapMicros);
    }
}
