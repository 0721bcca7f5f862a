package org.laudable.webhook;

import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.laudable.Refused;
import org.laudable.outbound.PinnedHttp;

/** One attempt: checks the address anew, signs, posts, and reads the answer's beginning. */
@ApplicationScoped
class WebhookPost {
    static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int ANSWER_BYTES = 2_048;
    /** To one host: as many as are sent at a time, so that no webhook's time runs while it waits for another one's answer. */
    private static final int CONNECTIONS = DeliveryWatch.AT_A_TIME;

    private final WebhookAddresses addresses;
    private final PinnedHttp http;
    private final Clock clock;

    /** What is sent where. */
    record Message(String url, List<String> secrets, String id, String event, int attempt, String body) {}

    /** What came of it. */
    record Outcome(Optional<Integer> status, Optional<String> answer, Optional<String> error, Optional<Duration> retryAfter, int millis) {

        boolean delivered() {
            return status.filter(code -> code >= 200 && code < 300).isPresent();
        }
    }

    @Inject
    WebhookPost(WebhookAddresses addresses, Vertx vertx, Clock clock) {
        this(addresses, vertx, clock, TIMEOUT);
    }

    WebhookPost(WebhookAddresses addresses, Vertx vertx, Clock clock, Duration timeout) {
        this.addresses = addresses;
        this.clock = clock;
        this.http = new PinnedHttp(vertx, timeout, CONNECTIONS, new PinnedHttp.Reading(ANSWER_BYTES, true));
    }

    void stop(@Observes ShutdownEvent event) {
        http.close();
    }

    Outcome send(Message message) {
        long began = System.nanoTime();
        try {
            PinnedHttp.Answer answer = http.call(new PinnedHttp.Request("POST", addresses.target(message.url()), headers(message), message.body()),
                    () -> { });
            return new Outcome(Optional.of(answer.status()), Optional.of(answer.body().replace("\0", "")), Optional.empty(), retryAfter(answer),
                    millis(began));
        } catch (UnknownHostException e) {
            return failed("The host cannot be found.", began);
        } catch (Refused | IOException e) {
            return failed(e.getMessage(), began);
        }
    }

    private Map<String, List<String>> headers(Message message) {
        long seconds = clock.instant().getEpochSecond();
        return Map.of("Content-Type", List.of("application/json"), "User-Agent", List.of("Laudable-Webhook/1"),
                WebhookSecrets.ID, List.of(message.id()), WebhookSecrets.TIMESTAMP, List.of(Long.toString(seconds)),
                WebhookSecrets.SIGNATURE, List.of(WebhookSecrets.sign(message.secrets(), message.id(), seconds, message.body())),
                "laudable-event", List.of(message.event()), "laudable-attempt", List.of(Integer.toString(message.attempt())));
    }

    private static Outcome failed(String why, long began) {
        return new Outcome(Optional.empty(), Optional.empty(), Optional.of(why), Optional.empty(), millis(began));
    }

    private static Optional<Duration> retryAfter(PinnedHttp.Answer answer) {
        return Optional.ofNullable(answer.header("Retry-After")).map(String::strip).filter(text -> text.matches("\\d{1,6}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)));
    }

    private static int millis(long began) {
        return (int) ((System.nanoTime() - began) / 1_000_000);
    }
}
