package org.laudable.engine.series.file;

/** What kind of files series came in. */
public enum SourceFormat {
    /** A table with a time column and a column per channel. */
    WIDE,
    /** A table with one value per row: series, time, channel, value. */
    LONG,
    /** Server Machine Dataset: files train, test and test_label of a machine, without times. */
    SMD,
    /** Numenta Anomaly Benchmark: timestamp,value, and windows in a file of JSON. */
    NAB,
    /** TimeStamp,Value,Label. */
    MS_CLOUD,
    /** timestamp,value,is_anomaly with running numbers for times. */
    YAHOO
}
