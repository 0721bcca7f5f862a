package org.laudable;

/**
 * What was asked cannot be done as things stand. The message is one sentence a person can act on; pages show it as it
 * is and REST answers it as a problem with status 422.
 */
public class Refused extends RuntimeException {
    public Refused(String sentence) {
        super(sentence);
    }
}
