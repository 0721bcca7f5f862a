package org.laudable.project;

/**
 * Which stopping rules are on; the first that fires ends the asking.
 *
 * @param budget         stop when the budget is spent
 * @param targetAccuracy stop when the audit interval's lower bound reaches it (0 to 1); null: off
 * @param stable         stop when the predictions no longer change
 * @param gainFloor      stop when one more unit of currency buys fewer points of accuracy than this; null: off
 */
public record StoppingSettings(boolean budget, Double targetAccuracy, boolean stable, Double gainFloor) {
    public static final StoppingSettings DEFAULTS = new StoppingSettings(true, null, true, null);
}
