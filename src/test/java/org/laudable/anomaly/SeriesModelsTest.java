package org.laudable.anomaly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.laudable.Refused;
import org.laudable.cli.PredictByCommand;
import org.laudable.engine.series.OnlineScorer;
import org.laudable.loop.PredictForPrograms;
import org.laudable.loop.Predictions;
import org.laudable.model.KeptModel;
import org.laudable.model.LoadedStart;
import org.laudable.model.ModelCard;
import org.laudable.model.ModelService;
import org.laudable.model.file.BundleFile;
import org.laudable.model.file.Manifest;
import org.laudable.model.file.SeriesModelFile;
import org.laudable.project.Meaning;
import org.laudable.security.ActingAs;
import org.laudable.series.SeriesInfo;
import org.laudable.series.SeriesStore;
import org.laudable.testing.Eventually;
import org.laudable.testing.Sample;

/** Detectors go out as a file, score windows and files alike, and begin a run over other series. */
@QuarkusTest
class SeriesModelsTest {
    private static final int WINDOW = 60;

    @Inject DetectionBench bench;
    @Inject Sample sample;
    @Inject ModelService models;
    @Inject PredictForPrograms predictions;
    @Inject DetectionService detection;
    @Inject ModelRepository fitted;
    @Inject SeriesStore store;
    @TempDir Path folder;

    @Test
    void a_file_scores_windows_as_the_project_does_and_begins_a_run_over_another_series() throws Exception {
        DetectionBench.Team team = bench.team(8);
        long run = bench.start(team);
        bench.untilRound(run, 1);
        bench.completeRound(team, run);
        SeriesInfo info = bench.series(team);

        double[] window = window();
        Predictions said = ActingAs.person(team.manager(), () -> predictions.predict(team.project(), List.of(), List.of(asked(info, window))));
        List<Double> probabilities = said.windows().getFirst().probabilities();
        assertTrue(said.windows().getFirst().flagged());
        assertTrue(probabilities.subList(30, 42).stream().mapToDouble(p -> p).max().orElse(0) > 2 * probabilities.subList(0, 28).stream().mapToDouble(p -> p).max().orElse(1),
                "the planted burst stands out: " + probabilities);

        Path file = fetch(team, makeFile(team));
        try (BundleFile bundle = BundleFile.open(file)) {
            Manifest.Detector detector = SeriesModelFile.series(bundle).detectors().getFirst();
            assertEquals("load", detector.channels().getFirst().name());
            OnlineScorer scorer = SeriesModelFile.scorer(bundle, detector, 0);
            double[] known = store.window(info.id(), 0, info.points())[0];
            long[] millis = store.times(info.id());
            for (int t = 0; t < known.length; t++) {
                scorer.push(millis[t] / 1_000, new double[] {known[t]});
            }
            for (int t = 0; t < window.length; t++) {
                OnlineScorer.Verdict verdict = scorer.push(PlantedSeries.at(PlantedSeries.POINTS + t).getEpochSecond(), new double[] {window[t]});
                assertEquals(probabilities.get(t), verdict.probability(), 1e-5, "point " + t + " of the window, with all of the past and with what is looked back at");
            }
        }

        StringBuilder csv = new StringBuilder("time,load,note\n");
        double[] known = store.window(info.id(), 0, info.points())[0];
        for (int t = 0; t < known.length + window.length; t++) {
            csv.append(PlantedSeries.at(t)).append(',').append(t < known.length ? known[t] : window[t - known.length]).append(",x\n");
        }
        Path input = Files.writeString(folder.resolve("points.csv"), csv);
        Path output = folder.resolve("scored.csv");
        StringWriter err = new StringWriter();
        assertEquals(0, PredictByCommand.run(err, "--bundle", file.toString(), "--input", input.toString(), "--output", output.toString()), err.toString());
        List<String> rows = Files.readAllLines(output);
        assertEquals("time,load,note,probability,anomaly", rows.getFirst());
        boolean anomaly = false;
        for (int t = 0; t < window.length; t++) {
            String[] cells = rows.get(1 + known.length + t).split(",");
            assertEquals(probabilities.get(t), Double.parseDouble(cells[3]), 1e-5);
            anomaly |= Boolean.parseBoolean(cells[4]);
        }
        assertTrue(anomaly);
        assertEquals(1, PredictByCommand.run(err, "--bundle", file.toString(), "--input", input.toString(), "--series", "turbine"));
        assertTrue(err.toString().contains("does not know the series 'turbine'; it knows pump"), err.toString());
        assertEquals(2, PredictByCommand.run(err, "--bundle", file.toString(), "--input", input.toString(), "--chances"));

        ModelCard card = ActingAs.person(team.manager(), () -> models.card(team.project(), "newest"));
        DetectionView page = ActingAs.person(team.manager(), () -> detection.current(team.project())).orElseThrow();
        assertEquals(sample.number("select count(*) from resolution where project_id = ? and superseded_at is null and outcome = 'LABEL'", team.project()), card.data().labels());
        assertEquals(PlantedSeries.POINTS, card.data().items());
        if (page.quality().agreement() != null) {
            assertEquals(page.quality().agreement(), card.measures().getFirst().figure());
        }
        assertEquals(page.quality().agreement() == null, card.measures().isEmpty());

        elsewhere(file);
        orderedBetweenTwoRounds(team, card);
    }

