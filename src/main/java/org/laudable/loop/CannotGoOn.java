package org.laudable.loop;

/** A step cannot be done as things stand; trying again helps only once a person has changed something. */
public final class CannotGoOn extends RuntimeException {
    public CannotGoOn(String sentence) {
        super(sentence);
    }
}
