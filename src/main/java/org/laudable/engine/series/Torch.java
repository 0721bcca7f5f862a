package org.laudable.engine.series;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * The native library behind the networks. It allows one training at a time and has one random stream per process, so
 * whoever trains or scores takes turns, first come, first served; waiting can be interrupted.
 */
final class Torch {

    private static final ReentrantLock TURN = new ReentrantLock(true);

    private Torch() {
    }

    /** Runs work with a fresh memory manager and the library's random stream started from the seed. */
    static <T> T exclusively(long seed, Function<NDManager, T> work) {
        try {
            TURN.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TrainingCancelled("The training was cancelled before its turn came.");
        }
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            engine().setRandomSeed((int) (seed ^ seed >>> 32));
            return work.apply(manager);
        } finally {
            TURN.unlock();
        }
    }

    static GradientCollector gradients() {
        return engine().newGradientCollector();
    }

    private static Engine engine() {
        return Engine.getEngine("PyTorch");
    }
}
