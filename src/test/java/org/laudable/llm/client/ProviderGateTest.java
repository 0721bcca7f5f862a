package org.laudable.llm.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProviderGateTest {
    private final AtomicLong now = new AtomicLong(1_000_000_000L);

    private ProviderGate gate(OptionalInt requests, OptionalInt tokens, int concurrency) {
        return new ProviderGate(requests, tokens, concurrency, now::get);
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private static boolean lets(ProviderGate gate, long tokens) throws InterruptedException {
        Optional<ProviderGate.Permit> permit = gate.acquire(tokens, Duration.ZERO);
        permit.ifPresent(ProviderGate.Permit::close);
        return permit.isPresent();
    }

    @Test
    void no_sixty_seconds_see_more_requests_than_the_limit() throws InterruptedException {
        ProviderGate gate = gate(OptionalInt.of(3), OptionalInt.empty(), 10);
        assertTrue(lets(gate, 1));
        pass(Duration.ofSeconds(30));
        assertTrue(lets(gate, 1) && lets(gate, 1));
        assertFalse(lets(gate, 1));
        pass(Duration.ofSeconds(30));
        assertTrue(lets(gate, 1));
        assertFalse(lets(gate, 1));
    }

    @Test
    void tokens_count_as_estimated_and_then_as_used() throws InterruptedException {
        ProviderGate gate = gate(OptionalInt.empty(), OptionalInt.of(1_000), 10);
        ProviderGate.Permit permit = gate.acquire(900, Duration.ZERO).orElseThrow();
        permit.close();
        assertFalse(lets(gate, 200));
        permit.used(300);
        assertTrue(lets(gate, 200));
        assertFalse(lets(gate, 600));
        pass(Duration.ofMinutes(1));
        assertTrue(lets(gate, 5_000), "what is larger than the whole limit goes alone");
        assertFalse(lets(gate, 1));
    }

    @Test
    void only_so_many_run_at_once_and_a_pause_holds_for_all() throws InterruptedException {
        ProviderGate gate = gate(OptionalInt.empty(), OptionalInt.empty(), 1);
        ProviderGate.Permit running = gate.acquire(1, Duration.ZERO).orElseThrow();
        assertFalse(lets(gate, 1));
        running.close();
        running.close();
        assertTrue(lets(gate, 1));
        gate.pause(Duration.ofSeconds(5));
        assertFalse(lets(gate, 1));
        pass(Duration.ofSeconds(5));
        assertTrue(lets(gate, 1));
    }

    @Test
    void a_provider_that_always_fails_is_left_alone_and_probed_by_one() {
        CircuitBreaker breaker = new CircuitBreaker(now::get);
        for (int i = 0; i < 10; i++) {
            assertTrue(breaker.allows());
            breaker.failed();
        }
        assertFalse(breaker.allows());
        pass(Duration.ofSeconds(20));
        assertTrue(breaker.allows());
        assertFalse(breaker.allows(), "a second probe beside the first");
        breaker.failed();
        assertFalse(breaker.allows());
        pass(Duration.ofSeconds(20));
        assertTrue(breaker.allows());
        breaker.worked();
        assertTrue(breaker.allows() && breaker.allows());
        assertEquals(false, breaker.isOpen());
    }
}
