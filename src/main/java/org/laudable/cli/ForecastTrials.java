package org.laudable.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.laudable.engine.evaluation.LearningForecast;
import org.laudable.engine.text.replay.ScoredTexts;
import picocli.CommandLine.Option;

/** Forecasts made in the middle of replayed curves, held against what came about. */
final class ForecastTrials implements ScoredTexts {

    @Option(names = "--forecast-at", paramLabel = "N", description = "Forecast each curve when it has so many labels, and print how it came about.")
    Integer at;

    @Option(names = "--forecast-for", defaultValue = "800", paramLabel = "N", description = "Labels to forecast the accuracy of (default: ${DEFAULT-VALUE}).")
    int target;

    @Option(names = "--audit", defaultValue = "200", paramLabel = "N",
            description = "Scored texts, drawn by seed, whose answers the forecast may see (default: ${DEFAULT-VALUE}).")
    int audit;

    private final Map<String, Map<Integer, TreeMap<Integer, boolean[]>>> curves = new LinkedHashMap<>();

    boolean wanted() {
        return at != null;
    }

    /** Every batch up to the forecast, then the labels it is for. */
    List<Integer> checkpoints(int batch) {
        if (at >= target) {
            throw new IllegalArgumentException("--forecast-at lies before --forecast-for, not at %d of %d".formatted(at, target));
        }
        return IntStream.concat(IntStream.iterate(0, n -> n <= at, n -> n + batch), IntStream.of(at, target)).distinct().boxed().toList();
    }

    @Override
    public void scored(String start, String strategy, int seed, int labels, boolean[] right) {
        if (wanted()) {
            curves.computeIfAbsent(strategy + ", start " + start, name -> new TreeMap<>())
                    .computeIfAbsent(seed, one -> new TreeMap<>()).put(labels, right);
        }
    }

    void print(PrintWriter out) {
        curves.forEach((name, seeds) -> {
            out.printf(Locale.ROOT, "%nforecast at %d labels for %d, %.0f %% band, from %d audit answers: %s%n", at, target,
                    100 * LearningForecast.CONFIDENCE, audit, name);
            int runs = 0;
            int covered = 0;
            double width = 0;
            double widest = 0;
            for (var seed : seeds.entrySet()) {
                Optional<LearningForecast.Estimate> made = forecast(seed.getKey(), seed.getValue());
                if (made.isEmpty() || !seed.getValue().containsKey(target)) {
                    out.printf(Locale.ROOT, "  seed %d: too few rounds or texts%n", seed.getKey() + 1);
                    continue;
                }
                LearningForecast.Estimate band = made.get();
                double truth = share(seed.getValue().get(target));
                boolean holds = band.low() <= truth && truth <= band.high();
                out.printf(Locale.ROOT, "  seed %2d: %.3f (%.3f–%.3f), came about %.3f%s%n", seed.getKey() + 1, band.middle(), band.low(),
                        band.high(), truth, holds ? "" : "  outside");
                runs++;
                covered += holds ? 1 : 0;
                width += band.high() - band.low();
                widest = Math.max(widest, band.high() - band.low());
            }
            if (runs > 0) {
                out.printf(Locale.ROOT, "  inside the band: %d of %d; width %.1f points on average, %.1f at most%n", covered, runs,
                        100 * width / runs, 100 * widest);
            }
        });
        out.flush();
    }

    private Optional<LearningForecast.Estimate> forecast(int seed, TreeMap<Integer, boolean[]> curve) {
        int[] sample = sample(curve.firstEntry().getValue().length, seed);
        return LearningForecast.of(curve.headMap(at, true).entrySet().stream()
                        .map(point -> new LearningForecast.Round(point.getKey(), pick(point.getValue(), sample))).toList())
                .map(forecast -> forecast.accuracy(target));
    }

    /** The audit sample: without repetition, the same at every checkpoint. */
    private int[] sample(int texts, int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] order = IntStream.range(0, texts).toArray();
        int size = Math.min(audit, texts);
        for (int i = 0; i < size; i++) {
            int other = i + random.nextInt(texts - i);
            int kept = order[i];
            order[i] = order[other];
            order[other] = kept;
        }
        return java.util.Arrays.copyOf(order, size);
    }

    private static boolean[] pick(boolean[] right, int[] sample) {
        boolean[] picked = new boolean[sample.length];
        for (int i = 0; i < sample.length; i++) {
            picked[i] = right[sample[i]];
        }
        return picked;
    }

    private static double share(boolean[] right) {
        int count = 0;
        for (boolean one : right) {
            count += one ? 1 : 0;
        }
        return (double) count / right.length;
    }
}
