package org.laudable.laud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.security.ForbiddenException;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.laudable.Refused;
import org.laudable.engine.linear.FloatMatrix;
import org.laudable.engine.text.TextScorer;
import org.laudable.loop.PredictForPrograms;
import org.laudable.loop.Predictions;
import org.laudable.loop.RunControl;
import org.laudable.model.KeptModel;
import org.laudable.model.LoadedStart;
import org.laudable.model.ModelCard;
import org.laudable.model.ModelService;
import org.laudable.model.file.BundleFile;
import org.laudable.model.file.Manifest;
import org.laudable.model.file.TextModelFile;
import org.laudable.security.ActingAs;
import org.laudable.testing.Eventually;
import org.laudable.testing.Sample;

/** A text model goes out as a file and begins a run elsewhere. */
@QuarkusTest
class TextModelsTest {
    @Inject LoopBench bench;
    @Inject Sample sample;
    @Inject ModelService models;
    @Inject PredictForPrograms predictions;
    @Inject RunService runs;
    @Inject RunControl control;
    @Inject RoundTrainer trainer;
    @Inject SentenceEncoder encoder;
    @TempDir Path folder;

    @Test
    void the_file_predicts_what_the_project_does_and_its_card_has_the_figures_of_the_page() throws Exception {
        LoopBench.Team team = bench.team(40, 10, LoopBench.NEVER);
        long run = bench.startAndPrepare(team);
        bench.answerToRound(team, run, 3);

        KeptModel made = makeFile(team);
        assertEquals(run + "-2", made.version());
        Path file = fetch(team, made.version());

        List<String> texts = List.of("a small pear", "the fast truck", "one more hammer", "a hungry wolf", "something else entirely");
        Predictions said = ActingAs.person(team.manager(), () -> predictions.predict(team.project(), texts, List.of()));
        try (BundleFile bundle = BundleFile.open(file)) {
            TextScorer scorer = TextModelFile.scorer(bundle);
            FloatMatrix p = scorer.predict(texts, encoder.encodeAll(texts));
            for (int i = 0; i < texts.size(); i++) {
                assertEquals(said.texts().get(i).label(), scorer.classes().get(p.argMax(i)).name());
                assertEquals(said.texts().get(i).confidence(), p.get(i, p.argMax(i)), "bit by bit");
            }
            assertEquals(20, TextModelFile.taught(bundle).size());
            assertTrue(bundle.text(Manifest.CARD_TEXT).orElseThrow().contains("## Limits"));
        }

        ModelCard card = ActingAs.person(team.manager(), () -> models.card(team.project(), made.version()));
        RunView page = ActingAs.person(team.manager(), () -> runs.current(team.project())).orElseThrow();
        RunView.Round newest = page.newest().orElseThrow();
        assertEquals(20, card.data().labels());
        assertEquals(40, card.data().heldBack());
        assertEquals(20, card.data().sources().get("PERSON"));
        if (newest.reported() > 0) {
            assertEquals(newest.accuracy(), card.measures().getFirst().figure());
            assertEquals(newest.reported(), card.measures().getFirst().answers());
            assertEquals(newest.macroF1(), card.measures().get(1).figure());
        }
        assertTrue(newest.reported() > 0, "the sample has been asked");
        assertEquals(page.classes().stream().map(RunView.ClassQuality::precision).toList(), card.classes().stream().map(ModelCard.ClassLine::precision).toList());
        assertEquals(1, sample.number("select count(*) from audit_event where project_id = ? and action = 'model.downloaded'", team.project()));
    }

    @Test
    void only_managers_have_models_and_nothing_is_fetched_before_it_is_made() {
        LoopBench.Team team = bench.team(12, 10, LoopBench.NEVER);
        assertThrows(ForbiddenException.class, () -> ActingAs.person(team.annotator(), () -> models.list(team.project())));
        Refused early = assertThrows(Refused.class, () -> ActingAs.person(team.manager(), () -> models.order(team.project())));
        assertTrue(early.getMessage().contains("no model yet"));
        assertThrows(ForbiddenException.class, () -> ActingAs.person(team.manager(), () -> models.open(team.project(), "newest")));
    }

