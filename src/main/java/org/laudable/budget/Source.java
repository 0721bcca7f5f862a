package org.laudable.budget;

/** Who is paid. */
public enum Source {
    PERSON,
    LLM
}
