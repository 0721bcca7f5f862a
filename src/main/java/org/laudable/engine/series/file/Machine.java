package org.laudable.engine.series.file;

/**
 * The files of one series in the form of the Server Machine Dataset, by entry id.
 *
 * @param train  its rows become history; null: none
 * @param labels one 0 or 1 for each row of test; null: none
 */
public record Machine(String name, String train, String test, String labels) {
    /** The same with train and test exchanged. */
    public Machine swapped() {
        return train == null ? this : new Machine(name, test, train, labels);
    }
}