    @Test
    void a_run_begins_with_what_a_model_of_another_project_knows() throws Exception {
        LoopBench.Team first = bench.team(12, 30, LoopBench.NEVER);
        long run = bench.startAndPrepare(first);
        bench.answerToRound(first, run, 2);
        Path file = fetch(first, makeFile(first).version());

        LoopBench.Team second = bench.team(30, 10, LoopBench.NEVER);
        sample.execute("update label_class set name = 'Category ' || ordinal where project_id = ? and name not in ('fruit', 'tool', 'animal')", second.project());
        LoadedStart start = load(second, file);
        assertEquals(List.of("fruit", "tool", "animal"), start.report().matched());
        assertEquals(List.of("Category 3"), start.report().onlyHere());
        assertEquals(List.of("vehicle"), start.report().onlyThere());
        assertTrue(start.report().notes().getFirst().startsWith("30 of the project's texts"), start.report().notes().toString());

        long next = bench.startAndPrepare(second);
        assertEquals(start.bundleId(), bench.row(next).settings().startModel());
        assertEquals(30, sample.number("select count(*) from item where project_id = ? and split = 'AUDIT'", second.project()));
        assertEquals(0, sample.number("""
                select count(*) from item i join model_start_text s on s.project_id = i.project_id and s.fingerprint = i.fingerprint
                where i.project_id = ? and i.split = 'AUDIT'""", second.project()), "no text that taught it measures it");
        LoopSession session = trainer.newest(bench.row(next)).session();
        try (BundleFile bundle = BundleFile.open(file)) {
            TextScorer scorer = TextModelFile.scorer(bundle);
            String text = "my neighbour's saw";
            float[] said = scorer.predict(List.of(text), new float[][] {encoder.encode(text)}).row(0);
            long item = sample.number("select id from item where project_id = ? and body = ?", second.project(), text);
            Integer at = session.indexByItem().get(item);
            if (at != null) {
                assertEquals(.75 * (said[1] + said[3] / 3), session.pool().prior().get(at, 1), 1e-5);
                assertEquals(.25, session.pool().prior().get(at, 3), 1e-5, "a class it does not know has an even share");
            }
            assertTrue(at != null || sample.number("select count(*) from item where id = ? and split = 'AUDIT'", item) == 1);
        }
        Refused late = assertThrows(Refused.class, () -> load(second, file));
        assertTrue(late.getMessage().contains("A run is going on"));
        assertEquals(2, sample.number("select count(*) from audit_event where project_id = ? and (action = 'model.loaded' or action = 'run.started' and details::text like '%version%')", second.project()));
        KeptModel made = makeFile(second);
        assertTrue(ActingAs.person(second.manager(), () -> models.card(second.project(), made.version())).startedFrom().contains(start.version()), "provenance");
    }

    @Test
    void a_start_that_would_be_measured_on_what_it_learned_from_is_refused() throws Exception {
        LoopBench.Team first = bench.team(12, 30, LoopBench.NEVER);
        long run = bench.startAndPrepare(first);
        bench.answerToRound(first, run, 2);
        Path file = fetch(first, makeFile(first).version());
        LoopBench.Team second = bench.team(90, 10, LoopBench.NEVER);
        bench.start(second);
        ActingAs.person(second.manager(), () -> control.stop(second.project()));

        Refused refused = assertThrows(Refused.class, () -> load(second, file));
        assertTrue(refused.getMessage().contains("audit sample taught the model"), refused.getMessage());

        LoopBench.Team third = bench.team(30, 10, LoopBench.NEVER);
        sample.execute("update label_class set name = 'kind ' || ordinal where project_id = ?", third.project());
        assertTrue(assertThrows(Refused.class, () -> load(third, file)).getMessage().contains("At least two must have the same names"));
        Path broken = Files.write(folder.resolve("broken.zip"), java.util.Arrays.copyOf(Files.readAllBytes(file), 20_000));
        assertThrows(Refused.class, () -> load(third, broken));
        assertFalse(ActingAs.person(third.manager(), () -> models.start(third.project())).isPresent());
    }

    private KeptModel makeFile(LoopBench.Team team) {
        ActingAs.person(team.manager(), () -> models.order(team.project()));
        Eventually.holds("the file is made", () -> {
            KeptModel newest = newest(team);
            if (newest.state() == KeptModel.State.FAILED) {
                throw new AssertionError(newest.error());
            }
            return newest.state() == KeptModel.State.READY;
        });
        return newest(team);
    }

    private KeptModel newest(LoopBench.Team team) {
        return ActingAs.person(team.manager(), () -> models.list(team.project())).getFirst();
    }

    private Path fetch(LoopBench.Team team, String version) throws IOException {
        ModelService.Download download = ActingAs.person(team.manager(), () -> models.open(team.project(), version));
        Path file = folder.resolve("model-" + team.project() + ".zip");
        try (OutputStream out = Files.newOutputStream(file)) {
            download.content().copy(out);
        }
        assertEquals(download.bytes(), Files.size(file));
        return file;
    }

    private LoadedStart load(LoopBench.Team team, Path file) {
        return ActingAs.person(team.manager(), () -> {
            try (InputStream in = Files.newInputStream(file)) {
                return models.load(team.project(), in);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
    }
}
