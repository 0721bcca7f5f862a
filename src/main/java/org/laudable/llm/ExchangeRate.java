package org.laudable.llm;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;

/**
 * What one unit of {@code from} is worth in {@code to}, as an administrator set it for a day.
 */
public record ExchangeRate(String from, String to, BigDecimal rate, LocalDate asOf) {

    /** Micros of {@code to} for micros of {@code from}; a part of a micro counts as one. */
    public long convert(long micros) {
        return rate.multiply(BigDecimal.valueOf(micros)).setScale(0, RoundingMode.CEILING).longValueExact();
    }

    /** The rate of a currency to itself. */
    static ExchangeRate same(String currency, LocalDate today) {
        return new ExchangeRate(currency, currency, BigDecimal.ONE, today);
    }
}
