package org.laudable.engine.text;

import java.util.List;

/** The query strategies by name. */
public final class QueryStrategies {

    private static final List<QueryStrategy> ALL = List.of(
            new InfluenceQuery(), new RandomQuery(), UncertaintyQuery.leastConfidence(), UncertaintyQuery.margin(),
            UncertaintyQuery.entropy(), new TypicalityQuery(), new MarginDiverseQuery(), new DisagreementQuery());

    private QueryStrategies() {
    }

    /** Every name that {@link #named(String)} knows, the default first. */
    public static List<String> names() {
        return java.util.stream.Stream.concat(ALL.stream().map(QueryStrategy::name), java.util.stream.Stream.of("auto")).toList();
    }

    /**
     * The strategy of that name; {@code auto} is influence, since every pool has a graph.
     *
     * @throws IllegalArgumentException if there is none; the message lists the names
     */
    public static QueryStrategy named(String name) {
        String wanted = name.equals("auto") ? InfluenceQuery.NAME : name;
        return ALL.stream().filter(s -> s.name().equals(wanted)).findFirst().orElseThrow(() ->
                new IllegalArgumentException("There is no query strategy '%s'; there are %s".formatted(name, String.join(", ", names()))));
    }
}
