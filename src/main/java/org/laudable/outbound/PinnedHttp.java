package org.laudable.outbound;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * An HTTP client that connects to exactly the address that {@link UrlRules} checked (TLS is still verified against the
 * name), follows no redirect, ends a call at its deadline however slowly bytes drip in, and reads no more than it was told. What was
 * given up while it waited for a connection is never sent.
 */
public final class PinnedHttp implements AutoCloseable {
    public static final int CONNECT_MILLIS = 10_000;
    /** So many calls may wait for a connection of one host; more fail at once. */
    private static final int MOST_WAITING = 1_000;

    private final HttpClient client;
    private final Duration timeout;
    private final Reading reading;

    /**
     * How much of an answer is read.
     *
     * @param cut whether a longer one is cut off there; otherwise it is an error
     */
    public record Reading(int mostBytes, boolean cut) {}

    /** What is asked. */
    public record Request(String method, UrlRules.Target target, Map<String, List<String>> headers, String body) {}

    /** What was answered; headers are found in any case. */
    public record Answer(int status, Map<String, List<String>> headers, String body) {

        /** A header's first value, or null. */
        public String header(String name) {
            return headers.getOrDefault(name, List.of()).stream().findFirst().orElse(null);
        }
    }

    /** @param timeout for a whole call, from connecting to the answer's last byte */
    public PinnedHttp(Vertx vertx, Duration timeout, int connections, Reading reading) {
        this.timeout = timeout;
        this.reading = reading;
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setConnectTimeout(CONNECT_MILLIS).setKeepAliveTimeout(30).setVerifyHost(true)
                        .setDecompressionSupported(true),
                new PoolOptions().setHttp1MaxSize(connections).setMaxWaitQueueSize(MOST_WAITING));
    }

    /**
     * Asks and waits for the answer.
     *
     * @param sent run before anything of the request leaves; never after this method has returned
     * @throws SocketTimeoutException if there was no complete answer in time
     * @throws IOException            if the connection failed
     */
    public Answer call(Request request, Runnable sent) throws IOException {
        Turn turn = new Turn();
        Future<Answer> answer = client.request(options(request)).compose(call -> {
            if (!turn.begin(call, sent)) {
                call.exceptionHandler(reset -> { }).reset();
                return Future.failedFuture(new IOException("given up before it was sent"));
            }
            Future<HttpClientResponse> response = request.body() == null ? call.send() : call.send(Buffer.buffer(request.body()));
            return response.compose(got -> read(call, got));
        });
        try {
            return answer.toCompletionStage().toCompletableFuture().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            turn.end();
            throw late();
        } catch (InterruptedException e) {
            turn.end();
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while waiting for the answer");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TimeoutException) {
                throw late();
            }
            throw new IOException("The connection failed: " + e.getCause().getMessage(), e.getCause());
        }
    }

    @Override
    public void close() {
        client.close();
    }

    private SocketTimeoutException late() {
        return new SocketTimeoutException("No complete answer within " + timeout.toSeconds() + " s");
    }

    private RequestOptions options(Request request) {
        UrlRules.Target target = request.target();
        String path = target.uri().getRawPath().isEmpty() ? "/" : target.uri().getRawPath();
        String query = target.uri().getRawQuery();
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.valueOf(request.method()))
                .setHost(target.host()).setPort(target.port()).setSsl(target.tls())
                .setServer(SocketAddress.inetSocketAddress(target.port(), target.address().getHostAddress()))
                .setURI(query == null ? path : path + "?" + query)
                .setFollowRedirects(false).setConnectTimeout(timeout.toMillis()).setIdleTimeout(timeout.toMillis());
        request.headers().forEach((name, values) -> options.putHeader(name, List.copyOf(values)));
        return options;
    }

    private Future<Answer> read(HttpClientRequest call, HttpClientResponse response) {
        Promise<Answer> done = Promise.promise();
        Buffer body = Buffer.buffer();
        response.exceptionHandler(done::tryFail);
        response.handler(part -> {
            int room = reading.mostBytes() - body.length();
            if (part.length() <= room) {
                body.appendBuffer(part);
            } else if (reading.cut()) {
                body.appendBuffer(part.slice(0, room));
                done.tryComplete(answer(response, body));
                call.reset();
            } else {
                done.tryFail(new IOException("the answer is larger than " + (reading.mostBytes() >> 20) + " MiB"));
                call.reset();
            }
        });
        response.endHandler(end -> done.tryComplete(answer(response, body)));
        return done.future();
    }

    private static Answer answer(HttpClientResponse response, Buffer body) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        response.headers().names().forEach(name -> headers.put(name, response.headers().getAll(name)));
        return new Answer(response.statusCode(), headers, body.toString());
    }

    /** Decides between a connection that comes and a caller who gives up: what was given up first does not leave. */
    private static final class Turn {
        private HttpClientRequest call;
        private boolean over;

        synchronized boolean begin(HttpClientRequest ready, Runnable sent) {
            if (over) {
                return false;
            }
            call = ready;
            sent.run();
            return true;
        }

        synchronized void end() {
            over = true;
            if (call != null) {
                call.reset();
            }
        }
    }
}
