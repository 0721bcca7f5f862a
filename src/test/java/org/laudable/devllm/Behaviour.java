package org.laudable.devllm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * How the double behaves.
 *
 * @param errorRate share of items answered with a wrong (existing) class, decided by the text, so always the same ones
 * @param latency before each answer
 * @param faultShare share of requests that go wrong: exactly this share of each twenty requests, in random order
 * @param faults the kinds, in turn
 * @param retryAfterSeconds what a 429 asks for
 */
public record Behaviour(double errorRate, Duration latency, double faultShare, Set<Fault> faults, int retryAfterSeconds, long seed) {

    public static final Behaviour PERFECT = new Behaviour(0, Duration.ZERO, 0, EnumSet.noneOf(Fault.class), 0, 1);

    /** Wrong on so many items, in nothing else at fault. */
    public static Behaviour erring(double errorRate) {
        return new Behaviour(errorRate, Duration.ZERO, 0, EnumSet.noneOf(Fault.class), 0, 1);
    }

    public static Behaviour faulty(double share, Fault... kinds) {
        return new Behaviour(0, Duration.ZERO, share, EnumSet.copyOf(List.of(kinds)), 0, 1);
    }

    /** Deals out faults: of each twenty requests exactly the share, so that a test can count on it. */
    static final class Dealer {
        private static final int BLOCK = 20;
        private final Behaviour behaviour;
        private final List<Fault> kinds;
        private final Random random;
        private final List<Boolean> block = new ArrayList<>();
        private int dealt;

        Dealer(Behaviour behaviour) {
            this.behaviour = behaviour;
            this.kinds = List.copyOf(behaviour.faults());
            this.random = new Random(behaviour.seed());
        }

        /** Null: none. */
        synchronized Fault next() {
            if (kinds.isEmpty() || behaviour.faultShare() <= 0) {
                return null;
            }
            if (block.isEmpty()) {
                int bad = (int) Math.round(behaviour.faultShare() * BLOCK);
                for (int i = 0; i < BLOCK; i++) {
                    block.add(i < bad);
                }
                Collections.shuffle(block, random);
            }
            return block.removeLast() ? kinds.get(dealt++ % kinds.size()) : null;
        }
    }
}
