package org.laudable.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.laudable.engine.series.replay.LabelledSeries;
import org.laudable.engine.series.replay.SeriesReplay;

/** Writes the preset's score, decision and split of every point, a file for each part of the protocol. */
final class PointFile implements AutoCloseable {

    private final Optional<Path> folder;
    private final LabelledSeries labelled;
    private final long seed;
    private final String method;
    private int part;

    PointFile(Optional<Path> folder, LabelledSeries labelled, long seed, String method) {
        this.folder = folder;
        this.labelled = labelled;
        this.seed = seed;
        this.method = method;
    }

    void write(String name, SeriesReplay.Points points) {
        if (folder.isEmpty() || !name.equals(method)) {
            return;
        }
        part++;
        Path file = folder.get().resolve("%s-seed%d-part%d.csv".formatted(labelled.series().name(), seed, part));
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8))) {
            out.println("index,score,decision,split");
            for (int t = 0; t < points.score().length; t++) {
                out.printf(Locale.ROOT, "%d,%.6f,%d,%s%n", t, points.score()[t], points.flagged()[t] ? 1 : 0, points.scored()[t] ? "score" : "ask");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        part = 0;
    }
}
