package org.laudable.llm.ui;

import java.math.BigDecimal;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Currency;
import java.util.Locale;

/** How money, tokens and times read on the pages about language models. */
final class Amounts {
    private static final long MILLION = 1_000_000;
    private final Locale locale;

    Amounts(Locale locale) {
        this.locale = locale;
    }

    /** 41.20 €; what is below a cent keeps its first two figures: 0.00031 €. */
    String money(long micros, String currency) {
        NumberFormat format = format(currency);
        int digits = 2;
        for (long bound = 10_000; micros > 0 && micros < bound && digits < 6; bound /= 10) {
            digits++;
        }
        format.setMinimumFractionDigits(digits);
        format.setMaximumFractionDigits(digits);
        return format.format(units(micros));
    }

    /** A price, without digits nobody needs: 2.50 or 0.075. */
    String price(long micros, String currency) {
        NumberFormat format = format(currency);
        format.setMinimumFractionDigits(2);
        format.setMaximumFractionDigits(6);
        return format.format(units(micros));
    }

    String count(long number) {
        return NumberFormat.getIntegerInstance(locale).format(number);
    }

    String percent(double share) {
        NumberFormat format = NumberFormat.getNumberInstance(locale);
        format.setMaximumFractionDigits(1);
        return format.format(100 * share) + " %";
    }

    String seconds(int millis) {
        NumberFormat format = NumberFormat.getNumberInstance(locale);
        format.setMaximumFractionDigits(1);
        return millis < 1_000 ? count(millis) + " ms" : format.format(millis / 1000.0) + " s";
    }

    String moment(Instant at) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.SHORT, FormatStyle.MEDIUM).withLocale(locale)
                .withZone(ZoneId.systemDefault()).format(at);
    }

    static BigDecimal units(long micros) {
        return BigDecimal.valueOf(micros).divide(BigDecimal.valueOf(MILLION)).stripTrailingZeros();
    }

    static long micros(BigDecimal units) {
        return units == null ? 0 : units.movePointRight(6).setScale(0, java.math.RoundingMode.HALF_UP).longValueExact();
    }

    private NumberFormat format(String currency) {
        NumberFormat format = NumberFormat.getCurrencyInstance(locale.getCountry().isEmpty()
                ? Locale.of(locale.getLanguage(), locale.getLanguage().equals("de") ? "DE" : "IE") : locale);
        try {
            format.setCurrency(Currency.getInstance(currency));
        } catch (IllegalArgumentException e) {
            NumberFormat plain = NumberFormat.getNumberInstance(locale);
            return plain;
        }
        return format;
    }
}
