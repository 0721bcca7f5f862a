package org.laudable.webhook;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;

/** Somebody else's program on loopback: keeps what it was sent and answers as it was told. */
final class Receiver implements AutoCloseable {
    /** What came in; the names of headers in lower case. */
    record Request(String path, Map<String, String> headers, String body) {
        String header(String name) {
            return headers.get(name);
        }
    }

    /** @param before run before the answer, by the thread of the request */
    record Reply(int status, String body, Map<String, String> headers, Runnable before) {
        static Reply of(int status) {
            return new Reply(status, "", Map.of(), () -> { });
        }
    }

    private final HttpServer server;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private volatile IntFunction<Reply> reply = number -> Reply.of(204);

    Receiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    /** @param how by the request's number, from 1 */
    void replies(IntFunction<Reply> how) {
        reply = how;
    }

    List<Request> requests() {
        return List.copyOf(requests);
    }

    int port() {
        return server.getAddress().getPort();
    }

    String url() {
        return "http://127.0.0.1:" + port() + "/hook";
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Map<String, String> headers = new java.util.HashMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), values.getFirst()));
        requests.add(new Request(exchange.getRequestURI().getPath(), headers, body));
        Reply how = reply.apply(requests.size());
        how.before().run();
        how.headers().forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
        byte[] bytes = how.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(how.status(), bytes.length == 0 ? -1 : bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
