package org.laudable.laud;

/**
 * The part of a sweep that one worker has in hand: texts after one place up to another.
 *
 * @param atShuffle 0 throughout where texts are passed by id
 */
record SweepChunk(long sweepId, int number, int atShuffle, long atId, int toShuffle, long toId, int items, int done) {

    /** After a page that ended at this place. */
    SweepChunk after(SweepPage page) {
        return new SweepChunk(sweepId, number, page.shuffle(), page.id(), toShuffle, toId, items, done + page.texts());
    }
}
