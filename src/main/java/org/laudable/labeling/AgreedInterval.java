package org.laudable.labeling;

import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/** What intervals come to that people drew who agree on the class: the medians of their edges, and the channels most of them name. */
final class AgreedInterval {
    private AgreedInterval() {}

    /** Empty if nobody drew one. */
    static Optional<Interval> of(List<Interval> drawn) {
        return drawn.isEmpty() ? Optional.empty()
                : Optional.of(new Interval(median(drawn, Interval::from), median(drawn, Interval::to), channels(drawn)));
    }

    private static int median(List<Interval> drawn, ToIntFunction<Interval> edge) {
        int[] edges = drawn.stream().mapToInt(edge).sorted().toArray();
        return (int) (((long) edges[(edges.length - 1) / 2] + edges[edges.length / 2]) / 2);
    }

    /** Who names no channel means all of them. */
    private static List<Integer> channels(List<Interval> drawn) {
        long all = drawn.stream().filter(one -> one.channels() == null).count();
        return drawn.stream().flatMap(one -> one.channels() == null ? Stream.empty() : one.channels().stream()).distinct()
                .filter(channel -> 2 * (all + naming(drawn, channel)) > drawn.size() && 2 * all <= drawn.size()).toList();
    }

    private static long naming(List<Interval> drawn, int channel) {
        return drawn.stream().filter(one -> one.channels() != null && one.channels().contains(channel)).count();
    }
}
