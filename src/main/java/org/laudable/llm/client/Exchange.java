package org.laudable.llm.client;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;

/**
 * What went over the wire in one try of a call, whatever a library on top makes of it: whether the request left, whether
 * an answer came, which one. Bound to the thread while the try runs.
 */
public final class Exchange {
    /** The try that runs on this thread. */
    public static final ScopedValue<Exchange> CURRENT = ScopedValue.newInstance();

    private final Map<String, String> extraHeaders;
    private volatile boolean sent;
    private volatile int status;
    private volatile String body = "";
    private volatile String retryAfter;

    /** @param extraHeaders sent along with the request */
    public Exchange(Map<String, String> extraHeaders) {
        this.extraHeaders = Map.copyOf(extraHeaders);
    }

    Map<String, String> extraHeaders() {
        return extraHeaders;
    }

    void sent() {
        sent = true;
    }

    void answered(int code, String text, String retryAfterHeader) {
        status = code;
        body = text;
        retryAfter = retryAfterHeader;
    }

    /** Whether any of the request may have reached the provider. */
    public boolean wasSent() {
        return sent;
    }

    /** The HTTP status; 0 if no complete answer came. */
    public int status() {
        return status;
    }

    /** The answer's body as it came. */
    public String body() {
        return body;
    }

    /** How long the provider asks us to wait. */
    public Optional<Duration> retryAfter() {
        if (retryAfter == null) {
            return Optional.empty();
        }
        String text = retryAfter.strip();
        if (text.matches("\\d{1,7}(\\.\\d+)?")) {
            return Optional.of(Duration.ofMillis((long) (Double.parseDouble(text) * 1000)));
        }
        try {
            Duration wait = Duration.between(Instant.now(), ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME));
            return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
