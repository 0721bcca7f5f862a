package org.laudable.engine.series;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * The native library behind the networks. It allows one training at a time and has one random stream per process, so
 * whoever trains or scores takes turns, first come, first served; waiting can be interrupted. When the process ends the
 * last turn is taken for good: the library clears its memory then, and work that is still inside it would crash.
 */
final class Torch {

    /**
     * One for the process, as the library is: a second class loader (of a reload, of the tests) has this class again, and
     * two trainings would draw from the same random stream.
     */
    private static final ReentrantLock TURN = (ReentrantLock) System.getProperties()
            .computeIfAbsent("laudable.torch.turn", name -> new ReentrantLock(true));
    /** How long the end of the process waits for work to leave the library. */
    private static final long LEAVE_SECONDS = 10;
    private static volatile boolean ending;

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(Torch::end, "torch-end"));
    }

    private Torch() {
    }

    private static void end() {
        ending = true;
        try {
            if (!TURN.tryLock(LEAVE_SECONDS, TimeUnit.SECONDS)) {
                System.getLogger(Torch.class.getName()).log(System.Logger.Level.WARNING, "A training did not stop in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Long work asks this before each part of it.
     *
     * @throws TrainingCancelled if the process is ending
     */
    static void proceed() {
        if (ending) {
            throw new TrainingCancelled("The training was cancelled because the program ends.");
        }
    }

    /** Runs work with a fresh memory manager and the library's random stream started from the seed. */
    static <T> T exclusively(long seed, Function<NDManager, T> work) {
        try {
            TURN.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TrainingCancelled("The training was cancelled before its turn came.");
        }
        try (NDManager manager = opened()) {
            engine().setRandomSeed((int) (seed ^ seed >>> 32));
            return work.apply(manager);
        } finally {
            TURN.unlock();
        }
    }

    private static NDManager opened() {
        proceed();
        return NDManager.newBaseManager("PyTorch");
    }

    static GradientCollector gradients() {
        return engine().newGradientCollector();
    }

    private static Engine engine() {
        return Engine.getEngine("PyTorch");
    }
}
