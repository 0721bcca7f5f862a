package org.laudable.anomaly;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.laudable.engine.series.Series;
import org.laudable.llm.WindowToJudge;
import org.laudable.series.Channel;
import org.laudable.series.SeriesInfo;

/**
 * How far each value of a series lies from what is usual in its channel, in robust deviations: from the usual level at
 * this time of the day where that tells more than the level alone. What a language model sees of a series.
 */
final class UsualLevels {
    /** Channels a model is shown: those that deviate most in a window. */
    private static final int SHOWN = 8;
    private static final int MOST_PHASES = 144;
    private static final int LEAST_DAYS = 3;
    /** A day's rhythm must leave this much less than the level alone does. */
    private static final double RHYTHM = .8;
    private static final long DAY = 86_400;
    private static final double NORMAL = 1.4826;

    private final SeriesInfo info;
    private final Series values;
    private final double[][] deviations;

    UsualLevels(SeriesInfo info, Series values) {
        this.info = info;
        this.values = values;
        this.deviations = new double[values.values().length][];
        for (int c = 0; c < deviations.length; c++) {
            deviations[c] = deviations(values.values()[c]);
        }
    }

    private double[] deviations(double[] x) {
        double[] flat = from(x, level(x, new int[x.length], 1));
        int phases = (int) Math.min(MOST_PHASES, DAY / Math.max(1, Math.round(info.stepSeconds())));
        long span = values.seconds()[x.length - 1] - values.seconds()[0];
        double[] rest = flat;
        if (phases >= 4 && span >= LEAST_DAYS * DAY) {
            int[] phase = new int[x.length];
            for (int t = 0; t < x.length; t++) {
                phase[t] = (int) (Math.floorMod(values.seconds()[t], DAY) * phases / DAY);
            }
            double[] daily = from(x, level(x, phase, phases));
            rest = spread(daily) < RHYTHM * spread(flat) ? daily : flat;
        }
        double scale = spread(rest);
        double[] scaled = new double[x.length];
        for (int t = 0; t < x.length; t++) {
            scaled[t] = scale > 0 ? rest[t] / scale : rest[t] == 0 || Double.isNaN(rest[t]) ? rest[t] : Math.signum(rest[t]) * 10;
        }
        return scaled;
    }

    /** The usual value at each point: the median of its phase. */
    private static double[] level(double[] x, int[] phase, int phases) {
        double[] medians = new double[phases];
        for (int p = 0; p < phases; p++) {
            int wanted = p;
            medians[p] = median(IntStream.range(0, x.length).filter(t -> phase[t] == wanted && Double.isFinite(x[t])).mapToDouble(t -> x[t]).toArray());
        }
        return IntStream.range(0, x.length).mapToDouble(t -> medians[phase[t]]).toArray();
    }

    private static double[] from(double[] x, double[] level) {
        return IntStream.range(0, x.length).mapToDouble(t -> x[t] - level[t]).toArray();
    }

    /** The median distance from 0 as a standard deviation; where more than half are 0, the mean distance. */
    private static double spread(double[] rest) {
        double[] distance = Arrays.stream(rest).filter(Double::isFinite).map(Math::abs).toArray();
        double robust = NORMAL * median(distance);
        return robust > 0 ? robust : Arrays.stream(distance).average().orElse(0);
    }

    private static double median(double[] x) {
        Arrays.sort(x);
        return x.length == 0 ? 0 : x[x.length / 2];
    }

    /** Points from … to − 1 as a model sees them. */
    WindowToJudge window(int from, int to, List<String> causes, List<String> examples) {
        List<Channel> channels = info.channels();
        List<Integer> shown = IntStream.range(0, channels.size()).boxed().filter(c -> !channels.get(c).constant())
                .sorted(Comparator.comparingDouble((Integer c) -> -farthest(c, from, to))).limit(SHOWN).sorted().toList();
        List<WindowToJudge.ChannelValues> seen = new ArrayList<>();
        for (int c : shown) {
            Channel channel = channels.get(c);
            seen.add(new WindowToJudge.ChannelValues(channel.name(), text(channel.unit()), text(channel.description()), Arrays.copyOfRange(deviations[c], from, to)));
        }
        return new WindowToJudge(seen, Instant.ofEpochSecond(values.seconds()[from]), Duration.ofSeconds(Math.max(1, Math.round(info.stepSeconds()))),
                info.zone(), causes, examples);
    }

    private double farthest(int channel, int from, int to) {
        double most = 0;
        for (int t = from; t < to; t++) {
            most = Double.isNaN(deviations[channel][t]) ? most : Math.max(most, Math.abs(deviations[channel][t]));
        }
        return most;
    }

    /** The channel that deviates most in a stretch, and how far. */
    String most(int from, int to) {
        int channel = 0;
        double most = 0;
        int end = Math.min(to, values.seconds().length);
        for (int c = 0; c < deviations.length; c++) {
            for (int t = Math.max(0, from); t < end; t++) {
                if (Math.abs(deviations[c][t]) > Math.abs(most)) {
                    most = deviations[c][t];
                    channel = c;
                }
            }
        }
        return "%s at %+.0f deviations".formatted(info.channels().get(channel).name(), most);
    }

    Instant at(int point) {
        return Instant.ofEpochSecond(values.seconds()[point]);
    }

    private static String text(String maybe) {
        return maybe == null ? "" : maybe;
    }
}
