package org.laudable;

/** Somebody else changed what a person was changing; nothing was saved. */
public final class ChangedMeanwhile extends Refused {
    public ChangedMeanwhile(String sentence) {
        super(sentence);
    }
}
