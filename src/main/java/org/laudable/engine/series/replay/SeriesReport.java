package org.laudable.engine.series.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All results of a replay so far, one run a series and seed; as JSON it holds the means for readers and the single runs,
 * from which a broken replay goes on.
 */
public final class SeriesReport {

    /** One series with one seed. */
    public record Run(String series, long seed, int points, int channels, int anomalousPoints, int scored, int answers,
            double seconds, Map<String, Figures> results) {
    }

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final String preset;
    private final String protocol;
    private final String settings;
    private final List<Run> runs = new ArrayList<>();

    /** @param settings everything that changes results, in words; runs made with other settings are not taken over */
    public SeriesReport(String preset, String protocol, String settings) {
        this.preset = preset;
        this.protocol = protocol;
        this.settings = settings;
    }

    public void add(Run run) {
        runs.add(run);
    }

    public List<Run> runs() {
        return List.copyOf(runs);
    }

    public Optional<Run> run(String series, long seed) {
        return runs.stream().filter(r -> r.series().equals(series) && r.seed() == seed).findFirst();
    }

    /** Methods in the order in which they first came. */
    public Set<String> methods() {
        Set<String> methods = new LinkedHashSet<>();
        runs.forEach(r -> methods.addAll(r.results().keySet()));
        return methods;
    }

    /** Means over seeds of one series. */
    public Map<String, Figures> ofSeries(String series) {
        return means(runs.stream().filter(r -> r.series().equals(series)).map(Run::results).toList());
    }

    /** Means over series of the means over seeds. */
    public Map<String, Figures> macro() {
        return means(names().stream().map(this::ofSeries).toList());
    }

    /** Standard deviation over seeds of the macro F1 and AP of a method; NaN with one seed. */
    public double[] deviation(String method) {
        Map<Long, List<Figures>> bySeed = new LinkedHashMap<>();
        runs.stream().filter(r -> r.results().containsKey(method))
                .forEach(r -> bySeed.computeIfAbsent(r.seed(), s -> new ArrayList<>()).add(r.results().get(method)));
        List<Figures> means = bySeed.values().stream().map(Figures::mean).toList();
        return new double[] {deviation(means.stream().mapToDouble(Figures::f1).toArray()),
            deviation(means.stream().mapToDouble(Figures::ap).toArray())};
    }

    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        runs.forEach(r -> names.add(r.series()));
        return names;
    }

    /** Takes over the runs of a report on disk that was made with the same settings; does nothing if there is none. */
    public void resume(Path file) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        JsonNode root = JSON.readTree(file.toFile());
        if (!root.path("settings").asText().equals(settings)) {
            throw new UnreadableSeries("%s holds a replay with other settings (%s); give another file or delete it."
                    .formatted(file, root.path("settings").asText()));
        }
        for (JsonNode run : root.path("runs")) {
            Map<String, Figures> results = new LinkedHashMap<>();
            run.path("results").properties().forEach(e -> results.put(e.getKey(), figures(e.getValue())));
            if (run(run.path("name").asText(), run.path("seed").asLong()).isEmpty()) {
                add(new Run(run.path("name").asText(), run.path("seed").asLong(), run.path("points").asInt(),
                        run.path("channels").asInt(), run.path("anomalousPoints").asInt(), run.path("scored").asInt(),
                        run.path("answers").asInt(), run.path("seconds").asDouble(), results));
            }
        }
    }

    /** Writes the report; readers see the old or the new file, never half of one. */
    public void write(Path file) throws IOException {
        ObjectNode root = JSON.createObjectNode();
        root.put("preset", preset);
        root.put("protocol", protocol);
        root.put("settings", settings);
        root.put("potential", "statistical");
        for (String name : names()) {
            Run first = runs.stream().filter(r -> r.series().equals(name)).findFirst().orElseThrow();
            ObjectNode series = root.withArray("series").addObject();
            describe(series, first);
            results(series.putObject("results"), ofSeries(name));
        }
        results(root.putObject("macro"), macro());
        root.put("seconds", runs.stream().mapToDouble(Run::seconds).sum());
        for (Run run : runs) {
            ObjectNode node = root.withArray("runs").addObject();
            describe(node, run);
            node.put("seed", run.seed());
            node.put("seconds", run.seconds());
            results(node.putObject("results"), run.results());
        }
        Path draft = file.resolveSibling(file.getFileName() + ".draft");
        JSON.writeValue(draft.toFile(), root);
        Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void describe(ObjectNode node, Run run) {
        node.put("name", run.series());
        node.put("points", run.points());
        node.put("channels", run.channels());
        node.put("anomalousPoints", run.anomalousPoints());
        node.put("scored", run.scored());
        node.put("answers", run.answers());
    }

    private static void results(ObjectNode node, Map<String, Figures> results) {
        results.forEach((method, figures) -> {
            ObjectNode f = node.putObject(method);
            double[] values = figures.values();
            for (int k = 0; k < values.length; k++) {
                if (Double.isFinite(values[k])) {
                    f.put(Figures.NAMES.get(k), values[k]);
                } else {
                    f.putNull(Figures.NAMES.get(k));
                }
            }
        });
    }

    private static Figures figures(JsonNode node) {
        double[] values = new double[Figures.NAMES.size()];
        for (int k = 0; k < values.length; k++) {
            values[k] = node.path(Figures.NAMES.get(k)).asDouble(Double.NaN);
        }
        return Figures.of(values);
    }

    private static Map<String, Figures> means(List<Map<String, Figures>> all) {
        Map<String, List<Figures>> byMethod = new LinkedHashMap<>();
        all.forEach(one -> one.forEach((method, f) -> byMethod.computeIfAbsent(method, m -> new ArrayList<>()).add(f)));
        Map<String, Figures> means = new LinkedHashMap<>();
        byMethod.forEach((method, figures) -> means.put(method, Figures.mean(figures)));
        return means;
    }

    private static double deviation(double[] x) {
        double mean = java.util.Arrays.stream(x).average().orElse(Double.NaN);
        double square = java.util.Arrays.stream(x).map(v -> (v - mean) * (v - mean)).sum();
        return x.length < 2 ? Double.NaN : Math.sqrt(square / (x.length - 1));
    }
}
