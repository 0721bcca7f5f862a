package org.laudable.llm;

/** A text to be given a class. */
public record TextToClassify(long itemId, String text) {}
