package org.laudable.project.ui;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.util.Currency;
import java.util.Locale;

/** Amounts between millionths and what people read and type. */
final class Money {
    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

    private Money() {}

    static BigDecimal amount(long micros) {
        return BigDecimal.valueOf(micros).divide(MILLION, 6, RoundingMode.HALF_UP).stripTrailingZeros().setScale(
                Math.max(2, BigDecimal.valueOf(micros).divide(MILLION).stripTrailingZeros().scale()), RoundingMode.HALF_UP);
    }

    static long micros(BigDecimal amount) {
        return amount.multiply(MILLION).setScale(0, RoundingMode.HALF_UP).longValueExact();
    }

    static String shown(long micros, String currency, Locale locale) {
        NumberFormat format = NumberFormat.getCurrencyInstance(locale);
        try {
            format.setCurrency(Currency.getInstance(currency));
        } catch (IllegalArgumentException e) {
            return NumberFormat.getNumberInstance(locale).format(amount(micros)) + " " + currency;
        }
        return format.format(amount(micros));
    }
}
