package org.laudable.devllm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * The double itself, on a loopback port: {@code /v1/chat/completions} (structured output, logprobs, usage, streaming on
 * and off) and {@code /v1/models} as OpenAI's API reference describes them and openai-java 4.6.1 reads them;
 * {@code /api/chat} and {@code /api/tags} as Ollama's API document describes them and LangChain4j 1.14.1 reads them;
 * files, fine-tuning jobs and batches ({@link Trainings}); Azure's path with its api-version. A key ending in {@code wrong} gets 401.
 */
public final class DevLlm implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final Books books = new Books();
    private final Trainings trainings = new Trainings();
    private final AtomicLong serial = new AtomicLong();
    private final Set<String> seenSystem = ConcurrentHashMap.newKeySet();
    private volatile Behaviour behaviour;
    private volatile Behaviour.Dealer dealer;
    private volatile Function<String, String> truth = text -> null;

    private DevLlm(HttpServer server, Behaviour behaviour) {
        this.server = server;
        behave(behaviour);
    }

    /** @param port 0: any free one */
    public static DevLlm start(int port, Behaviour behaviour) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
        DevLlm llm = new DevLlm(server, behaviour);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", llm::handle);
        server.start();
        return llm;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** Where a provider of OpenAI's kind points to. */
    public String openAiUrl() {
        return "http://127.0.0.1:" + port() + "/v1";
    }

    public String ollamaUrl() {
        return "http://127.0.0.1:" + port();
    }

    public Books books() {
        return books;
    }

    /** Behaves differently from the next request on. */
    public void behave(Behaviour changed) {
        behaviour = changed;
        dealer = new Behaviour.Dealer(changed);
    }

    /** Tells it the right classes of texts, so that its quality is exactly 1 − error rate. */
    public void knows(Function<String, String> classOfText) {
        truth = classOfText;
    }

    /** Fine-tuning jobs stay at work until cancelled. */
    public void stallTrainings(boolean on) {
        trainings.stall(on);
    }

    /** Fine-tuning jobs find fault with their file. */
    public void failTrainings(boolean on) {
        trainings.fail(on);
    }

    /** How many fine-tuning jobs were ever created. */
    public int trainingsBegun() {
        return trainings.jobs().size();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange http) throws IOException {
        try (http) {
            String path = http.getRequestURI().getPath();
            if (path.endsWith("/models") && http.getRequestMethod().equals("GET")) {
                send(http, 200, models());
            } else if (path.equals("/api/tags")) {
                ObjectNode tags = JSON.createObjectNode();
                tags.putArray("models").addObject().put("name", "dev-llm").put("model", "dev-llm");
                send(http, 200, tags);
            } else if (path.endsWith("/chat/completions") || path.equals("/api/chat")) {
                chat(http, path.equals("/api/chat"));
            } else if (path.startsWith("/v1/files") || path.startsWith("/v1/fine_tuning/jobs") || path.startsWith("/v1/batches")) {
                more(http, path.substring("/v1/".length()), http.getRequestMethod().equals("POST"));
            } else {
                send(http, 404, error("There is nothing at " + path, "not_found"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Files, fine-tuning jobs, batches. */
    private void more(HttpExchange http, String path, boolean post) throws IOException {
        String body = new String(http.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String authorization = header(http, "Authorization");
        if (authorization.endsWith("wrong")) {
            send(http, 401, error("Incorrect API key provided: " + authorization, "invalid_api_key"));
            return;
        }
        String[] parts = path.split("/");
        if (parts[0].equals("files") && parts.length == 3) {
            byte[] bytes = trainings.file(parts[1]).orElse("").getBytes(StandardCharsets.UTF_8);
            http.getResponseHeaders().set("Content-Type", "application/octet-stream");
            http.sendResponseHeaders(200, bytes.length);
            http.getResponseBody().write(bytes);
            return;
        }
        java.util.Optional<ObjectNode> answer = switch (parts[0]) {
            case "files" -> java.util.Optional.of(trainings.upload(body));
            case "batches" -> parts.length > 1 ? trainings.batch(parts[1]) : java.util.Optional.of(trainings.batch(JSON.readTree(body), asked ->
                    Talk.of(asked, false, new KeywordJudge(behaviour.errorRate(), truth), null, seenSystem).openAi("chatcmpl-" + serial.incrementAndGet())));
            default -> parts.length == 2 ? java.util.Optional.of(post ? trainings.create(JSON.readTree(body)) : trainings.list())
                    : parts.length == 4 ? trainings.cancel(parts[2]) : trainings.look(parts[2]);
        };
        send(http, answer.isPresent() ? 200 : 404, answer.orElseGet(() -> error("There is nothing at " + path, "not_found")));
    }

    /** Files and jobs, to look into. */
    Trainings trainings() {
        return trainings;
    }

    private void chat(HttpExchange http, boolean ollama) throws IOException, InterruptedException {
        String body = new String(http.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String authorization = header(http, "Authorization") + header(http, "api-key");
        if (authorization.endsWith("wrong")) {
            send(http, 401, error("Incorrect API key provided: " + authorization, "invalid_api_key"));
            return;
        }
        if (http.getRequestURI().getPath().startsWith("/openai/deployments/")
                && !String.valueOf(http.getRequestURI().getQuery()).contains("api-version=")) {
            send(http, 404, error("Resource not found", "404"));
            return;
        }
        JsonNode request = JSON.readTree(body);
        Thread.sleep(behaviour.latency());
        Fault fault = dealer.next();
        Talk talk = Talk.of(request, ollama, new KeywordJudge(behaviour.errorRate(), truth), fault, seenSystem);
        boolean billed = fault != Fault.TOO_MANY && fault != Fault.SERVER_ERROR;
        books.add(new Books.Entry(header(http, "X-Client-Request-Id"), request.path("model").asText(), fault, billed,
                talk.inputTokens(), talk.cachedTokens(), talk.outputTokens(), authorization, body));
        if (fault == Fault.SERVER_ERROR) {
            send(http, 500, error("The server had an error while processing your request", "server_error"));
        } else if (fault == Fault.TOO_MANY) {
            http.getResponseHeaders().set("Retry-After", Integer.toString(behaviour.retryAfterSeconds()));
            send(http, 429, error("Rate limit reached", "rate_limit_exceeded"));
        } else if (request.path("stream").asBoolean(ollama && !request.has("stream"))) {
            stream(http, talk, ollama);
        } else {
            ObjectNode answer = ollama ? talk.ollama() : talk.openAi("chatcmpl-" + serial.incrementAndGet());
            byte[] bytes = answer.toString().getBytes(StandardCharsets.UTF_8);
            http.getResponseHeaders().set("Content-Type", "application/json");
            http.sendResponseHeaders(200, bytes.length);
            write(http.getResponseBody(), bytes, fault);
        }
    }

    private static void write(OutputStream out, byte[] bytes, Fault fault) throws IOException, InterruptedException {
        if (fault == Fault.BROKEN_CONNECTION) {
            out.write(bytes, 0, bytes.length / 2);
            out.flush();
            throw new IOException("broken on purpose");
        }
        if (fault == Fault.SLOW_DRIP) {
            for (byte single : bytes) {
                out.write(single);
                out.flush();
                Thread.sleep(200);
            }
            return;
        }
        out.write(bytes);
        out.flush();
    }

    private void stream(HttpExchange http, Talk talk, boolean ollama) throws IOException {
        http.getResponseHeaders().set("Content-Type", ollama ? "application/x-ndjson" : "text/event-stream");
        http.sendResponseHeaders(200, 0);
        OutputStream out = http.getResponseBody();
        for (String part : ollama ? talk.ollamaParts() : talk.openAiParts("chatcmpl-" + serial.incrementAndGet())) {
            out.write(part.getBytes(StandardCharsets.UTF_8));
        }
        out.flush();
    }

    private static ObjectNode models() {
        ObjectNode list = JSON.createObjectNode().put("object", "list");
        ArrayNode data = list.putArray("data");
        for (String id : List.of("dev-llm", "dev-llm-large")) {
            data.addObject().put("id", id).put("object", "model").put("created", 1_700_000_000).put("owned_by", "laudable");
        }
        return list;
    }

    private static ObjectNode error(String message, String code) {
        ObjectNode root = JSON.createObjectNode();
        root.putObject("error").put("message", message).put("type", code).putNull("param").put("code", code);
        return root;
    }

    private static void send(HttpExchange http, int status, ObjectNode body) throws IOException {
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        http.getResponseHeaders().set("Content-Type", "application/json");
        http.sendResponseHeaders(status, bytes.length);
        http.getResponseBody().write(bytes);
    }

    private static String header(HttpExchange http, String name) {
        String value = http.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }
}
