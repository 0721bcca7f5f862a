package org.laudable.engine.series;

/** Kinds of networks an agent may have. */
public enum Network {
    /** One recurrent layer: the default, for windows of 25. */
    LSTM,
    /** Two layers of self-attention, for context up to 256 points back. */
    ATTENTION
}
