package org.laudable.anomaly;

import java.time.Instant;
import java.util.List;

/**
 * What a language model said of a window.
 *
 * @param severity in [0, 1]
 * @param reason   in its own words
 * @param causes   known causes it was told of
 */
public record Opinion(String model, double severity, String reason, List<String> causes, Instant at) {}
