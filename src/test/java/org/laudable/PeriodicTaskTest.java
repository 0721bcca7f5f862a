package org.laudable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PeriodicTaskTest {
    private static final Duration SOON = Duration.ofMillis(1);

    private final Logger logger = Logger.getLogger(PeriodicTask.class.getName());
    private final Lines lines = new Lines();

    @BeforeEach
    void listen() {
        logger.addHandler(lines);
    }

    @AfterEach
    void leave() {
        logger.removeHandler(lines);
    }

    @Test
    void a_run_that_fails_in_whatever_way_says_so_once_and_the_next_one_comes() throws InterruptedException {
        RuntimeException first = new IllegalStateException("planned");
        Error second = new NoSuchMethodError("planned");
        AtomicInteger runs = new AtomicInteger();
        CountDownLatch third = new CountDownLatch(1);
        PeriodicTask task = new PeriodicTask("sample", () -> {
            switch (runs.incrementAndGet()) {
                case 1 -> throw first;
                case 2 -> throw second;
                default -> third.countDown();
            }
        }, "Nothing was counted");

        task.start(SOON);
        third.await();
        task.stop();

        assertEquals(List.of("Nothing was counted; tried again in 1 ms", "Nothing was counted; tried again in 1 ms"), lines.said());
        assertSame(first, lines.records.get(0).getThrown());
        assertSame(second, lines.records.get(1).getThrown());
    }

    @Test
    void whoever_stops_it_waits_for_the_run_that_is_under_way_and_does_not_interrupt_it() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicBoolean ended = new AtomicBoolean();
        PeriodicTask task = new PeriodicTask("sample", () -> {
            begun.countDown();
            try {
                goOn.await();
                ended.set(true);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }, "Nothing was counted");
        task.start(Duration.ZERO, SOON);
        begun.await();

        AtomicBoolean endedWhenStopped = new AtomicBoolean();
        Thread stopping = Thread.ofPlatform().start(() -> {
            task.stop();
            endedWhenStopped.set(ended.get());
        });
        while (stopping.getState() != Thread.State.TIMED_WAITING && stopping.getState() != Thread.State.TERMINATED) {
            Thread.onSpinWait();
        }
        goOn.countDown();
        stopping.join();

        assertTrue(endedWhenStopped.get());
        assertEquals(List.of(), lines.said());
    }

    @Test
    void one_that_was_never_started_can_be_stopped_and_never_runs() {
        AtomicBoolean ran = new AtomicBoolean();

        new PeriodicTask("sample", () -> ran.set(true), "Nothing was counted").stop();

        assertFalse(ran.get());
    }

    @Test
    void its_runs_are_on_one_thread_of_its_own_that_does_not_keep_the_process_alive() throws InterruptedException {
        List<Thread> threads = new CopyOnWriteArrayList<>();
        CountDownLatch several = new CountDownLatch(3);
        PeriodicTask task = new PeriodicTask("sample", () -> {
            threads.add(Thread.currentThread());
            several.countDown();
        }, "Nothing was counted");

        task.start(SOON);
        several.await();
        task.stop();

        assertEquals(1, threads.stream().distinct().count());
        assertEquals("sample", threads.getFirst().getName());
        assertTrue(threads.getFirst().isDaemon());
    }

    private static final class Lines extends Handler {
        private final List<LogRecord> records = new CopyOnWriteArrayList<>();

        List<String> said() {
            return records.stream().map(line -> line instanceof ExtLogRecord known ? known.getFormattedMessage() : line.getMessage()).toList();
        }

        @Override
        public void publish(LogRecord line) {
            records.add(line);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
