package org.laudable.dataset.ui;

import java.util.Locale;

/** File sizes for people. */
public final class Sizes {
    private Sizes() {}

    public static String of(long bytes, Locale locale) {
        if (bytes < 1_000) {
            return bytes + " B";
        }
        return bytes < 1_000_000 ? String.format(locale, "%.0f kB", bytes / 1e3)
                : bytes < 1_000_000_000 ? String.format(locale, "%.1f MB", bytes / 1e6) : String.format(locale, "%.2f GB", bytes / 1e9);
    }
}
