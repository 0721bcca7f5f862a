package org.laudable.engine.series.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.laudable.engine.series.Series;

/** Server Machine Dataset (Su et al., KDD 2019): the training file becomes the series' history. */
final class SmdReader {

    private SmdReader() {
    }

    static List<LabelledSeries> read(Path folder) throws IOException {
        List<LabelledSeries> all = new ArrayList<>();
        for (Path test : SeriesFiles.below(folder.resolve("test"), name -> name.startsWith("machine-"))) {
            Path train = folder.resolve("train").resolve(test.getFileName());
            Path labels = folder.resolve("test_label").resolve(test.getFileName());
            if (!Files.exists(train) || !Files.exists(labels)) {
                throw new UnreadableSeries("%s has no file of the same name in train and test_label.".formatted(test.getFileName()));
            }
            all.add(machine(SeriesFiles.stem(test), train, test, labels));
        }
        return all;
    }

    private static LabelledSeries machine(String name, Path train, Path test, Path labels) throws IOException {
        List<double[]> rows = rows(train);
        int history = rows.size();
        rows.addAll(rows(test));
        List<double[]> truth = rows(labels);
        int channels = rows.getFirst().length;
        double[][] values = new double[channels][rows.size()];
        long[] seconds = new long[rows.size()];
        for (int t = 0; t < rows.size(); t++) {
            if (rows.get(t).length != channels) {
                throw new UnreadableSeries("%s: train and test have different numbers of channels, %d and %d."
                        .formatted(name, channels, rows.get(t).length));
            }
            seconds[t] = 60L * t;
            for (int c = 0; c < channels; c++) {
                values[c][t] = rows.get(t)[c];
            }
        }
        boolean[] anomalous = new boolean[truth.size()];
        for (int t = 0; t < anomalous.length; t++) {
            anomalous[t] = truth.get(t)[0] != 0;
        }
        List<String> names = new ArrayList<>();
        for (int c = 0; c < channels; c++) {
            names.add("channel-" + (c + 1));
        }
        return new LabelledSeries(new Series(name, names, seconds, values, history), anomalous);
    }

    private static List<double[]> rows(Path file) throws IOException {
        List<double[]> rows = new ArrayList<>();
        int number = 0;
        for (String line : SeriesFiles.lines(file)) {
            number++;
            String[] fields = line.split(",");
            double[] row = new double[fields.length];
            for (int c = 0; c < row.length; c++) {
                row[c] = SeriesFiles.number(fields[c], file, number);
            }
            rows.add(row);
        }
        return rows;
    }
}
