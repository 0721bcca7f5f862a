package org.laudable.loop.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LiveRefreshTest {

    @Test
    void news_that_come_while_a_reading_is_slow_are_read_after_it_and_shown_last() throws InterruptedException {
        AtomicInteger state = new AtomicInteger(1);
        List<Integer> shown = new CopyOnWriteArrayList<>();
        CountDownLatch firstHasRead = new CountDownLatch(1);
        CountDownLatch firstMayShow = new CountDownLatch(1);
        CountDownLatch bothShown = new CountDownLatch(2);
        LiveRefresh refresh = new LiveRefresh(Duration.ZERO, () -> {
            int read = state.get();
            if (firstHasRead.getCount() > 0) {
                firstHasRead.countDown();
                await(firstMayShow);
            }
            shown.add(read);
            bothShown.countDown();
        });
        refresh.news();
        await(firstHasRead);
        state.set(2);
        refresh.news();
        firstMayShow.countDown();
        await(bothShown);

        assertEquals(List.of(1, 2), shown);
    }

    @Test
    void news_in_a_burst_are_one_reading_and_the_last_of_them_is_in_it() throws InterruptedException {
        AtomicInteger state = new AtomicInteger();
        List<Integer> shown = new CopyOnWriteArrayList<>();
        CountDownLatch newest = new CountDownLatch(1);
        LiveRefresh refresh = new LiveRefresh(Duration.ofMillis(300), () -> {
            shown.add(state.get());
            if (shown.getLast() == 1_000) {
                newest.countDown();
            }
        });
        refresh.news();
        for (int i = 1; i <= 1_000; i++) {
            state.set(i);
            refresh.news();
        }
        await(newest);

        assertTrue(shown.size() < 1_000, "one reading for each of the news");
    }

    @Test
    void a_reading_that_fails_is_tried_again() throws InterruptedException {
        AtomicInteger tries = new AtomicInteger();
        CountDownLatch shown = new CountDownLatch(1);
        new LiveRefresh(Duration.ZERO, () -> {
            if (tries.incrementAndGet() == 1) {
                throw new IllegalStateException("the database is away");
            }
            shown.countDown();
        }).news();

        await(shown);
        assertEquals(2, tries.get());
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(60, TimeUnit.SECONDS), "it never happened");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
