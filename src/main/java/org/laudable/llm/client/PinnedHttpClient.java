package org.laudable.llm.client;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.laudable.outbound.PinnedHttp;
import org.laudable.outbound.UrlRules;

/**
 * The HTTP client under LangChain4j's models, one per provider, on top of {@link PinnedHttp}: checks the address by
 * {@link UrlRules}, reads at most a few megabytes, tells {@link Exchange} what happened.
 */
public final class PinnedHttpClient implements HttpClient, AutoCloseable {
    private static final int MOST_BYTES = 8 << 20;

    private final PinnedHttp http;
    private final UrlRules rules;
    private final Duration timeout;

    /** @param timeout for a whole call, from connecting to the answer's last byte */
    public PinnedHttpClient(Vertx vertx, UrlRules rules, Duration timeout, int connections) {
        this.rules = rules;
        this.timeout = timeout;
        this.http = new PinnedHttp(vertx, timeout, connections, new PinnedHttp.Reading(MOST_BYTES, false));
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
        PinnedHttp.Answer answer = answer(request, target, exchange);
        exchange.answered(answer.status(), answer.body(), answer.header("Retry-After"));
        if (answer.status() < 200 || answer.status() > 299) {
            throw new HttpException(answer.status(), answer.body());
        }
        return SuccessfulHttpResponse.builder().statusCode(answer.status()).headers(answer.headers()).body(answer.body()).build();
    }

    private PinnedHttp.Answer answer(HttpRequest request, UrlRules.Target target, Exchange exchange) {
        Map<String, List<String>> headers = new HashMap<>(request.headers());
        exchange.extraHeaders().forEach((name, value) -> headers.put(name, List.of(value)));
        try {
            return http.call(new PinnedHttp.Request(request.method().name(), target, headers, request.body()), exchange::sent);
        } catch (SocketTimeoutException e) {
            throw new TimeoutException(e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Streaming is not used: an answer is validated as a whole. */
    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        throw new UnsupportedOperationException("Answers are not streamed");
    }

    @Override
    public void close() {
        http.close();
    }

    /** For a model's builder, which insists on one; always gives this client. */
    public HttpClientBuilder builder() {
        return new HttpClientBuilder() {
            @Override
            public Duration connectTimeout() {
                return Duration.ofMillis(PinnedHttp.CONNECT_MILLIS);
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
}
