package org.laudable.labeling.ui;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The texts that decks show by themselves: all keys 'deck.…' of the bundle, for series with those of 'series.deck.…' instead. */
final class DeckTexts {
    private static final String PREFIX = "deck.";
    private static final String OF_SERIES = "series.deck.";
    private static final String OF_CHARTS = "chart.";

    private DeckTexts() {}

    /** @param translation from a key to its text in the person's language */
    static Map<String, String> all(UnaryOperator<String> translation) {
        return withPrefix("i18n.labeling", PREFIX, translation);
    }

    /** Those of a deck for series and its chart; the chart's keep their prefix. */
    static Map<String, String> ofSeries(UnaryOperator<String> translation) {
        Map<String, String> texts = new HashMap<>(all(translation));
        texts.putAll(withPrefix("i18n.labeling", OF_SERIES, translation));
        withPrefix("i18n.chart", OF_CHARTS, translation).forEach((key, text) -> texts.put(OF_CHARTS + key, text));
        return texts;
    }

    private static Map<String, String> withPrefix(String bundle, String prefix, UnaryOperator<String> translation) {
        return ResourceBundle.getBundle(bundle, Locale.ROOT, DeckTexts.class.getClassLoader()).keySet().stream()
                .filter(key -> key.startsWith(prefix))
                .collect(Collectors.toMap(key -> key.substring(prefix.length()), translation));
    }
}
