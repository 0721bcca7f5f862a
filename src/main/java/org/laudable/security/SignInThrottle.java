package org.laudable.security;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Slows guessing down. After some wrong passwords for one account from one address the next try has to wait, twice as
 * long each time, up to some minutes; likewise for one address that tries many accounts. Nobody is locked out for good,
 * and nobody by a stranger at another address.
 */
@ApplicationScoped
class SignInThrottle {
    private static final int FREE_TRIES = 5;
    private static final int FREE_TRIES_OF_ADDRESS = 40;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
    private static final Duration MEMORY = Duration.ofHours(1);
    private static final int MOST_KEPT = 20_000;

    private final Clock clock;
    private final Map<String, Tries> tries = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Tries> eldest) {
            return size() > MOST_KEPT;
        }
    };

    SignInThrottle(Clock clock) {
        this.clock = clock;
    }

    /**
     * Announces a try before the password is looked at; it counts as wrong until {@link #succeeded}, so many tries at
     * once gain nothing.
     *
     * @return how long to wait before it may be made; zero: go ahead
     */
    synchronized Duration announce(String username, String address) {
        Instant now = clock.instant();
        Duration wait = max(left(pair(username, address), now), left(address, now));
        if (wait.isZero()) {
            count(pair(username, address), FREE_TRIES, now);
            count(address, FREE_TRIES_OF_ADDRESS, now);
        }
        return wait;
    }

    /** The password was right: the account's count at this address starts anew. */
    synchronized void succeeded(String username, String address) {
        tries.remove(pair(username, address));
        tries.computeIfPresent(address, (key, known) -> new Tries(known.count - 1, known.last, now()));
    }

    private Instant now() {
        return clock.instant();
    }

    private void count(String key, int free, Instant now) {
        Tries known = tries.get(key);
        int count = known == null || now.isAfter(known.last.plus(MEMORY)) ? 1 : known.count + 1;
        Duration wait = count < free ? Duration.ZERO : Duration.ofSeconds(1L << Math.min(count - free + 1, 12));
        tries.put(key, new Tries(count, now, now.plus(min(wait, LONGEST_WAIT))));
    }

    private Duration left(String key, Instant now) {
        Tries known = tries.get(key);
        return known == null || !now.isBefore(known.nextAt) ? Duration.ZERO : Duration.between(now, known.nextAt);
    }

    private static String pair(String username, String address) {
        return address + " " + username;
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    private record Tries(int count, Instant last, Instant nextAt) {}
}
