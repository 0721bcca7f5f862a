package org.laudable.series.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.resteasy.reactive.jackson.CustomDeserialization;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.Blocking;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.laudable.api.Cursor;
import org.laudable.api.Idempotency;
import org.laudable.api.StrictJson;
import org.laudable.security.ForTokens;
import org.laudable.security.TokenAction;
import org.laudable.series.SeriesInfo;
import org.laudable.series.SeriesPoints;
import org.laudable.series.SeriesService;

/** Series and their points for programs. */
@Authenticated
@Path("/api/v1/projects/{projectId}/series")
@Blocking
@Tag(name = "Series")
@Produces(MediaType.APPLICATION_JSON)
class PointResource {
    private final SeriesService series;
    private final SeriesPoints points;
    private final Idempotency idempotency;

    PointResource(SeriesService series, SeriesPoints points, Idempotency idempotency) {
        this.series = series;
        this.points = points;
        this.idempotency = idempotency;
    }

    /** A series without its points. */
    @Schema(name = "Series")
    record SeriesJson(long id, String name, List<ChannelJson> channels, int points, double stepSeconds, Instant startsAt, Instant endsAt, String zone, int gaps) {
        static SeriesJson of(SeriesInfo one) {
            return new SeriesJson(one.id(), one.name(), one.channels().stream().map(channel -> new ChannelJson(channel.name(), channel.unit())).toList(),
                    one.points(), one.stepSeconds(), one.startsAt(), one.endsAt(), one.zone().getId(), one.gaps());
        }
    }

    @Schema(name = "Channel")
    record ChannelJson(@NotBlank @Size(max = 200) String name, @Size(max = 40) String unit) {}

    @Schema(name = "SeriesList")
    record All(List<SeriesJson> series) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "PointPage")
    record Page(List<PointJson> points, @Schema(description = "The cursor of the next page; absent on the last one") String next) {}

    @Schema(name = "Point", examples = "{\"at\": \"2030-01-31T12:00:00Z\", \"values\": [1.5, null]}")
    record PointJson(@NotNull Instant at, @Schema(description = "One per channel; null where there is none") @NotEmpty @Size(max = 500) List<Double> values) {
        SeriesPoints.Point point() {
            return new SeriesPoints.Point(at, values);
        }
    }

    @Schema(name = "NewSeries")
    record NewSeries(@NotBlank @Size(max = 200) String name, @Schema(description = "For calendar context and display; UTC if absent") @Size(max = 60) String zone,
            @NotEmpty @Size(max = 500) List<@NotNull @Valid ChannelJson> channels,
            @Schema(description = "At least 50; add more afterwards") @NotEmpty @Size(max = 10_000) List<@NotNull @Valid PointJson> points) {}

    @Schema(name = "NewPoints")
    record NewPoints(@Schema(description = "After the last point of the series, in the order of time") @NotEmpty @Size(max = 10_000) List<@NotNull @Valid PointJson> points) {}

    @GET
    @ForTokens(TokenAction.READ_ITEMS)
    @Operation(operationId = "listSeries", summary = "The project's series by name")
    public All list(@RestPath long projectId) {
        return new All(series.ofProject(projectId).stream().map(SeriesJson::of).toList());
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @CustomDeserialization(StrictJson.class)
    @ForTokens(TokenAction.WRITE_ITEMS)
    @Operation(operationId = "createSeries", summary = "Makes a series of its first points")
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = SeriesJson.class)))
    public Response create(@RestPath long projectId, @Valid @NotNull NewSeries request, @RestHeader(Idempotency.HEADER) String key) {
        return idempotency.once(key, request, () -> Response.status(201).entity(SeriesJson.of(points.create(projectId, request.name(), request.zone(),
                request.channels().stream().map(one -> new SeriesPoints.NewChannel(one.name(), one.unit())).toList(),
                request.points().stream().map(PointJson::point).toList()))).build());
    }

    @GET
    @Path("/{seriesId}/points")
    @ForTokens(TokenAction.READ_ITEMS)
    @Operation(operationId = "listPoints", summary = "A series' points in the order of time")
    public Page points(@RestPath long projectId, @RestPath long seriesId, @RestQuery String cursor,
            @RestQuery @DefaultValue("1000") @Min(1) @Max(10_000) int limit) {
        SeriesInfo info = series.ofProject(projectId, seriesId);
        int from = (int) Math.min(Cursor.read(cursor), info.points());
        List<PointJson> page = points.read(seriesId, from, limit).stream().map(one -> new PointJson(one.at(), one.values())).toList();
        return new Page(page, from + page.size() >= info.points() ? null : Cursor.after(page, page.size(), last -> from + page.size()));
    }

    @POST
    @Path("/{seriesId}/points")
    @Consumes(MediaType.APPLICATION_JSON)
    @CustomDeserialization(StrictJson.class)
    @ForTokens(TokenAction.WRITE_ITEMS)
    @Operation(operationId = "addPoints", summary = "Adds points at the end of a series; while a run goes on they are refused")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = SeriesJson.class)))
    public Response append(@RestPath long projectId, @RestPath long seriesId, @Valid @NotNull NewPoints request, @RestHeader(Idempotency.HEADER) String key) {
        series.ofProject(projectId, seriesId);
        return idempotency.once(key, request, () -> Response.ok(SeriesJson.of(points.append(seriesId, request.points().stream().map(PointJson::point).toList()))).build());
    }
}
