package org.laudable.engine.series.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.laudable.engine.series.Series;

/** Numenta Anomaly Benchmark: two columns per file, labels as time windows in combined_windows.json. */
final class NabReader {

    private NabReader() {
    }

    static List<LabelledSeries> read(Path folder) throws IOException {
        Path windows = List.of(folder.resolve("combined_windows.json"), folder.resolve("labels/combined_windows.json")).stream()
                .filter(Files::exists).findFirst()
                .orElseThrow(() -> new UnreadableSeries("There is no combined_windows.json in %s.".formatted(folder)));
        JsonNode byFile = new ObjectMapper().readTree(windows.toFile());
        Path data = folder.resolve("data");
        List<LabelledSeries> all = new ArrayList<>();
        for (Path file : SeriesFiles.below(data, name -> name.endsWith(".csv"))) {
            String key = data.relativize(file).toString().replace('\\', '/');
            all.add(file(file, byFile.path(key), windows));
        }
        return all;
    }

    private static LabelledSeries file(Path file, JsonNode windows, Path source) throws IOException {
        List<String> lines = SeriesFiles.lines(file);
        int n = lines.size() - 1;
        long[] seconds = new long[n];
        double[][] values = new double[1][n];
        boolean[] anomalous = new boolean[n];
        for (int t = 0; t < n; t++) {
            String[] fields = lines.get(t + 1).split(",", -1);
            if (fields.length != 2) {
                throw new UnreadableSeries("%s, line %d: timestamp,value expected.".formatted(file.getFileName(), t + 2));
            }
            seconds[t] = SeriesFiles.seconds(fields[0], file, t + 2);
            values[0][t] = SeriesFiles.number(fields[1], file, t + 2);
        }
        for (JsonNode window : windows) {
            long from = SeriesFiles.seconds(window.get(0).asText(), source, 1);
            long to = SeriesFiles.seconds(window.get(1).asText(), source, 1);
            for (int t = 0; t < n; t++) {
                anomalous[t] |= from <= seconds[t] && seconds[t] <= to;
            }
        }
        return new LabelledSeries(new Series(SeriesFiles.stem(file), List.of("value"), seconds, values, 0), anomalous);
    }
}
