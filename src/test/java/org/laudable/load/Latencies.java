package org.laudable.load;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** How long calls took, by what they were for; seen from the caller's side. */
public final class Latencies {
    private final Map<String, Queue<Long>> nanos = new ConcurrentSkipListMap<>();
    private final Map<String, LongAdder> failures = new ConcurrentHashMap<>();
    private volatile long from = System.nanoTime();

    /** Leaves out calls that begin from now on within so long: when everybody comes at once to a server that has just started. */
    void leaveOut(Duration next) {
        from = System.nanoTime() + next.toNanos();
    }

    void took(String call, long since) {
        if (since - from >= 0) {
            nanos.computeIfAbsent(call, one -> new ConcurrentLinkedQueue<>()).add(System.nanoTime() - since);
        }
    }

    void failed(String call, String how) {
        failures.computeIfAbsent(call + ": " + how, one -> new LongAdder()).increment();
    }

    public void print(Duration time) {
        System.out.printf("%n| call | calls | per second | median ms | p95 | p99 | most |%n|---|---|---|---|---|---|---|%n");
        nanos.forEach((call, queue) -> {
            long[] sorted = queue.stream().mapToLong(Long::longValue).sorted().toArray();
            System.out.printf("| %s | %,d | %.0f | %.1f | %.1f | %.1f | %.1f |%n", call, sorted.length, sorted.length * 1e3 / time.toMillis(),
                    millis(sorted, .5), millis(sorted, .95), millis(sorted, .99), millis(sorted, 1));
        });
        failures.forEach((what, count) -> System.out.printf("failed: %s: %d%n", what, count.sum()));
        System.out.println();
    }

    /** Median and 95th percentile of a kind of call, in milliseconds. */
    double[] of(String call) {
        long[] sorted = nanos.getOrDefault(call, new ConcurrentLinkedQueue<>()).stream().mapToLong(Long::longValue).sorted().toArray();
        return new double[] {millis(sorted, .5), millis(sorted, .95)};
    }

    private static double millis(long[] sorted, double share) {
        return Arrays.stream(sorted).skip((long) Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)).findFirst().orElse(0) / 1e6;
    }
}
