package org.laudable.series;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.laudable.engine.series.Series;

/** Series and their values for background work; checks no access. */
@ApplicationScoped
public class SeriesStore {
    private static final int WIDEST = 10_000;

    private final SeriesRepository series;
    private final ChunkRepository chunks;

    SeriesStore(SeriesRepository series, ChunkRepository chunks) {
        this.series = series;
        this.chunks = chunks;
    }

    /** By name. */
    public List<SeriesInfo> ofProject(long projectId) {
        return series.ofProject(projectId);
    }

    public Optional<SeriesInfo> find(long seriesId) {
        return series.find(seriesId);
    }

    /** By id, those that are there. */
    public Map<Long, SeriesInfo> find(Collection<Long> seriesIds) {
        return series.find(seriesIds).stream().collect(Collectors.toMap(SeriesInfo::id, Function.identity()));
    }

    /** The whole series: values as double[channel][t] with NaN for gaps, times in seconds. Needs 8 bytes a value. */
    public Series load(long seriesId) {
        SeriesInfo info = get(seriesId);
        double[][] values = window(info, 0, info.points());
        long[] seconds = times(seriesId);
        for (int t = 0; t < seconds.length; t++) {
            seconds[t] = Math.floorDiv(seconds[t], 1_000L);
        }
        return new Series(info.name(), info.channels().stream().map(Channel::name).toList(), seconds, values,
                Math.min(info.history(), info.points() - 1));
    }

    /** Epoch milliseconds of each point. */
    public long[] times(long seriesId) {
        return chunks.times(seriesId, 0, 0, get(seriesId).points());
    }

    /** Epoch milliseconds of the points from … to − 1. */
    public long[] times(long seriesId, int from, int to) {
        return chunks.times(seriesId, 0, from, to);
    }

    /** Values of the points from … to − 1 as [channel][t]; NaN is a gap. */
    public double[][] window(long seriesId, int from, int to) {
        return window(get(seriesId), from, to);
    }

    /** Anomalies that a file's labels name. */
    public List<KnownInterval> known(long seriesId) {
        return series.known(seriesId);
    }

    /** Events of this series and those of all; weekly ones are not expanded. */
    public List<SeriesEvent> events(long projectId, long seriesId) {
        return series.events(projectId, seriesId);
    }

    public SeriesSettings settings(long projectId) {
        return series.settings(projectId);
    }

    /**
     * A stretch for a chart, read from the level of extremes that fits: as quick for a long series as for a short one.
     *
     * @param from  the first point
     * @param to    the point after the last; both are cut to the series
     * @param width how many buckets there is room for, at most 10,000
     * @param shown ordinals of the channels; empty: all
     */
    public SeriesRange range(long seriesId, int from, int to, int width, Set<Integer> shown) {
        SeriesInfo info = get(seriesId);
        int first = Math.clamp(from, 0, info.points() - 1);
        int last = Math.clamp(to, first + 1, info.points());
        int room = Math.clamp(width, 1, WIDEST);
        int level = 0;
        while (Chunks.stride(next(level)) <= (last - first) / room) {
            level = next(level);
        }
        int unit = Chunks.stride(level);
        int together = Math.max(1, Math.ceilDiv(Math.ceilDiv(last - first, unit), room));
        int stride = unit * together;
        int firstBucket = first / stride;
        int endBucket = Math.ceilDiv(last, stride);
        int firstUnit = firstBucket * together;
        int endUnit = Math.min(endBucket * together, Math.ceilDiv(info.points(), unit));
        long[] times = thinned(chunks.times(seriesId, level, firstUnit, endUnit), together);
        List<SeriesRange.Extremes> channels = new ArrayList<>();
        for (Channel channel : info.channels()) {
            if (shown.isEmpty() || shown.contains(channel.ordinal())) {
                channels.add(extremes(seriesId, channel, level, firstUnit, endUnit, together));
            }
        }
        return new SeriesRange(firstBucket * stride, (int) Math.min((long) endBucket * stride, info.points()), stride, info.stepSeconds(), times, channels);
    }

    private SeriesRange.Extremes extremes(long seriesId, Channel channel, int level, int from, int to, int together) {
        if (level == 0) {
            double[] raw = chunks.values(seriesId, channel.ordinal(), from, to);
            return together == 1 ? new SeriesRange.Extremes(channel, raw, raw)
                    : new SeriesRange.Extremes(channel, joined(raw, together, false), joined(raw, together, true));
        }
        double[][] both = chunks.extremes(seriesId, channel.ordinal(), level, from, to);
        return new SeriesRange.Extremes(channel, joined(both[0], together, false), joined(both[1], together, true));
    }

    private static int next(int level) {
        return level == 0 ? Chunks.LOWEST : level + 1;
    }

    private static long[] thinned(long[] times, int together) {
        if (together == 1) {
            return times;
        }
        long[] first = new long[Math.ceilDiv(times.length, together)];
        for (int i = 0; i < first.length; i++) {
            first[i] = times[i * together];
        }
        return first;
    }

    private static double[] joined(double[] values, int together, boolean largest) {
        if (together == 1) {
            return values;
        }
        double[] joined = new double[Math.ceilDiv(values.length, together)];
        Arrays.fill(joined, Double.NaN);
        for (int i = 0; i < values.length; i++) {
            double value = values[i];
            double before = joined[i / together];
            if (value == value && (before != before || (largest ? value > before : value < before))) {
                joined[i / together] = value;
            }
        }
        return joined;
    }

    private double[][] window(SeriesInfo info, int from, int to) {
        double[][] values = new double[info.channels().size()][];
        for (int c = 0; c < values.length; c++) {
            values[c] = chunks.values(info.id(), info.channels().get(c).ordinal(), from, to);
        }
        return values;
    }

    private SeriesInfo get(long seriesId) {
        return series.find(seriesId).orElseThrow(() -> new NoSuchElementException("There is no series " + seriesId));
    }
}
