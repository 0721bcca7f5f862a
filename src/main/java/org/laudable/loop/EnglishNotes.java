package org.laudable.loop;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** Notes about runs as sentences for programs, which get them in English. */
public final class EnglishNotes {
    private EnglishNotes() {}

    /** @return null for no note */
    public static String sentence(Note note) {
        if (note == null) {
            return null;
        }
        ResourceBundle words = ResourceBundle.getBundle("i18n.run", Locale.ROOT,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        return words.containsKey(note.key())
                ? new MessageFormat(words.getString(note.key()).replace("'", "''"), Locale.ENGLISH).format(note.arguments().toArray())
                : note.key();
    }
}