    /** Answers of a round that is not complete yet are in the file, and its card says so. */
    private void orderedBetweenTwoRounds(DetectionBench.Team team, ModelCard before) throws Exception {
        assertEquals(2, bench.answer(team, 2));
        sample.execute("delete from model_bundle where project_id = ?", team.project());

        Path file = fetch(team, makeFile(team));

        ModelCard card = ActingAs.person(team.manager(), () -> models.card(team.project(), "newest"));
        assertEquals(before.data().labels() + 2, card.data().labels());
        assertEquals(card.data().labels(), card.data().sources().values().stream().mapToLong(n -> n).sum());
        assertNotEquals(before.data().labelsSha256(), card.data().labelsSha256());
        try (BundleFile bundle = BundleFile.open(file)) {
            assertEquals(card.data().labels(), SeriesModelFile.series(bundle).detectors().getFirst().answers(), "as many as the detector has learned from");
        }
        assertEquals(0, sample.number("select count(*) from series_live_model where series_id = ? and answers_key = ?", bench.series(team).id(),
                fitted.ofProject(team.project()).getFirst().answersKey()), "it is not taken for the round's");
    }

    /** Another project: the same channel, other values. */
    private void elsewhere(Path file) throws IOException {
        DetectionBench.Team same = bench.team(8);
        Refused itself = assertThrows(Refused.class, () -> load(same, file));
        assertTrue(itself.getMessage().contains("has learned from 'pump' itself"), itself.getMessage());

        DetectionBench.Team other = bench.team(8);
        sample.execute("delete from series where project_id = ?", other.project());
        bench.carryIn(other.manager(), other.project(), "turbine", 2);
        LoadedStart start = load(other, file);
        assertEquals(List.of("turbine"), start.report().matched());
        assertEquals(List.of(), start.report().onlyThere());
        long run = bench.start(other);
        bench.untilRound(run, 1);
        FittedSeries begun = fitted.ofProject(other.project()).getFirst();
        assertEquals(0, begun.version());
        assertTrue(begun.anchor() > 0, "it flags as a model that has learned, before its first answer");
        try {
            String provenance = org.laudable.engine.series.Bundle.read(new java.io.ByteArrayInputStream(fitted.bundle(begun.seriesId()).orElseThrow())).model().provenance().settings();
            assertTrue(provenance.contains("begun with"), provenance);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        bench.completeRound(other, run);
        assertTrue(fitted.ofProject(other.project()).getFirst().version() > 0);
        assertFalse(ActingAs.person(other.manager(), () -> detection.current(other.project())).orElseThrow().error() != null);
    }

    /** What follows the stored series: the rhythm goes on, and at its thirtieth point something is planted. */
    private static double[] window() {
        Random random = new Random(9);
        double[] values = new double[WINDOW];
        for (int t = 0; t < WINDOW; t++) {
            values[t] = 10 + 4 * Math.sin(2 * Math.PI * (PlantedSeries.POINTS + t) / 144) + .3 * random.nextGaussian() + (t >= 30 && t < 42 ? 9 : 0);
        }
        return values;
    }

    private static Predictions.Window asked(SeriesInfo info, double[] values) {
        List<Predictions.Point> points = new ArrayList<>();
        for (int t = 0; t < values.length; t++) {
            points.add(new Predictions.Point(PlantedSeries.at(PlantedSeries.POINTS + t), List.of(values[t])));
        }
        return new Predictions.Window(info.id(), points);
    }

    private String makeFile(DetectionBench.Team team) {
        ActingAs.person(team.manager(), () -> models.order(team.project()));
        Eventually.holds("the file is made", () -> {
            KeptModel newest = ActingAs.person(team.manager(), () -> models.list(team.project())).getFirst();
            if (newest.state() == KeptModel.State.FAILED) {
                throw new AssertionError(newest.error());
            }
            return newest.state() == KeptModel.State.READY;
        });
        return "newest";
    }

    private Path fetch(DetectionBench.Team team, String version) throws IOException {
        ModelService.Download download = ActingAs.person(team.manager(), () -> models.open(team.project(), version));
        Path file = folder.resolve("model.zip");
        try (OutputStream out = Files.newOutputStream(file)) {
            download.content().copy(out);
        }
        return file;
    }

    private LoadedStart load(DetectionBench.Team team, Path file) {
        return ActingAs.person(team.manager(), () -> {
            try (InputStream in = Files.newInputStream(file)) {
                return models.load(team.project(), in);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
    }
}
