package org.laudable.project;

/** How several people's answers to an item become its label. */
public enum Aggregation {
    /** More than half of them say so; otherwise a reviewer decides. */
    MAJORITY,
    /** Each answer weighs as much as its author turns out to be right (Dawid and Skene); what stays doubtful, a reviewer decides. */
    DAWID_SKENE
}
