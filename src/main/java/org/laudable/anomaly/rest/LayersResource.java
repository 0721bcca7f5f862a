package org.laudable.anomaly.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.laudable.anomaly.Anomaly;
import org.laudable.anomaly.LayerReader;
import org.laudable.anomaly.Layers;
import org.laudable.security.ForTokens;
import org.laudable.security.TokenAction;

/** What the chart draws over a series: scores, threshold, signals, anomalies. */
@Authenticated
@Path("/api/v1/series/{id}/layers")
@Blocking
@ForTokens(TokenAction.READ_ITEMS)
class LayersResource {
    private static final JsonFactory JSON = new JsonFactory();

    private final LayerReader layers;

    LayersResource(LayerReader layers) {
        this.layers = layers;
    }

    /**
     * The stretch between two points, in the same buckets as its values.
     *
     * @param to    the point after the last; absent: the end
     * @param width pixels there are room for
     */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Response layers(@PathParam("id") long id, @QueryParam("from") @DefaultValue("0") int from,
            @QueryParam("to") @DefaultValue("2147483647") int to, @QueryParam("width") @DefaultValue("1000") int width) throws IOException {
        Layers found = layers.of(id, from, to, width);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 15);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeNumberField("from", found.from());
            json.writeNumberField("to", found.to());
            json.writeNumberField("stride", found.stride());
            json.writeArrayFieldStart("times");
            for (long time : found.times()) {
                json.writeNumber(time / 1_000.0);
            }
            json.writeEndArray();
            json.writeNumberField("threshold", found.threshold());
            scores(json, "score", found.score());
            scores(json, "error", found.error());
            scores(json, "potential", found.potential());
            scores(json, "novelty", found.novelty());
            json.writeArrayFieldStart("anomalies");
            for (Anomaly anomaly : found.anomalies()) {
                anomaly(json, anomaly);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return Response.ok(bytes.toByteArray()).header("Cache-Control", "private, no-cache").build();
    }

    private static void anomaly(JsonGenerator json, Anomaly anomaly) throws IOException {
        json.writeStartObject();
        json.writeNumberField("id", anomaly.id());
        json.writeNumberField("from", anomaly.from());
        json.writeNumberField("to", anomaly.to());
        json.writeNumberField("fromTime", anomaly.fromAt().toEpochMilli() / 1_000.0);
        json.writeNumberField("toTime", anomaly.toAt().toEpochMilli() / 1_000.0);
        json.writeStringField("state", anomaly.state().name());
        json.writeNumberField("severity", rounded(anomaly.severity()));
        json.writeNumberField("confidence", rounded(anomaly.confidence()));
        if (anomaly.opinion().isPresent()) {
            json.writeStringField("why", anomaly.opinion().get().model() + ": " + anomaly.opinion().get().reason());
        } else if (anomaly.explained().isPresent() && !anomaly.explained().get().isBlank()) {
            json.writeStringField("why", anomaly.explained().get());
        }
        json.writeEndObject();
    }

    private static void scores(JsonGenerator json, String name, double[] values) throws IOException {
        json.writeArrayFieldStart(name);
        for (double value : values) {
            if (Double.isNaN(value)) {
                json.writeNull();
            } else {
                json.writeNumber(rounded(value));
            }
        }
        json.writeEndArray();
    }

    private static double rounded(double value) {
        return Math.round(value * 10_000) / 10_000.0;
    }
}
