package org.laudable.llm.client;

import com.openai.core.RequestOptions;
import com.openai.core.http.Headers;
import com.openai.core.http.HttpClient;
import com.openai.core.http.HttpRequest;
import com.openai.core.http.HttpRequestBody;
import com.openai.core.http.HttpResponse;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.http.client.HttpMethod;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** Puts OpenAI's own client on our HTTP client, so that its calls obey the same address rules and deadlines. */
public final class PinnedOpenAiHttp implements HttpClient {
    private final PinnedHttpClient http;

    public PinnedOpenAiHttp(PinnedHttpClient http) {
        this.http = http;
    }

    @Override
    public HttpResponse execute(HttpRequest request, RequestOptions options) {
        var call = dev.langchain4j.http.client.HttpRequest.builder().method(HttpMethod.valueOf(request.method().name())).url(url(request));
        request.headers().names().forEach(name -> call.addHeader(name, request.headers().values(name).toArray(String[]::new)));
        HttpRequestBody body = request.body();
        if (body != null) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            body.writeTo(bytes);
            if (body.contentType() != null) {
                call.addHeader("Content-Type", body.contentType());
            }
            call.body(bytes.toString(StandardCharsets.UTF_8));
        }
        try {
            SuccessfulHttpResponse answer = http.execute(call.build());
            return new Response(answer.statusCode(), answer.headers(), answer.body());
        } catch (HttpException refused) {
            return new Response(refused.statusCode(), Map.of("Content-Type", List.of("application/json")), refused.getMessage());
        }
    }

    @Override
    public CompletableFuture<HttpResponse> executeAsync(HttpRequest request, RequestOptions options) {
        return CompletableFuture.supplyAsync(() -> execute(request, options));
    }

    /** The connections belong to the provider, not to this client. */
    @Override
    public void close() {}

    private static String url(HttpRequest request) {
        String path = request.pathSegments().stream().map(PinnedOpenAiHttp::encoded).collect(Collectors.joining("/"));
        String query = request.queryParams().keys().stream().flatMap(key -> request.queryParams().values(key).stream()
                .map(value -> encoded(key) + "=" + encoded(value))).collect(Collectors.joining("&"));
        String base = request.baseUrl().replaceAll("/+$", "");
        return (path.isEmpty() ? base : base + "/" + path) + (query.isEmpty() ? "" : "?" + query);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private record Response(int status, Map<String, List<String>> fields, String text) implements HttpResponse {
        @Override
        public int statusCode() {
            return status;
        }

        @Override
        public Headers headers() {
            Headers.Builder headers = Headers.builder();
            fields.forEach((name, values) -> values.forEach(value -> headers.put(name, value)));
            return headers.build();
        }

        @Override
        public InputStream body() {
            return new ByteArrayInputStream((text == null ? "" : text).getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void close() {}
    }
}
