package org.laudable.anomaly;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;

/**
 * Writes regions of time as tasks of Label Studio. Its labeling interface needs {@code <TimeSeries name="ts"
 * value="$csv" timeColumn="time">} over the exported points, and {@code <TimeSeriesLabels name="label" toName="ts">}.
 */
final class RegionTasks implements Closeable {
    private static final JsonFactory JSON = new JsonFactory();

    private final JsonGenerator json;
    private int tasks;
    private int regions;

    RegionTasks(OutputStream out) throws IOException {
        json = JSON.createGenerator(out).useDefaultPrettyPrinter();
        json.writeStartArray();
    }

    /**
     * A stretch of a series.
     *
     * @param to    its last point
     * @param score how sure a model is; null where people say so
     */
    record Region(Instant from, Instant to, String label, Double score) {}

    void write(String series, List<Region> said, List<Region> flagged) throws IOException {
        json.writeStartObject();
        json.writeNumberField("id", ++tasks);
        json.writeObjectFieldStart("data");
        json.writeStringField("csv", series + ".csv");
        json.writeStringField("series", series);
        json.writeEndObject();
        json.writeArrayFieldStart("annotations");
        if (!said.isEmpty()) {
            json.writeStartObject();
            json.writeBooleanField("was_cancelled", false);
            result(said);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("predictions");
        if (!flagged.isEmpty()) {
            json.writeStartObject();
            json.writeStringField("model_version", "laudable");
            json.writeNumberField("score", flagged.stream().mapToDouble(Region::score).average().orElse(0));
            result(flagged);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void result(List<Region> all) throws IOException {
        json.writeArrayFieldStart("result");
        for (Region one : all) {
            json.writeStartObject();
            json.writeStringField("id", "region-" + ++regions);
            json.writeStringField("from_name", "label");
            json.writeStringField("to_name", "ts");
            json.writeStringField("type", "timeserieslabels");
            if (one.score() != null) {
                json.writeNumberField("score", one.score());
            }
            json.writeObjectFieldStart("value");
            json.writeStringField("start", one.from().toString());
            json.writeStringField("end", one.to().toString());
            json.writeBooleanField("instant", one.from().equals(one.to()));
            json.writeArrayFieldStart("timeserieslabels");
            json.writeString(one.label());
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    @Override
    public void close() throws IOException {
        json.writeEndArray();
        json.close();
    }
}
