package org.laudable.series.ui;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times and distances of series for people. */
final class Spans {
    private static final DateTimeFormatter EXACT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final DateTimeFormatter SHORT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    private Spans() {}

    static String time(Instant moment, ZoneId zone) {
        LocalDateTime local = moment.atZone(zone).toLocalDateTime();
        return (local.getSecond() == 0 ? SHORT : EXACT).format(local);
    }

    static String span(Instant from, Instant to, ZoneId zone) {
        return time(from, zone) + " – " + time(to, zone);
    }

    /** 0.5 s, 60 s, 5 min, 1 h, 1 d. */
    static String step(double seconds, Locale locale) {
        if (seconds < 1) {
            return String.format(locale, "%.3g s", seconds);
        }
        if (seconds < 120) {
            return String.format(locale, seconds % 1 == 0 ? "%.0f s" : "%.1f s", seconds);
        }
        if (seconds < 7_200) {
            return String.format(locale, seconds % 60 == 0 ? "%.0f min" : "%.1f min", seconds / 60);
        }
        return seconds < 172_800 ? String.format(locale, seconds % 3600 == 0 ? "%.0f h" : "%.1f h", seconds / 3_600)
                : String.format(locale, "%.0f d", seconds / 86_400);
    }

    static String size(long bytes, Locale locale) {
        return bytes < 1_000 ? bytes + " B" : bytes < 1_000_000 ? String.format(locale, "%.0f kB", bytes / 1e3)
                : bytes < 1_000_000_000 ? String.format(locale, "%.1f MB", bytes / 1e6) : String.format(locale, "%.2f GB", bytes / 1e9);
    }
}
