package org.laudable.loop;

/** A step cannot be done as things stand; trying again helps only once a person has changed something. */
public final class CannotGoOn extends RuntimeException {
    private final Note note;

    public CannotGoOn(String key, Object... arguments) {
        super(key);
        this.note = Note.of(key, arguments);
    }

    Note note() {
        return note;
    }
}
