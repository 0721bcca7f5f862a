package org.laudable.api;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.laudable.LaudableConfig;

/**
 * How often a token may call: a bucket per token that holds so many requests at once and fills up at the average rate. Each
 * process counts for itself.
 */
@ApplicationScoped
class RateLimit {
    private static final int MANY = 10_000;

    private final double perSecond;
    private final int most;
    private final Clock clock;
    private final Map<Long, Bucket> buckets = new LinkedHashMap<>(64, 0.75f, true);

    RateLimit(LaudableConfig config, Clock clock) {
        this.perSecond = config.api().requestsPerMinute() / 60.0;
        this.most = Math.max(1, config.api().requestsAtOnce());
        this.clock = clock;
    }

    /** Takes one request; returns how long to wait if there is none left, else zero. */
    synchronized Duration take(long tokenId) {
        if (perSecond <= 0) {
            return Duration.ZERO;
        }
        Instant now = clock.instant();
        Bucket known = buckets.get(tokenId);
        double left = known == null ? most
                : Math.min(most, known.left + perSecond * Math.max(0, Duration.between(known.at, now).toNanos() / 1e9));
        boolean taken = left >= 1;
        buckets.put(tokenId, new Bucket(taken ? left - 1 : left, now));
        forgetOldest();
        return taken ? Duration.ZERO : Duration.ofMillis((long) Math.ceil((1 - left) / perSecond * 1_000));
    }

    private void forgetOldest() {
        Iterator<Long> oldest = buckets.keySet().iterator();
        while (buckets.size() > MANY) {
            oldest.next();
            oldest.remove();
        }
    }

    private record Bucket(double left, Instant at) {}
}
