package org.laudable.laud;

/** What a kind of sweep does with its texts. */
interface SweepWork {

    boolean serves(Sweep.Kind kind);

    /** Works out the next page of a chunk, outside of any transaction. */
    SweepPage page(Sweep sweep, SweepChunk chunk);

    /** All chunks are done. May come twice: after a kill it is said again. */
    default void complete(Sweep sweep) {}

    /** A page was committed. */
    default void advanced(Sweep sweep) {}
}
