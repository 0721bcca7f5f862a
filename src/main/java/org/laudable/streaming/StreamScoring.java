package org.laudable.streaming;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Scores the points of one partition. What a series remembers is a picture of it every {@value #PICTURE} points and the ring
 * of its newest points, both in stores that are committed with what was said: whoever takes the partition over goes on from
 * the picture and takes the points after it once more, in silence. A point is written once, a picture seldom.
 */
final class StreamScoring implements Processor<byte[], byte[], byte[], byte[]> {
    static final String PICTURES = "pictures";
    static final String RING = "ring";
    static final String ANOMALIES = "anomalies";
    static final String SUMMARIES = "summaries";
    static final String REFUSED = "refused";
    static final String REASON = "reason";
    static final int PICTURE = 200;
    private static final Duration TOLD_EVERY = Duration.ofMillis(400);

    /** What approved models know; answers at once, as of a moment ago. */
    interface Approved {
        Optional<Detector> of(long seriesId);
    }

    private final Approved approved;
    private final PastOf past;
    private final StreamRecords records;
    private final Clock clock;
    private final LiveMetrics metrics;
    private final Map<Long, LiveSeries> open = new HashMap<>();
    private final Set<Long> changed = new LinkedHashSet<>();
    private ProcessorContext<byte[], byte[]> context;
    private KeyValueStore<Long, byte[]> pictures;
    private KeyValueStore<Long, byte[]> ring;

    /** The newest points before those of the topic. */
    interface PastOf {
        /** @param live points of the topic, oldest first, perhaps none */
        List<LivePoint> of(Detector detector, List<LivePoint> live);
    }

    StreamScoring(Approved approved, PastOf past, StreamRecords records, Clock clock, LiveMetrics metrics) {
        this.approved = approved;
        this.past = past;
        this.records = records;
        this.clock = clock;
        this.metrics = metrics;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
        pictures = context.getStateStore(PICTURES);
        ring = context.getStateStore(RING);
        open.clear(); // after a transaction that was undone, what is in memory never was
        changed.clear();
        context.schedule(TOLD_EVERY, PunctuationType.WALL_CLOCK_TIME, now -> tellSummaries());
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        LivePoint point;
        Detector detector;
        try {
            long seriesId = records.series(record.key());
            point = records.point(record.value());
            detector = approved.of(seriesId).orElseThrow(() -> new IllegalArgumentException("No approved model scores series " + seriesId + "."));
            if (point.values().length != detector.channels()) {
                throw new IllegalArgumentException("The series has %d channels, the point %d values.".formatted(detector.channels(), point.values().length));
            }
            if (point.millis() > clock.millis() + LiveScoring.AHEAD.toMillis()) {
                throw new IllegalArgumentException("The point is more than a day ahead of the clock.");
            }
        } catch (IllegalArgumentException e) {
            RecordHeaders headers = new RecordHeaders(record.headers());
            headers.add(REASON, String.valueOf(e.getMessage()).getBytes(StandardCharsets.UTF_8));
            context.forward(record.withHeaders(headers), REFUSED);
            return;
        }
        score(detector, point, record);
    }

    private void score(Detector detector, LivePoint point, Record<byte[], byte[]> record) {
        long id = detector.seriesId();
        LiveSeries series = open.computeIfAbsent(id, key -> taken(detector));
        if (series.detector().id() != detector.id()) {
            series = series.under(detector, past.of(detector, newest(id, series.points())));
            open.put(id, series);
            picture(series);
        }
        long number = series.points();
        changed.add(id);
        if (series.take(point).fate() == LiveSeries.Fate.SCORED) {
            metrics.byKafka();
            byte[] packed = point.packed();
            ring.put(slot(id, number), ByteBuffer.allocate(Long.BYTES + packed.length).putLong(number).put(packed).array());
            if (series.points() % PICTURE == 0) {
                picture(series);
            }
        }
        List<LiveStretch> stretches = series.news();
        if (!stretches.isEmpty()) {
            List<LivePoint> newest = stretches.stream().allMatch(LiveStretch::open) ? List.of() : newest(id, series.points());
            for (LiveStretch stretch : stretches) {
                context.forward(new Record<>(record.key(), records.written(Found.of(detector, stretch, newest)), record.timestamp()), ANOMALIES);
            }
        }
    }

    /** The series as whoever had it before left it. */
    private LiveSeries taken(Detector detector) {
        long id = detector.seriesId();
        byte[] picture = pictures.get(id);
        if (picture == null) {
            LiveSeries series = LiveSeries.begin(detector, past.of(detector, List.of()));
            picture(series);
            return series;
        }
        if (LiveSeries.detectorOf(picture) != detector.id()) {
            return successor(detector, id, picture);
        }
        LiveSeries series = LiveSeries.restored(detector, picture);
        for (Optional<LivePoint> next = at(id, series.points()); next.isPresent(); next = at(id, series.points())) {
            series.take(next.get());
        }
        series.news(); // told when they were taken first
        return series;
    }

    /** Another model took over while nobody had the series: points after the picture count as taken by the one before. */
    private LiveSeries successor(Detector detector, long id, byte[] picture) {
        long number = LiveSeries.pointsOf(picture);
        while (at(id, number).isPresent()) {
            number++;
        }
        LiveSeries series = LiveSeries.successor(detector, picture, past.of(detector, newest(id, number))).from(number);
        picture(series);
        return series;
    }

    private void picture(LiveSeries series) {
        pictures.put(series.detector().seriesId(), series.state());
    }

    private static long slot(long seriesId, long number) {
        return seriesId * LiveSeries.RING + number % LiveSeries.RING;
    }

    private Optional<LivePoint> at(long seriesId, long number) {
        byte[] kept = ring.get(slot(seriesId, number));
        if (kept == null || ByteBuffer.wrap(kept).getLong() != number) {
            return Optional.empty();
        }
        return Optional.of(LivePoint.unpacked(java.util.Arrays.copyOfRange(kept, Long.BYTES, kept.length)));
    }

    private List<LivePoint> newest(long seriesId, long next) {
        List<LivePoint> points = new ArrayList<>();
        for (long number = Math.max(0, next - LiveSeries.RING); number < next; number++) {
            at(seriesId, number).ifPresent(points::add);
        }
        return points;
    }

    private void tellSummaries() {
        for (long id : changed) {
            LiveSeries series = open.get(id);
            context.forward(new Record<>(Long.toString(id).getBytes(StandardCharsets.UTF_8),
                    records.written(new StreamRecords.Summary(series.detector().projectId(), id, series.detector().id(), LiveSummary.of(series))), context.currentSystemTimeMs()), SUMMARIES);
        }
        changed.clear();
    }
}
