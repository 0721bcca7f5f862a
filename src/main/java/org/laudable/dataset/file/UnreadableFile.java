package org.laudable.dataset.file;

/** A file cannot be read, or not from some row on; the message tells a person why and what to do. */
public final class UnreadableFile extends Exception {
    public UnreadableFile(String sentence) {
        super(sentence);
    }
}
