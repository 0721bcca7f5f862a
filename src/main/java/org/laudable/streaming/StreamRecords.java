package org.laudable.streaming;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;

/** Keys and values of the topics (docs/guide/live.md). */
@ApplicationScoped
class StreamRecords {
    private final ObjectMapper json;

    StreamRecords(ObjectMapper json) {
        this.json = json;
    }

    /** What the page shows of a series, as of a moment; the newest word counts. */
    record Summary(long projectId, long seriesId, long detectorId, LiveSummary now) {}

    /** @throws IllegalArgumentException if the key names no series */
    long series(byte[] key) {
        String text = key == null ? "" : new String(key, StandardCharsets.UTF_8);
        if (!text.matches("\\d{1,18}")) {
            throw new IllegalArgumentException("The key of a point is the id of its series.");
        }
        return Long.parseLong(text);
    }

    /** @throws IllegalArgumentException if the value is no point in either form */
    LivePoint point(byte[] value) {
        if (value == null) {
            throw new IllegalArgumentException("The record has no point.");
        }
        if (LivePoint.isPacked(value)) {
            return LivePoint.unpacked(value);
        }
        try {
            JsonNode node = json.readTree(value);
            JsonNode values = node.path("values");
            if (!values.isArray() || values.isEmpty()) {
                throw new IllegalArgumentException("A point has 'at' and 'values'.");
            }
            double[] numbers = new double[values.size()];
            for (int c = 0; c < numbers.length; c++) {
                JsonNode one = values.get(c);
                if (!one.isNumber() && !one.isNull()) {
                    throw new IllegalArgumentException("A value is a number, or null.");
                }
                numbers[c] = one.isNumber() && Double.isFinite(one.doubleValue()) ? one.doubleValue() : Double.NaN;
            }
            JsonNode at = node.path("at");
            return new LivePoint(at.isIntegralNumber() ? at.longValue() : Instant.parse(at.asText()).toEpochMilli(), numbers);
        } catch (IOException | DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException("The record is no point: " + e.getMessage(), e);
        }
    }

    byte[] written(Object value) {
        try {
            return json.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    <T> T read(byte[] value, Class<T> type) {
        try {
            return json.readValue(value, type);
        } catch (IOException e) {
            throw new IllegalStateException("A record of ours cannot be read: " + e.getMessage(), e);
        }
    }
}
