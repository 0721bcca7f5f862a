package org.laudable.devllm;

/** What can go wrong with an answer. */
public enum Fault {
    /** The model declines; billed. */
    REFUSAL,
    /** 429 with Retry-After. */
    TOO_MANY,
    /** 500. */
    SERVER_ERROR,
    /** The JSON ends in the middle, though the answer claims to be complete; billed. */
    CUT_JSON,
    /** One item gets a class that does not exist; billed. */
    WRONG_CLASS,
    /** Byte by byte, so slowly that it never ends in time; billed. */
    SLOW_DRIP,
    /** The connection breaks in the middle of the body; billed. */
    BROKEN_CONNECTION,
    /** Usage far above what was asked and allowed; billed. */
    OVERBILL
}
