package org.laudable.cli;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.laudable.model.file.BundleFile;
import org.laudable.model.file.Manifest;
import org.laudable.model.file.UnusableBundle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Scores a file with a model that was downloaded; no server, no database, no network, and memory for a few hundred rows. */
@Command(name = "predict", mixinStandardHelpOptions = true, sortOptions = false,
        description = {"Score a file with a model saved by 'Download model'.",
            "Texts get a label and how sure the model is; points of a series get the probability of an anomaly.",
            "Rows keep their order. A row that cannot be read gets no label, and is told on stderr."},
        footer = {"", "Exit codes: 0 done, 1 failed, 2 the command line is wrong."})
final class PredictCommand implements Callable<Integer> {
    @Spec CommandSpec spec;

    @Option(names = "--bundle", required = true, paramLabel = "FILE", description = "The model.")
    Path bundle;

    @Option(names = "--input", required = true, paramLabel = "FILE", description = "CSV, TSV, JSON Lines or Parquet.")
    Path input;

    @Option(names = "--output", paramLabel = "FILE", description = "Where to write; .csv or .jsonl. Without it, CSV goes to stdout.")
    Path output;

    @Option(names = "--format", paramLabel = "NAME", description = "csv or jsonl, in place of what the output's name says.")
    String format;

    @Option(names = "--text", paramLabel = "COLUMN", description = "Texts: the column of the text (default: the one that is found to hold it).")
    String text;

    @Option(names = "--chances", description = "Texts: also write the probability of every class.")
    boolean chances;

    @Option(names = "--series", paramLabel = "NAME", description = "Series: which one the points are of, where the model knows several.")
    String series;

    @Option(names = "--time", paramLabel = "COLUMN", description = "Series: the column of the time (default: time, timestamp, at, date …).")
    String time;

    @Override
    public Integer call() throws IOException {
        boolean jsonl = jsonl();
        for (Path file : new Path[] {bundle, input}) {
            if (!Files.isRegularFile(file)) {
                throw new CommandFailed("There is no file " + file + ".");
            }
        }
        if (output != null && (Files.exists(output) && (Files.isSameFile(output, input) || Files.isSameFile(output, bundle)))) {
            throw new ParameterException(spec.commandLine(), "--output must be another file than --input and --bundle.");
        }
        try (BundleFile model = BundleFile.open(bundle)) {
            return predict(model, jsonl);
        } catch (UnusableBundle e) {
            throw new CommandFailed(e.getMessage(), e);
        }
    }

    private boolean jsonl() {
        String wanted = format != null ? format.toLowerCase(Locale.ROOT)
                : output != null && output.toString().toLowerCase(Locale.ROOT).endsWith(".jsonl") ? "jsonl" : "csv";
        if (!wanted.equals("csv") && !wanted.equals("jsonl")) {
            throw new ParameterException(spec.commandLine(), "--format is csv or jsonl, not '" + format + "'.");
        }
        return wanted.equals("jsonl");
    }

    private int predict(BundleFile model, boolean jsonl) throws IOException, UnusableBundle {
        Manifest manifest = model.manifest();
        boolean texts = manifest.text() != null;
        if (texts ? series != null || time != null : text != null || chances) {
            throw new ParameterException(spec.commandLine(), texts ? "--series and --time are for models of series; this one is of texts."
                    : "--text and --chances are for models of texts; this one is of series.");
        }
        if (!texts) {
            SeriesPrediction prediction = new SeriesPrediction(model, series, time);
            try (OutputStream out = opened(); ScoredRows rows = ScoredRows.to(out, jsonl)) {
                return prediction.run(input, rows, spec.commandLine().getErr());
            }
        }
        try (OutputStream out = opened(); ScoredRows rows = ScoredRows.to(out, jsonl)) {
            return new TextPrediction(model, text, chances).run(input, rows, spec.commandLine().getErr());
        }
    }

    private OutputStream opened() throws IOException {
        if (output != null) {
            return new BufferedOutputStream(Files.newOutputStream(output), 1 << 16);
        }
        return new FilterOutputStream(new BufferedOutputStream(System.out, 1 << 16)) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
            }

            @Override
            public void close() throws IOException {
                flush(); // standard output stays open
            }
        };
    }
}
