package org.laudable.engine.parquet;

/** A Parquet file cannot be read, or not from some row on; the message tells a person why and what to do. */
public final class UnreadableParquet extends Exception {
    UnreadableParquet(String sentence) {
        super(sentence);
    }

    static UnreadableParquet damaged() {
        return new UnreadableParquet("The Parquet file is damaged: what it says of itself does not fit together. Write it again.");
    }
}
