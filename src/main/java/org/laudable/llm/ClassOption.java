package org.laudable.llm;

/** A class a text can be given: what the model sees is its name and description. */
public record ClassOption(long id, String name, String description) {}
