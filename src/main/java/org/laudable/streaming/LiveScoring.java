package org.laudable.streaming;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.laudable.Refused;
import org.laudable.project.ProjectAccess;
import org.laudable.project.Role;
import org.laudable.security.OutOfReach;
import org.laudable.series.SeriesInfo;
import org.laudable.series.SeriesStore;

/**
 * Takes live points from programs and says of each whether it is an anomaly. Points, what was found and what the series
 * remembers are one transaction under the series' lock, so any process may take the next points. For managers.
 */
@ApplicationScoped
public class LiveScoring {
    /** Points further ahead than this come from a wrong clock, and would make all that follow late. */
    static final Duration AHEAD = Duration.ofDays(1);
    private static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");
    private static final int IN_MEMORY = 2_000;

    private final Detectors detectors;
    private final StateRepository states;
    private final PastPoints past;
    private final Telling telling;
    private final SeriesStore store;
    private final ProjectAccess access;
    private final Clock clock;
    private final LiveMetrics metrics;
    private final Map<Long, InMemory> memory = new ConcurrentHashMap<>();

    LiveScoring(Detectors detectors, StateRepository states, PastPoints past, Telling telling, SeriesStore store, ProjectAccess access, Clock clock, LiveMetrics metrics) {
        this.detectors = detectors;
        this.states = states;
        this.past = past;
        this.telling = telling;
        this.store = store;
        this.access = access;
        this.clock = clock;
        this.metrics = metrics;
    }

    private record InMemory(UUID stamp, LiveSeries series) {}

    /** @param values one per channel, null where there is none */
    public record Point(Instant at, List<Double> values) {}

    /** What is said of a point; of one that was scored, the probability of an anomaly at the costs the model was trained for. */
    @Schema(name = "LiveScore")
    public record Said(Instant at, LiveFate fate, Double probability, Boolean anomaly) {}

    /**
     * Scores points of a series, in the order of time.
     *
     * @throws Refused if no approved model knows the series, or a point has not the series' channels
     */
    @Transactional
    public List<Said> score(long projectId, long seriesId, List<Point> points) {
        access.require(projectId, Role.MANAGER);
        SeriesInfo info = store.find(seriesId).filter(one -> one.projectId() == projectId)
                .orElseThrow(() -> new OutOfReach("There is no such series in the project."));
        states.lock(seriesId);
        Detector detector = detectors.current(seriesId).orElseThrow(() -> new Refused(
                "No approved model scores the series '%s' live. Approve a model that knows it on the page Live.".formatted(info.name())));
        if (info.channels().size() != detector.channels()) {
            throw new Refused("The series '%s' has other channels than when its model was approved. Approve a newer one.".formatted(info.name()));
        }
        List<LivePoint> inOrder = checked(points, info).stream().sorted(Comparator.comparingLong(LivePoint::millis)).toList();
        LiveSeries series = open(detector, info);
        long before = series.points();
        List<Said> said = new ArrayList<>();
        List<LivePoint> scored = new ArrayList<>();
        Instant latest = clock.instant().plus(AHEAD);
        int refused = 0;
        for (LivePoint point : inOrder) {
            Instant at = Instant.ofEpochMilli(point.millis());
            if (at.isAfter(latest)) {
                refused++;
                said.add(new Said(at, LiveFate.FUTURE, null, null));
                continue;
            }
            LiveSeries.Said one = series.take(point);
            said.add(switch (one.fate()) {
                case SCORED -> new Said(at, LiveFate.SCORED, one.verdict().probability(), one.verdict().anomaly());
                case LATE -> new Said(at, LiveFate.LATE, null, null);
                case DUPLICATE -> new Said(at, LiveFate.DUPLICATE, null, null);
            });
            if (one.fate() == LiveSeries.Fate.SCORED) {
                scored.add(point);
            }
        }
        keep(series, info, before, scored, refused);
        metrics.byRest(scored.size());
        return said;
    }

    private void keep(LiveSeries series, SeriesInfo info, long before, List<LivePoint> scored, int refused) {
        UUID stamp = UUID.randomUUID();
        states.ring(info.id(), before, scored);
        states.save(series, stamp, scored.size());
        if (refused > 0) {
            states.refused(info.id(), refused);
        }
        List<LiveStretch> stretches = series.news();
        if (!stretches.isEmpty()) {
            List<LivePoint> newest = states.ring(info.id());
            telling.found(stretches.stream().map(stretch -> Found.of(series.detector(), stretch, newest)).toList());
        }
        telling.drift(List.of(info));
        telling.changed(info.projectId());
        if (memory.size() >= IN_MEMORY) {
            memory.clear(); // they come back from their rows
        }
        memory.put(info.id(), new InMemory(stamp, series));
    }

    /** The series as its row has it; from memory while nobody else has changed it, and no transaction of ours was undone. */
    private LiveSeries open(Detector detector, SeriesInfo info) {
        Optional<InMemory> mine = Optional.ofNullable(memory.remove(info.id()));
        Optional<StateRepository.Kept> kept = states.find(info.id(), mine.map(InMemory::stamp).orElse(null));
        if (kept.isEmpty()) {
            return LiveSeries.begin(detector, past.stored(info, detector));
        }
        if (mine.isPresent() && kept.get().state() == null) {
            LiveSeries series = mine.get().series();
            return series.detector().id() == detector.id() ? series : series.under(detector, past.newest(info, detector));
        }
        byte[] state = kept.get().state();
        if (state.length == 0) {
            throw new Refused("The points of '%s' come by Kafka. A series' points come one way.".formatted(info.name()));
        }
        if (LiveSeries.detectorOf(state) == detector.id()) {
            return LiveSeries.restored(detector, state);
        }
        return LiveSeries.successor(detector, state, past.newest(info, detector));
    }

    private static List<LivePoint> checked(List<Point> points, SeriesInfo info) {
        List<LivePoint> checked = new ArrayList<>();
        for (Point point : points) {
            if (point.at().isBefore(EARLIEST)) {
                throw new Refused("Points lie after the year 1900.");
            }
            if (point.values().size() != info.channels().size()) {
                throw new Refused("The series has %d channels, the point at %s has %d values.".formatted(info.channels().size(), point.at(), point.values().size()));
            }
            checked.add(new LivePoint(point.at().toEpochMilli(),
                    point.values().stream().mapToDouble(value -> value == null || !Double.isFinite(value) ? Double.NaN : value).toArray()));
        }
        return checked;
    }
}
