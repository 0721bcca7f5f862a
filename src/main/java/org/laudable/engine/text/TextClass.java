package org.laudable.engine.text;

/**
 * A class of the label schema as the engine reads it.
 *
 * @param name        what people call it; not blank
 * @param description one line on what belongs there, or empty
 */
public record TextClass(String name, String description) {

    public TextClass {
        if (name.isBlank()) {
            throw new IllegalArgumentException("A class needs a name");
        }
    }

    /** A class without a description. */
    public static TextClass named(String name) {
        return new TextClass(name, "");
    }

    /** The name as words: underscores become blanks, question marks go. */
    public String words() {
        String words = name.replace('_', ' ').replace("?", "").strip();
        return words.isEmpty() ? name : words;
    }
}
