package org.laudable.llm;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What an administrator sets about a provider; its key is given apart and never read back.
 *
 * @param apiVersion Azure only
 * @param currency ISO code of the currency its prices are in
 * @param requestsPerMinute empty: no limit
 * @param tokensPerMinute input and output together; empty: no limit
 * @param concurrency calls at the same time
 * @param monthCapMicros the most a calendar month (UTC) may cost, in {@code currency}; empty: no cap
 */
public record ProviderSettings(String name, ProviderKind kind, String baseUrl, Optional<String> apiVersion, String currency,
        OptionalInt requestsPerMinute, OptionalInt tokensPerMinute, int concurrency, int timeoutSeconds,
        OptionalLong monthCapMicros) {}
