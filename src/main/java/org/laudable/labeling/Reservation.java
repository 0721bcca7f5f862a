package org.laudable.labeling;

/**
 * Whom a question is kept for.
 *
 * @param key as stored: 'person:7' or 'group:experts'
 */
public record Reservation(String key) {
    private static final String PERSON = "person:";
    private static final String GROUP = "group:";

    public static Reservation forPerson(long accountId) {
        return new Reservation(PERSON + accountId);
    }

    public static Reservation forGroup(String name) {
        return new Reservation(GROUP + name);
    }
}
