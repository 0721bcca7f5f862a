package org.laudable.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * One person's deck without its page: signs in by the form, keeps three questions in hand, sends each answer by itself and
 * again if the server did not take it, renews leases and reads the progress as often as the page does.
 */
public final class Annotator {
    private static final HttpClient CLIENT = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PREFETCH = 3;
    private static final Duration RENEW = Duration.ofSeconds(30);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration PROGRESS = Duration.ofSeconds(15);

    private final List<String> urls;
    private final LoadProject.Person person;
    private final LoadProject project;
    private final String csrf;
    private final Latencies latencies;
    private final Duration think;
    private final UUID deck = UUID.randomUUID();
    private final Map<String, String> cookies = new HashMap<>();
    private final Deque<Long> inHand = new ArrayDeque<>();
    private final SplittableRandom chance;
    private int at;

    /**
     * @param urls of the server; where there are several, the next one serves when one does not answer, as behind a load balancer
     * @param sessionKey of the server: the page would bring the token that is made of it
     */
    public Annotator(List<String> urls, LoadProject.Person person, LoadProject project, String sessionKey, Latencies latencies, Duration think) {
        this.urls = urls;
        this.at = (int) (person.id() % urls.size());
        this.person = person;
        this.project = project;
        this.csrf = token(sessionKey, person.id());
        this.latencies = latencies;
        this.think = think;
        this.chance = new SplittableRandom(person.id());
    }

    /** @param answers by client id, those the server said it has */
    public record Saved(long accountId, List<UUID> answers, int refused) {}

    public Annotator signIn() throws IOException, InterruptedException {
        String form = "j_username=" + person.username() + "&j_password=" + URLEncoder.encode(LoadProject.PASSWORD, StandardCharsets.UTF_8);
        HttpResponse<String> reply = CLIENT.send(HttpRequest.newBuilder(URI.create(urls.get(at) + "/j_security_check"))
                .header("Content-Type", "application/x-www-form-urlencoded").POST(HttpRequest.BodyPublishers.ofString(form)).build(),
                HttpResponse.BodyHandlers.ofString());
        keepCookies(reply);
        if (!cookies.containsKey("laudable")) {
            throw new IllegalStateException(person.username() + " could not sign in: " + reply.statusCode());
        }
        return this;
    }

    public Saved labelUntil(Instant end) throws InterruptedException, IOException {
        List<UUID> saved = new ArrayList<>();
        int refused = 0;
        Instant renewed = Instant.now();
        Instant read = Instant.now().minusMillis(chance.nextLong(PROGRESS.toMillis()));
        while (Instant.now().isBefore(end)) {
            if (inHand.size() < PREFETCH) {
                next();
            }
            Long task = inHand.peek();
            if (task == null) {
                Thread.sleep(Duration.ofSeconds(1)); // the deck asks again a little later
                continue;
            }
            Thread.sleep(thinking());
            UUID sending = UUID.randomUUID();
            int status = save(sending, task, end);
            inHand.poll();
            if (status == 200) {
                saved.add(sending);
            } else {
                refused++;
            }
            if (renewed.plus(RENEW).isBefore(Instant.now())) {
                call("renew", "renew", Map.of("projectId", project.id(), "tasks", List.copyOf(inHand)));
                renewed = Instant.now();
            }
            if (read.plus(PROGRESS).isBefore(Instant.now())) {
                call("progress", "progress?projectId=" + project.id(), null);
                read = Instant.now();
            }
        }
        call("return", "return", Map.of("tasks", List.copyOf(inHand)));
        return new Saved(person.id(), saved, refused);
    }

    /** Around the mean, as people do: half to one and a half of it. */
    private Duration thinking() {
        return think.isZero() ? think : Duration.ofMillis(think.toMillis() / 2 + chance.nextLong(think.toMillis()));
    }

    private void next() throws IOException, InterruptedException {
        Reply reply = call("next", "lease", Map.of("projectId", project.id(), "deck", deck, "count", PREFETCH - inHand.size(),
                "ahead", inHand.size(), "shown", List.copyOf(inHand)));
        if (reply.status() == 200) {
            for (JsonNode task : JSON.readTree(reply.body()).path("tasks")) {
                inHand.add(task.path("id").asLong());
            }
        }
    }

    /** The same sending until the server has said something about it, as the deck does. */
    private int save(UUID sending, long task, Instant end) throws IOException, InterruptedException {
        Map<String, Object> answer = Map.of("clientId", sending, "taskId", task, "kind", "LABEL", "classId",
                project.classes().get(chance.nextInt(5) == 0 ? chance.nextInt(project.classes().size()) : 0),
                "activeMillis", 900, "answeredAt", Instant.now().toString());
        while (true) {
            Reply reply = call("save", "answers", Map.of("answers", List.of(answer)));
            if (reply.status() == 200) {
                return JSON.readTree(reply.body()).path("results").path(0).path("status").asInt();
            }
            if (reply.status() > 0 && reply.status() < 500 || Instant.now().isAfter(end.plus(PATIENCE))) {
                return reply.status();
            }
            Thread.sleep(Duration.ofSeconds(1));
        }
    }

    /** @param status 0: nobody answered */
    private record Reply(int status, String body) {}

    private Reply call(String name, String path, Map<String, ?> body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(urls.get(at) + "/api/v1/tasks/" + path)).header("X-CSRF-Token", csrf)
                .header("Accept", "application/json").header("Cookie", cookies.entrySet().stream()
                        .map(one -> one.getKey() + "=" + one.getValue()).collect(Collectors.joining("; ")));
        if (body != null) {
            request.header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
        }
        long since = System.nanoTime();
        HttpResponse<String> reply;
        try {
            reply = CLIENT.send(request.timeout(LONGEST_WAIT).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            latencies.failed(name, e.getClass().getSimpleName());
            at = (at + 1) % urls.size();
            return new Reply(0, "");
        }
        latencies.took(name, since);
        if (reply.statusCode() >= 300) {
            latencies.failed(name, Integer.toString(reply.statusCode()));
        }
        keepCookies(reply);
        return new Reply(reply.statusCode(), reply.body());
    }

    private void keepCookies(HttpResponse<?> reply) {
        reply.headers().allValues("set-cookie").forEach(cookie -> {
            String[] pair = cookie.split(";", 2)[0].split("=", 2);
            cookies.put(pair[0], pair[1]);
        });
    }

    private static String token(String sessionKey, long accountId) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(sessionKey.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(("csrf:" + accountId).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
