package org.laudable.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import org.laudable.engine.series.Acquisition;
import org.laudable.engine.series.replay.LabelledSeries;
import org.laudable.engine.series.replay.Protocol;
import org.laudable.engine.series.replay.ReplayPlan;
import org.laudable.engine.series.replay.SeriesFormat;
import org.laudable.engine.series.replay.SeriesReplay;
import org.laudable.engine.series.replay.SeriesReport;
import org.laudable.engine.series.replay.UnreadableSeries;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Replays the series loop with known labels as the oracle; no server, no database, no network. */
@Command(name = "series", mixinStandardHelpOptions = true, sortOptions = false,
        description = {"Run the series loop on labelled series, with their labels as the answers, and print how well anomalies are found.",
            "The result depends on the files, the options and the seeds only. A broken run goes on from its JSON."},
        footer = {"", "Exit codes: 0 done, 1 failed, 2 the command line is wrong."})
final class ReplaySeriesCommand implements Callable<Integer> {

    @Spec CommandSpec spec;

    @Option(names = "--data", required = true, paramLabel = "PATH", description = "Folder (or, for csv, one file) of labelled series.")
    Path data;

    @Option(names = "--format", required = true, paramLabel = "NAME", description = "smd, nab, ms-cloud, yahoo or csv.")
    String format;

    @Option(names = "--preset", defaultValue = "laudable", paramLabel = "NAME",
            description = "Whose questions the baselines' thresholds get: laudable or paper; both are always measured (default: ${DEFAULT-VALUE}).")
    String preset;

    @Option(names = "--queries", defaultValue = "30", paramLabel = "N", description = "Answers a series and part (default: ${DEFAULT-VALUE}).")
    int queries;

    @Option(names = "--protocol", defaultValue = "blocks", paramLabel = "NAME", description = "blocks, future or user (default: ${DEFAULT-VALUE}).")
    String protocol;

    @Option(names = "--acquisition", defaultValue = "mixed", paramLabel = "NAME", description = "mixed, learn or find (default: ${DEFAULT-VALUE}).")
    String acquisition;

    @Option(names = "--seeds", defaultValue = "5", paramLabel = "N", description = "How many seeds (default: ${DEFAULT-VALUE}).")
    int seeds;

    @Option(names = "--brief", description = "Measure laudable and the simple scores only: no paper, random queries or Q-regressions.")
    boolean brief;

    @Option(names = "--ablations", description = "Also measure each part of the method switched off.")
    boolean ablations;

    @Option(names = "--judges", split = ",", paramLabel = "Q",
            description = {"Instead of the usual methods, try the loop without a potential, with the statistical one, and with judges of these",
                "known qualities in a language model's place, such as 1,0.9,0.7. Says nothing about any language model."})
    List<Double> judges = List.of();

    @Option(names = "--series", paramLabel = "GLOB", description = "Only series whose name fits, such as 'machine-1-*'.")
    Optional<String> series = Optional.empty();

    @Option(names = "--scores", paramLabel = "DIR", description = "Write index, score, decision and split of every point here, one file a series, seed and part.")
    Optional<Path> scores = Optional.empty();

    @Option(names = "--json", paramLabel = "OUT", description = "Write the figures here as JSON, and go on from there if it exists.")
    Optional<Path> json = Optional.empty();

    @Option(names = "--processes", defaultValue = "2", paramLabel = "N",
            description = "Processes side by side, a seed each, when there is a --json file to meet in (default: ${DEFAULT-VALUE}).")
    int processes;

