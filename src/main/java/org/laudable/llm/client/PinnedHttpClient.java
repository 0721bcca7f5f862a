package org.laudable.llm.client;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The HTTP client under LangChain4j's models, one per provider. Checks the address by {@link UrlRules}, connects to
 * exactly the address that was checked (TLS is still verified against the name), follows no redirect, ends a call at its
 * deadline however slowly bytes drip in, and reads at most a few megabytes. Tells {@link Exchange} what happened.
 */
public final class PinnedHttpClient implements HttpClient, AutoCloseable {
    private static final int MOST_BYTES = 8 << 20;
    private static final int CONNECT_MILLIS = 10_000;

    private final io.vertx.core.http.HttpClient client;
    private final UrlRules rules;
    private final Duration timeout;

    /** @param timeout for a whole call, from connecting to the answer's last byte */
    public PinnedHttpClient(Vertx vertx, UrlRules rules, Duration timeout, int connections) {
        this.rules = rules;
        this.timeout = timeout;
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setConnectTimeout(CONNECT_MILLIS).setKeepAliveTimeout(30).setVerifyHost(true)
                        .setDecompressionSupported(true),
                new PoolOptions().setHttp1MaxSize(connections));
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        Exchange exchange = Exchange.CURRENT.isBound() ? Exchange.CURRENT.get() : new Exchange(Map.of());
        UrlRules.Target target;
        try {
            target = rules.target(request.url());
        } catch (UnknownHostException e) {
            throw new UncheckedIOException("The host " + e.getMessage() + " cannot be found", e);
        }
        Answer answer = await(request, target, exchange);
        exchange.answered(answer.status(), answer.body(), answer.headers().get("Retry-After"));
        if (answer.status() < 200 || answer.status() > 299) {
            throw new HttpException(answer.status(), answer.body());
        }
        Map<String, List<String>> headers = new HashMap<>();
        answer.headers().names().forEach(name -> headers.put(name, answer.headers().getAll(name)));
        return SuccessfulHttpResponse.builder().statusCode(answer.status()).headers(headers).body(answer.body()).build();
    }

    /** Streaming is not used: an answer is validated as a whole. */
    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        throw new UnsupportedOperationException("Answers are not streamed");
    }

    @Override
    public void close() {
        client.close();
    }

    /** For a model's builder, which insists on one; always gives this client. */
    public HttpClientBuilder builder() {
        return new HttpClientBuilder() {
            @Override
            public Duration connectTimeout() {
                return Duration.ofMillis(CONNECT_MILLIS);
            }

            @Override
            public HttpClientBuilder connectTimeout(Duration ignored) {
                return this;
            }

            @Override
            public Duration readTimeout() {
                return timeout;
            }

            @Override
            public HttpClientBuilder readTimeout(Duration ignored) {
                return this;
            }

            @Override
            public HttpClient build() {
                return PinnedHttpClient.this;
            }
        };
    }

    private Answer await(HttpRequest request, UrlRules.Target target, Exchange exchange) {
        AtomicReference<HttpClientRequest> open = new AtomicReference<>();
        Future<Answer> answer = client.request(options(request, target, exchange)).compose(call -> {
            open.set(call);
            exchange.sent();
            Future<HttpClientResponse> response = request.body() == null ? call.send() : call.send(Buffer.buffer(request.body()));
            return response.compose(got -> read(call, got));
        });
        try {
            return answer.toCompletionStage().toCompletableFuture().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            reset(open);
            throw new dev.langchain4j.exception.TimeoutException("No complete answer within " + timeout.toSeconds() + " s");
        } catch (InterruptedException e) {
            reset(open);
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("Interrupted while waiting for the answer"));
        } catch (ExecutionException e) {
            throw new UncheckedIOException(new IOException("The connection failed: " + e.getCause().getMessage(), e.getCause()));
        }
    }

    private static RequestOptions options(HttpRequest request, UrlRules.Target target, Exchange exchange) {
        String path = target.uri().getRawPath().isEmpty() ? "/" : target.uri().getRawPath();
        String query = target.uri().getRawQuery();
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.valueOf(request.method().name()))
                .setHost(target.host()).setPort(target.port()).setSsl(target.tls())
                .setServer(SocketAddress.inetSocketAddress(target.port(), target.address().getHostAddress()))
                .setURI(query == null ? path : path + "?" + query)
                .setFollowRedirects(false);
        request.headers().forEach((name, values) -> options.putHeader(name, List.copyOf(values)));
        exchange.extraHeaders().forEach(options::putHeader);
        return options;
    }

    private static Future<Answer> read(HttpClientRequest call, HttpClientResponse response) {
        Promise<Answer> done = Promise.promise();
        Buffer body = Buffer.buffer();
        response.exceptionHandler(done::tryFail);
        response.handler(part -> {
            if (body.length() + part.length() > MOST_BYTES) {
                done.tryFail(new IOException("the answer is larger than " + (MOST_BYTES >> 20) + " MiB"));
                call.reset();
            } else {
                body.appendBuffer(part);
            }
        });
        response.endHandler(end -> done.tryComplete(new Answer(response.statusCode(), response.headers(), body.toString())));
        return done.future();
    }

    private static void reset(AtomicReference<HttpClientRequest> open) {
        HttpClientRequest call = open.get();
        if (call != null) {
            call.reset();
        }
    }

    private record Answer(int status, MultiMap headers, String body) {}
}
