package org.laudable.laud;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.laudable.LaudableConfig;
import org.laudable.engine.saved.BoundedInput;
import org.laudable.engine.text.TextScorer;
import org.laudable.loop.CannotGoOn;
import org.laudable.project.LabelClass;
import org.laudable.project.ProjectDirectory;

/**
 * The model of a sweep, written once into the data folder that all processes share, so that each worker scores with the same
 * one, whatever is labelled meanwhile. The one last used stays in memory.
 */
@ApplicationScoped
class SweepModels {
    private final RunRepository runs;
    private final RoundTrainer trainer;
    private final ProjectDirectory projects;
    private final Path folder;
    private Loaded newest;

    SweepModels(RunRepository runs, RoundTrainer trainer, ProjectDirectory projects, LaudableConfig config) {
        this.runs = runs;
        this.trainer = trainer;
        this.projects = projects;
        this.folder = config.data().resolve("sweeps");
    }

    record Loaded(long sweepId, TextScorer scorer) {}

    /** Trains the model again if this process has not got it, and writes it; returns the classes of its columns. */
    List<Long> write(Sweep sweep) {
        RunRow run = runs.find(sweep.runId()).orElseThrow();
        RoundTrainer.Fitted fitted = trainer.newest(run);
        TextScorer scorer = fitted.model().scorer(fitted.session().pool());
        try {
            Files.createDirectories(folder);
            part(sweep, "head", scorer::writeHead);
            part(sweep, "vocabulary", scorer::writeVocabulary);
            part(sweep, "pool", scorer::writePool);
        } catch (IOException e) {
            throw new UncheckedIOException("The model of a sweep could not be written: " + e.getMessage(), e);
        }
        keep(new Loaded(sweep.id(), scorer.forMany()));
        return fitted.session().schema().ids();
    }

    private interface Part {
        void write(OutputStream to) throws IOException;
    }

    private void part(Sweep sweep, String name, Part part) throws IOException {
        Path made = Files.createTempFile(folder, name, ".part");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(made))) {
            part.write(out);
        }
        Files.move(made, path(sweep, name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private Path path(Sweep sweep, String name) {
        return folder.resolve(sweep.id() + "-" + name);
    }

    /** The sweep's model, read from its file where it was not made here. */
    synchronized Loaded of(Sweep sweep) {
        if (newest == null || newest.sweepId() != sweep.id()) {
            newest = null; // two at once would need twice the memory
            newest = new Loaded(sweep.id(), read(sweep).forMany());
        }
        return newest;
    }

    private synchronized void keep(Loaded loaded) {
        newest = loaded;
    }

    private TextScorer read(Sweep sweep) {
        List<LabelClass> all = projects.classes(sweep.projectId());
        Schema schema = new Schema(sweep.classIds().stream().map(id -> all.stream().filter(c -> c.id() == id).findFirst()
                .orElseThrow(() -> new CannotGoOn("run.note.classes"))).toList());
        try (BoundedInput head = input(sweep, "head"); BoundedInput vocabulary = input(sweep, "vocabulary"); BoundedInput pool = input(sweep, "pool")) {
            return TextScorer.read(schema.forEngine(), head, vocabulary, pool);
        } catch (IOException e) {
            throw new UncheckedIOException("The model of a sweep could not be read: " + e.getMessage(), e);
        }
    }

    private BoundedInput input(Sweep sweep, String name) throws IOException {
        Path path = path(sweep, name);
        return new BoundedInput(Files.newInputStream(path), Files.size(path));
    }

    /** The sweep is over. */
    synchronized void forget(Sweep sweep) {
        newest = newest != null && newest.sweepId() == sweep.id() ? null : newest;
        try {
            for (String name : List.of("head", "vocabulary", "pool")) {
                Files.deleteIfExists(path(sweep, name));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The model of a sweep could not be deleted: " + e.getMessage(), e);
        }
    }
}
