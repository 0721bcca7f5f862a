package org.laudable.project;

/**
 * How the loop chooses its questions and when it ends.
 *
 * @param startMode {@code prior}: the zero-shot answer guides the first question already; {@code confirm}: people first
 *                  confirm the most confident zero-shot answers of each class
 * @param strategy  the query strategy's name
 * @param oracle    who answers
 */
public record LoopSettings(String startMode, String strategy, StoppingSettings stopping, OracleSettings oracle) {
    public static final LoopSettings DEFAULTS = new LoopSettings("prior", "influence", StoppingSettings.DEFAULTS);

    /** People answer. */
    public LoopSettings(String startMode, String strategy, StoppingSettings stopping) {
        this(startMode, strategy, stopping, OracleSettings.DEFAULTS);
    }

    public LoopSettings withOracle(OracleSettings settings) {
        return new LoopSettings(startMode, strategy, stopping, settings);
    }
}
