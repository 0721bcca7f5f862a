package org.laudable.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class PricesTest {
    private static final Prices PRICES = new Prices(2_500_000, 1_250_000, 10_000_000);

    @Test
    void a_million_tokens_cost_the_price_and_cached_ones_their_own() {
        assertEquals(2_500_000, PRICES.cost(new Usage(1_000_000, 0, 0)));
        assertEquals(1_250_000, PRICES.cost(new Usage(1_000_000, 1_000_000, 0)));
        assertEquals(10_000_000, PRICES.cost(new Usage(0, 0, 1_000_000)));
        assertEquals(750 + 500 + 100, PRICES.cost(new Usage(700, 400, 10)));
    }

    @Test
    void a_part_of_a_micro_counts_as_one() {
        assertEquals(3, PRICES.cost(new Usage(1, 0, 0)));
        assertEquals(0, PRICES.cost(new Usage(0, 0, 0)));
        assertEquals(1, new Prices(1, 1, 1).cost(new Usage(1, 0, 0)));
    }

    @Test
    void no_use_within_the_limits_costs_more_than_the_upper_bound() {
        Prices oddlyDearCache = new Prices(100, 900, 300);
        for (int input = 0; input <= 2_000; input += 37) {
            for (int cached = 0; cached <= input; cached += 91) {
                long cost = oddlyDearCache.cost(new Usage(input, cached, input / 3));
                assertEquals(true, cost <= oddlyDearCache.upperBound(2_000, 700));
            }
        }
    }

    @Test
    void large_figures_stay_exact() {
        assertEquals(9_007_199_254_740_993L, new Prices(9_007_199_254_740_993L, 0, 0).cost(new Usage(1_000_000, 0, 0)));
    }

    @Test
    void a_rate_converts_upwards() {
        ExchangeRate rate = new ExchangeRate("USD", "EUR", new BigDecimal("0.9215"), LocalDate.of(2025, 1, 1));
        assertEquals(921_500, rate.convert(1_000_000));
        assertEquals(1, rate.convert(1));
    }
}
