package org.laudable.series.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.laudable.series.SeriesRange;

/** Writes a stretch of a series for the chart: thousands of numbers, so by hand. */
final class RangeJson {
    private static final JsonFactory JSON = new JsonFactory();

    private RangeJson() {}

    static byte[] of(SeriesRange range) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeNumberField("from", range.from());
            json.writeNumberField("to", range.to());
            json.writeNumberField("stride", range.stride());
            json.writeNumberField("step", range.stepSeconds());
            json.writeArrayFieldStart("times");
            for (long time : range.times()) {
                if (time % 1_000 == 0) {
                    json.writeNumber(time / 1_000);
                } else {
                    json.writeNumber(time / 1_000.0);
                }
            }
            json.writeEndArray();
            json.writeArrayFieldStart("channels");
            for (SeriesRange.Extremes one : range.channels()) {
                json.writeStartObject();
                json.writeNumberField("ordinal", one.channel().ordinal());
                json.writeStringField("name", one.channel().name());
                json.writeStringField("unit", one.channel().unit());
                json.writeBooleanField("constant", one.channel().constant());
                numbers(json, "min", one.min());
                numbers(json, "max", one.max());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private static void numbers(JsonGenerator json, String name, double[] values) throws IOException {
        json.writeArrayFieldStart(name);
        for (double value : values) {
            if (Double.isNaN(value)) {
                json.writeNull();
            } else {
                json.writeNumber(value);
            }
        }
        json.writeEndArray();
    }
}
