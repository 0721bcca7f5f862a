package org.laudable.cluster;

/** Something that breaks amid work, done on a running cluster as often as wished; what it broke works again afterwards. */
interface Fault extends AutoCloseable {
    String name();

    Outcome once() throws Exception;

    /**
     * @param work    how much there was to lose: rows, answers
     * @param lost    how much of it was missing afterwards
     * @param doubled how much was there, or paid, twice
     * @param seconds from the fault until the work went on
     */
    record Outcome(long work, long lost, long doubled, double seconds) {
        boolean well() {
            return lost == 0 && doubled == 0 && work > 0;
        }
    }
}
