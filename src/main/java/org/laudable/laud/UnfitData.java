package org.laudable.laud;

/** A round cannot be computed as things stand; trying again helps only once a person has changed something. */
final class UnfitData extends RuntimeException {
    UnfitData(String sentence) {
        super(sentence);
    }
}
