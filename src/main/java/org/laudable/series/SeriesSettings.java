package org.laudable.series;

/**
 * How a project's series are searched.
 *
 * @param preset      'laudable' (ours) or 'paper' (as published)
 * @param acquisition 'mixed', 'learn' or 'find': what questions are for
 * @param missCost    a missed anomaly costs as much as so many false alarms
 * @param template    'finance', 'health', 'industry', 'operations', 'other'; empty where none was chosen
 * @param normal      the project's own words for what is normal
 */
public record SeriesSettings(String preset, String acquisition, double missCost, String template, String normal) {
    public static final SeriesSettings DEFAULTS = new SeriesSettings("laudable", "mixed", 5, "", "");

    /** The probability of an anomaly above which it is worth an alarm. */
    public double threshold() {
        return 1 / (1 + missCost);
    }
}
