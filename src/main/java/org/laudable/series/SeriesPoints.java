package org.laudable.series;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.laudable.Refused;
import org.laudable.database.Sql;
import org.laudable.live.ProjectEvents;
import org.laudable.project.Project;
import org.laudable.project.ProjectAccess;
import org.laudable.project.ProjectKind;
import org.laudable.project.ProjectService;
import org.laudable.project.ProjectState;
import org.laudable.project.Role;
import org.laudable.security.AuditLog;

/** Points of series for programs: members read them, managers make series and add points at their end. */
@ApplicationScoped
public class SeriesPoints {
    private static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private final SeriesService series;
    private final SeriesStore store;
    private final PointWriting writing;
    private final ProjectService projects;
    private final ProjectAccess access;
    private final ProjectEvents news;
    private final Event<SeriesGrown> grown;
    private final AuditLog audit;
    private final Sql sql;

    SeriesPoints(SeriesService series, SeriesStore store, PointWriting writing, ProjectService projects, ProjectAccess access, ProjectEvents news,
            Event<SeriesGrown> grown, AuditLog audit, Sql sql) {
        this.series = series;
        this.store = store;
        this.writing = writing;
        this.projects = projects;
        this.access = access;
        this.news = news;
        this.grown = grown;
        this.audit = audit;
        this.sql = sql;
    }

    /** @param values one per channel, null where there is none */
    public record Point(Instant at, List<Double> values) {}

    public record NewChannel(String name, String unit) {}

    /** Points in the order of time, beginning with one. For every member. */
    public List<Point> read(long seriesId, int from, int limit) {
        SeriesInfo info = series.find(seriesId);
        int first = Math.min(from, info.points());
        int last = (int) Math.min((long) first + limit, info.points());
        long[] times = store.times(seriesId, first, last);
        double[][] values = store.window(seriesId, first, last);
        List<Point> points = new ArrayList<>();
        for (int t = 0; t < times.length; t++) {
            List<Double> row = new ArrayList<>();
            for (double[] channel : values) {
                row.add(Double.isNaN(channel[t]) ? null : (Double) channel[t]);
            }
            points.add(new Point(Instant.ofEpochMilli(times[t]), row));
        }
        return points;
    }

    /** Makes a series of at least 50 points. */
    @Transactional
    public SeriesInfo create(long projectId, String name, String zone, List<NewChannel> channels, List<Point> points) {
        access.require(projectId, Role.MANAGER);
        Project project = projects.find(projectId);
        if (project.kind() != ProjectKind.SERIES) {
            throw new Refused("This project has texts. Send its items as lines.");
        }
        if (project.state() == ProjectState.ARCHIVED) {
            throw new Refused("The project is archived. Take it back from the archive before adding data.");
        }
        if (points.size() < SeriesIntake.FEWEST_POINTS) {
            throw new Refused("A series begins with at least %d points, so that something is usual.".formatted(SeriesIntake.FEWEST_POINTS));
        }
        if (channels.stream().map(one -> one.name().strip()).distinct().count() < channels.size()) {
            throw new Refused("Two channels have the same name.");
        }
        List<PointWriting.Row> rows = rows(points, channels.size(), Long.MIN_VALUE);
        if (rows.stream().noneMatch(row -> java.util.Arrays.stream(row.values()).anyMatch(value -> value == value))) {
            throw new Refused("None of the points has a value.");
        }
        List<Long> made = sql.list("""
                insert into series (project_id, name, points, step_seconds, starts_at, ends_at, zone) values (?, ?, 1, 1, now(), now(), ?)
                on conflict do nothing returning id""", row -> row.getLong(1), projectId, name.strip(), zone(zone).getId());
        if (made.isEmpty()) {
            throw new Refused("There is already a series '%s' in this project.".formatted(name.strip()));
        }
        long id = made.getFirst();
        for (int c = 0; c < channels.size(); c++) {
            sql.update("insert into series_channel (series_id, ordinal, name, unit) values (?, ?, ?, ?)", id, c, channels.get(c).name().strip(),
                    channels.get(c).unit() == null ? "" : channels.get(c).unit().strip());
        }
        writing.write(id, channels.stream().map(NewChannel::name).toList(), 0, rows);
        audit.record("series.created", "series:" + id, projectId, Map.of("name", name.strip(), "points", points.size()));
        news.publish(projectId, ProjectEvents.Kind.IMPORT);
        return series.find(id);
    }

    /**
     * Adds points after the last one. What was learned of the series is forgotten: the next run learns it anew.
     *
     * @throws Refused if they are not after it, or a run is not over yet
     */
    @Transactional
    public SeriesInfo append(long seriesId, List<Point> points) {
        access.require(series.find(seriesId).projectId(), Role.MANAGER);
        sql.number("select points from series where id = ? for update", seriesId);
        SeriesInfo info = series.find(seriesId);
        if (sql.number("select count(*) from run where project_id = ? and state not in ('FINISHED', 'STOPPED', 'FAILED')", info.projectId()) > 0) {
            throw new Refused("A run is searching the series now. Finish or stop it, then add the points; the next run takes them in.");
        }
        if ((long) info.points() + points.size() > SeriesIntake.MOST_POINTS) {
            throw new Refused("A series can have 20 million points.");
        }
        List<PointWriting.Row> rows = rows(points, info.channels().size(), info.endsAt().toEpochMilli());
        writing.write(seriesId, info.channels().stream().map(Channel::name).toList(), info.points(), rows);
        grown.fire(new SeriesGrown(info.projectId(), seriesId));
        audit.record("series.appended", "series:" + seriesId, info.projectId(), Map.of("points", points.size()));
        news.publish(info.projectId(), ProjectEvents.Kind.IMPORT);
        return series.find(seriesId);
    }

    private static List<PointWriting.Row> rows(List<Point> points, int channels, long after) {
        List<PointWriting.Row> rows = new ArrayList<>();
        long last = after;
        for (Point point : points) {
            if (point.at().isBefore(EARLIEST) || point.at().isAfter(LATEST)) {
                throw new Refused("Points lie between the years 1900 and 2200.");
            }
            long millis = point.at().toEpochMilli();
            if (millis <= last) {
                throw new Refused("Points must come in the order of time, each after the one before and after the series' last: %s does not.".formatted(point.at()));
            }
            if (point.values().size() != channels) {
                throw new Refused("The series has %d channels, the point at %s has %d values.".formatted(channels, point.at(), point.values().size()));
            }
            last = millis;
            rows.add(new PointWriting.Row(millis, point.values().stream().mapToDouble(value -> value == null || !Double.isFinite(value) ? Double.NaN : value).toArray()));
        }
        return rows;
    }

    private static ZoneId zone(String zone) {
        try {
            return zone == null ? ZoneId.of("UTC") : ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw new Refused("There is no time zone of this name. Use one like Europe/Berlin or UTC.");
        }
    }
}
