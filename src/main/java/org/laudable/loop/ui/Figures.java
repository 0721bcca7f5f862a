package org.laudable.loop.ui;

import com.vaadin.flow.component.Component;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Currency;
import java.util.Locale;
import org.laudable.loop.Figure;
import org.laudable.loop.Note;

/** How figures read on the Run page, in the reader's language: each with its unit and its doubt. */
public final class Figures {
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

    private final Component page;
    private final Locale locale;

    public Figures(Component page, Locale locale) {
        this.page = page;
        this.locale = locale;
    }

    public Locale locale() {
        return locale;
    }

    public String count(long number) {
        return NumberFormat.getIntegerInstance(locale).format(number);
    }

    /** 87.2 %. */
    public String percent(double share) {
        return decimals(100 * share, 1) + " %";
    }

    /** 90 %, for figures that people chose. */
    public String wholePercent(double share) {
        NumberFormat format = NumberFormat.getNumberInstance(locale);
        format.setMaximumFractionDigits(1);
        return format.format(100 * share) + " %";
    }

    /** 87.2 % (84–90). */
    public String figure(Figure figure) {
        return figure == null ? text("run.unknown")
                : percent(figure.value()) + " (" + decimals(100 * figure.low(), 0) + "–" + decimals(100 * figure.high(), 0) + ")";
    }

    private String decimals(double value, int digits) {
        NumberFormat format = NumberFormat.getNumberInstance(locale);
        format.setMinimumFractionDigits(digits);
        format.setMaximumFractionDigits(digits);
        return format.format(value);
    }

    public String money(long micros, String currency) {
        NumberFormat format = NumberFormat.getCurrencyInstance(locale.getCountry().isEmpty()
                ? Locale.of(locale.getLanguage(), locale.getLanguage().equals("de") ? "DE" : "IE") : locale);
        format.setCurrency(Currency.getInstance(currency));
        return format.format(micros / 1e6);
    }

    public String seconds(long millis) {
        return text("run.duration.seconds", millis < 10_000 ? decimals(millis / 1e3, 1) : count(Math.round(millis / 1e3)));
    }

    /** 40 s, 6 min, 3 h. */
    public String duration(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 90) {
            return text("run.duration.seconds", count(Math.max(1, seconds)));
        }
        if (seconds < 5_400) {
            return text("run.duration.minutes", count(Math.round(seconds / 60.0)));
        }
        return seconds < 172_800 ? text("run.duration.hours", count(Math.round(seconds / 3_600.0)))
                : text("run.duration.days", count(Math.round(seconds / 86_400.0)));
    }

    /** Day and minute by this machine's clock. */
    public String when(Instant instant) {
        return when(instant, ZoneId.systemDefault());
    }

    /** Day and minute, of 24 hours as on the charts. */
    public String when(Instant instant, ZoneId zone) {
        if (instant == null) {
            return text("run.unknown");
        }
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM).withLocale(locale).withZone(zone).format(instant)
                + ", " + MINUTE.withZone(zone).format(instant);
    }

    /** What was written down, in the reader's words. */
    public String note(Note note) {
        return text(note.key(), note.arguments().toArray());
    }

    public String text(String key, Object... arguments) {
        return page.getTranslation(locale, key, arguments);
    }
}
