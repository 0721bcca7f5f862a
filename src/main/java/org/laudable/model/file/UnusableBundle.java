package org.laudable.model.file;

/** A file is no model that can be used here; the message tells a person why and what to do. */
public final class UnusableBundle extends Exception {
    public UnusableBundle(String sentence) {
        super(sentence);
    }

    public UnusableBundle(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
