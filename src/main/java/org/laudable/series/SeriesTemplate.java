package org.laudable.series;

/** Fields that series come from, with what is usual there. */
public enum SeriesTemplate {
    OTHER("other", 5, ""),
    OPERATIONS("operations", 5, "%"),
    FINANCE("finance", 20, "1/min"),
    HEALTH("health", 50, "1/min"),
    INDUSTRY("industry", 10, "°C");

    private final String key;
    private final double missCost;
    private final String unit;

    SeriesTemplate(String key, double missCost, String unit) {
        this.key = key;
        this.missCost = missCost;
        this.unit = unit;
    }

    /** As settings store it. */
    public String key() {
        return key;
    }

    /** A missed anomaly costs as much as so many false alarms. */
    public double missCost() {
        return missCost;
    }

    /** What single values are often measured in; may be empty. */
    public String unit() {
        return unit;
    }

    /** {@link #OTHER} where the key is unknown. */
    public static SeriesTemplate named(String key) {
        for (SeriesTemplate one : values()) {
            if (one.key.equals(key)) {
                return one;
            }
        }
        return OTHER;
    }
}
