package org.laudable.outbound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** More calls at once than connections, to a receiver that takes its time. */
class PinnedHttpTest {
    private static final int CONNECTIONS = 2;

    private final Vertx vertx = Vertx.vertx();
    private final Set<String> received = ConcurrentHashMap.newKeySet();
    private final Semaphore arrived = new Semaphore(0);
    private final CountDownLatch go = new CountDownLatch(1);
    private HttpServer receiver;

    @BeforeEach
    void a_receiver_that_waits() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        receiver.createContext("/", this::answer);
        receiver.start();
    }

    @AfterEach
    void close() {
        go.countDown();
        receiver.stop(0);
        vertx.close();
    }

    @Test
    void what_its_caller_gave_up_while_it_waited_for_a_connection_is_never_sent() throws Exception {
        try (PinnedHttp http = http(Duration.ofMinutes(2))) {
            List<Caller> first = List.of(new Caller(http, "first 1"), new Caller(http, "first 2"));
            assertTrue(arrived.tryAcquire(CONNECTIONS, 1, TimeUnit.MINUTES));
            List<Caller> waiting = List.of(new Caller(http, "waits 1"), new Caller(http, "waits 2"), new Caller(http, "waits 3"));
            for (Caller one : waiting) {
                one.untilItWaits();
                one.thread.interrupt();
                one.thread.join();
            }

            go.countDown();
            for (Caller one : first) {
                one.thread.join();
            }
            assertEquals(200, call(http, "last", () -> { }).status(), "connections come in the order they were asked for");

            assertEquals(Set.of("first 1", "first 2", "last"), received);
            assertTrue(waiting.stream().noneMatch(one -> one.sent));
        }
    }

    @Test
    void nothing_leaves_after_its_caller_was_told_of_the_time_out_and_connections_are_free_again() throws Exception {
        try (PinnedHttp http = http(Duration.ofSeconds(2))) {
            List<Caller> callers = new ArrayList<>();
            for (int i = 1; i <= 5; i++) {
                callers.add(new Caller(http, "caller " + i));
            }
            for (Caller one : callers) {
                one.thread.join();
                assertEquals(SocketTimeoutException.class, one.failure.getClass());
            }
            List<String> told = callers.stream().filter(one -> one.sentWhenTold).map(one -> one.body).toList();

            go.countDown();
            assertEquals(200, call(http, "last", () -> { }).status());

            received.remove("last");
            assertTrue(told.containsAll(received), () -> received + " arrived, of which callers knew of " + told + " only");
            assertEquals(told, callers.stream().filter(one -> one.sent).map(one -> one.body).toList());
        }
    }

    @Test
    void a_receiver_that_is_not_there_is_no_time_out() {
        receiver.stop(0);
        try (PinnedHttp http = http(Duration.ofMinutes(1))) {
            assertTrue(assertThrows(IOException.class, () -> call(http, "one", () -> { })).getMessage().startsWith("The connection failed"));
        }
    }

    private PinnedHttp http(Duration timeout) {
        return new PinnedHttp(vertx, timeout, CONNECTIONS, new PinnedHttp.Reading(1_000, true));
    }

    private PinnedHttp.Answer call(PinnedHttp http, String body, Runnable sent) throws IOException {
        int port = receiver.getAddress().getPort();
        UrlRules.Target target = new UrlRules.Target(URI.create("http://localhost:" + port + "/"), "localhost", port, false,
                InetAddress.getLoopbackAddress(), true);
        return http.call(new PinnedHttp.Request("POST", target, Map.of(), body), sent);
    }

    private void answer(HttpExchange exchange) throws IOException {
        received.add(new String(exchange.getRequestBody().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
        arrived.release();
        try {
            go.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    /** Somebody who asks and waits. */
    private final class Caller {
        private final String body;
        private final Thread thread;
        private volatile boolean sent;
        private volatile boolean sentWhenTold;
        private volatile Exception failure;

        Caller(PinnedHttp http, String body) {
            this.body = body;
            this.thread = Thread.ofPlatform().start(() -> {
                try {
                    call(http, body, () -> sent = true);
                } catch (IOException e) {
                    failure = e;
                }
                sentWhenTold = sent;
            });
        }

        void untilItWaits() {
            while (thread.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
        }
    }
}
