package org.laudable.labeling.ui;

import java.util.Map;
import java.util.ResourceBundle;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The texts that the deck shows by itself: all keys 'deck.…' of the bundle. */
final class DeckTexts {
    private static final String PREFIX = "deck.";

    private DeckTexts() {}

    /** @param translation from a key to its text in the person's language */
    static Map<String, String> all(UnaryOperator<String> translation) {
        ResourceBundle bundle = ResourceBundle.getBundle("i18n.labeling", java.util.Locale.ROOT, DeckTexts.class.getClassLoader());
        return bundle.keySet().stream().filter(key -> key.startsWith(PREFIX))
                .collect(Collectors.toMap(key -> key.substring(PREFIX.length()), translation));
    }
}