    @Option(names = "--only-seed", hidden = true)
    Optional<Long> onlySeed = Optional.empty();

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        try {
            ReplayPlan plan = plan();
            SeriesReport report = new SeriesReport(preset, protocol, "%s queries=%d %s ablations=%s%s"
                    .formatted(format, queries, acquisition, ablations, (brief ? " brief" : "") + (judges.isEmpty() ? "" : " judges=" + judges)));
            if (onlySeed.isPresent()) {
                json = json.map(whole -> SeedProcesses.part(whole, onlySeed.get()));
            }
            if (json.isPresent()) {
                report.resume(json.get());
            }
            List<LabelledSeries> chosen = chosen();
            if (onlySeed.isEmpty() && seeds > 1 && processes > 1 && json.isPresent()) {
                new SeedProcesses(spec.commandLine().getParseResult().originalArgs(), json.get(), processes).run(seeds, report);
                report.write(json.get());
            } else {
                play(plan, chosen, report, out);
            }
            SeriesTable.print(report, chosen, out);
            return 0;
        } catch (UnreadableSeries e) {
            throw new CommandFailed(e.getMessage(), e);
        }
    }

    private void play(ReplayPlan plan, List<LabelledSeries> chosen, SeriesReport report, PrintWriter out) throws IOException {
        long[] all = onlySeed.isPresent() ? new long[] {onlySeed.get()} : LongStream.rangeClosed(1, seeds).toArray();
        for (LabelledSeries labelled : chosen) {
            for (long seed : all) {
                if (report.run(labelled.series().name(), seed).isPresent()) {
                    continue;
                }
                long start = System.nanoTime();
                SeriesReplay.Result result;
                try (PointFile points = new PointFile(scores, labelled, seed, preset)) {
                    result = new SeriesReplay(plan, judges).play(labelled, seed, points::write);
                }
                double seconds = (System.nanoTime() - start) / 1e9;
                report.add(new SeriesReport.Run(labelled.series().name(), seed, labelled.anomalous().length,
                        labelled.series().channels().size(), labelled.positives(), result.scored(), result.answers(), seconds, result.results()));
                out.printf(Locale.ROOT, "%s, seed %d: %.0f s%n", labelled.series().name(), seed, seconds);
                out.flush();
                if (json.isPresent()) {
                    report.write(json.get());
                }
            }
        }
    }

    private ReplayPlan plan() {
        if (brief && preset.equals("paper")) {
            throw new ParameterException(spec.commandLine(), "--brief leaves the preset paper out: choose one of both.");
        }
        return new ReplayPlan(option("--preset", preset, List.of("laudable", "paper")),
                Protocol.valueOf(option("--protocol", protocol, List.of("blocks", "future", "user")).toUpperCase(Locale.ROOT)),
                positive("--queries", queries), 5,
                Acquisition.valueOf(option("--acquisition", acquisition, List.of("mixed", "learn", "find")).toUpperCase(Locale.ROOT)),
                brief, ablations, format.equals("smd") ? 100 : 25);
    }

    private List<LabelledSeries> chosen() {
        if (judges.stream().anyMatch(q -> !(q >= 0 && q <= 1))) {
            throw new ParameterException(spec.commandLine(), "--judges: a quality lies between 0 and 1.");
        }
        option("--format", format, List.of("smd", "nab", "ms-cloud", "yahoo", "csv"));
        positive("--seeds", seeds);
        PathMatcher glob = FileSystems.getDefault().getPathMatcher("glob:" + series.orElse("*"));
        List<LabelledSeries> fitting = new ArrayList<>();
        for (LabelledSeries one : SeriesFormat.named(format).readAll(data)) {
            if (glob.matches(Path.of(one.series().name()))) {
                fitting.add(one);
            }
        }
        if (fitting.isEmpty()) {
            throw new CommandFailed("No series in %s fits '%s'.".formatted(data, series.orElse("*")));
        }
        scores.ifPresent(ReplaySeriesCommand::create);
        return fitting;
    }

    private static void create(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new CommandFailed("The folder %s cannot be made: %s".formatted(folder, e.getMessage()), e);
        }
    }

    private String option(String name, String value, List<String> allowed) {
        if (!allowed.contains(value)) {
            throw new ParameterException(spec.commandLine(), "%s %s: choose one of %s.".formatted(name, value, String.join(", ", allowed)));
        }
        return value;
    }

    private int positive(String name, int value) {
        if (value < 1) {
            throw new ParameterException(spec.commandLine(), "%s must be at least 1.".formatted(name));
        }
        return value;
    }
}
