package org.laudable.series.rest;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.Blocking;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.laudable.Refused;
import org.laudable.security.ForTokens;
import org.laudable.security.TokenAction;
import org.laudable.series.SeriesEvent;
import org.laudable.series.SeriesInfo;
import org.laudable.series.SeriesService;

/** What the chart draws of a series, and its events. */
@Authenticated
@Path("/api/v1/series/{id}")
@Blocking
@ForTokens(TokenAction.READ_ITEMS)
class SeriesResource {
    private final SeriesService series;

    SeriesResource(SeriesService series) {
        this.series = series;
    }

    @GET
    public SeriesInfo info(@PathParam("id") long id) {
        return series.find(id);
    }

    /**
     * The stretch between two points.
     *
     * @param to       the point after the last; absent: the end
     * @param width    pixels there are room for
     * @param channels ordinals with commas between; absent: all
     */
    @GET
    @Path("/range")
    @Produces(MediaType.APPLICATION_JSON)
    public Response range(@PathParam("id") long id, @QueryParam("from") @DefaultValue("0") int from,
            @QueryParam("to") @DefaultValue("2147483647") int to, @QueryParam("width") @DefaultValue("1000") int width,
            @QueryParam("channels") @DefaultValue("") String channels) throws IOException {
        return Response.ok(RangeJson.of(series.range(id, from, to, width, ordinals(channels)))).header("Cache-Control", "private, max-age=60").build();
    }

    /** Events that happen between two moments (epoch seconds), weekly ones each time. */
    @GET
    @Path("/events")
    public List<EventJson> events(@PathParam("id") long id, @QueryParam("from") Double from, @QueryParam("to") Double to) {
        SeriesInfo info = series.find(id);
        Instant first = from == null ? info.startsAt() : moment(from);
        Instant last = to == null ? info.endsAt() : moment(to);
        return series.events(id).stream()
                .flatMap(event -> event.occurrences(first, last, info.zone()).stream().map(one -> EventJson.of(event, one.from(), one.to())))
                .sorted(Comparator.comparingDouble(EventJson::from)).toList();
    }

    /** Adds an event; for reviewers and managers. */
    @POST
    @Path("/events")
    @ForTokens(TokenAction.WRITE_ITEMS)
    public EventJson add(@PathParam("id") long id, @Valid @NotNull NewEvent event) {
        SeriesInfo info = series.find(id);
        SeriesEvent added = series.addEvent(info.projectId(), event.everywhere() ? null : (Long) id, moment(event.from()), moment(event.to()),
                event.weekly(), event.explains());
        return EventJson.of(added, added.from(), added.to());
    }

    private static Instant moment(double seconds) {
        return Instant.ofEpochMilli(Math.round(seconds * 1_000));
    }

    private static Set<Integer> ordinals(String channels) {
        try {
            return Stream.of(channels.split(",")).filter(one -> !one.isBlank()).map(one -> Integer.valueOf(one.strip())).collect(Collectors.toSet());
        } catch (NumberFormatException e) {
            throw new Refused("channels must be numbers with commas between, like 0,3.");
        }
    }
}
