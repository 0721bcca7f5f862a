package org.laudable.model.file;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.laudable.dataset.file.FileRow;
import org.laudable.dataset.file.FileSniffer;
import org.laudable.dataset.file.RowReader;
import org.laudable.dataset.file.UnreadableFile;
import org.laudable.engine.text.CandidatePool;
import org.laudable.engine.text.EmbeddedHead;
import org.laudable.engine.text.LabelVectors;
import org.laudable.engine.text.NormalizedText;
import org.laudable.engine.text.OnnxTextEncoder;
import org.laudable.engine.text.PoolSettings;
import org.laudable.engine.text.PromptTemplates;
import org.laudable.engine.text.TaskModel;
import org.laudable.engine.text.TextClass;
import org.laudable.engine.text.TrainingLabels;

/** A small model of the sample foods, trained by the engine itself: 300 descriptions, 120 of them labelled, 60 more held out. */
public final class FoodsModel {
    private static final int POOL = 300;
    private static final int LABELLED = 120;
    private static final int HELD_OUT = 60;
    private static FoodsModel made;

    public final List<String> heldOut;
    public final float[][] heldOutVectors;
    final CandidatePool pool;
    final TaskModel model;
    final List<byte[]> taught = new ArrayList<>();

    private FoodsModel() {
        List<String[]> rows = rows();
        List<String> texts = rows.stream().map(row -> row[0]).toList();
        List<String> names = new ArrayList<>(new TreeSet<>(rows.stream().map(row -> row[1]).toList()));
        try (OnnxTextEncoder encoder = OnnxTextEncoder.bgeSmall()) {
            float[][] vectors = encoder.encodeAll(texts);
            LabelVectors labels = LabelVectors.of(names.stream().map(TextClass::named).toList(), new PromptTemplates("a food"), encoder);
            pool = CandidatePool.build(texts.subList(0, POOL), java.util.Arrays.copyOf(vectors, POOL), labels, PoolSettings.standard());
            heldOut = texts.subList(POOL, POOL + HELD_OUT);
            heldOutVectors = java.util.Arrays.copyOfRange(vectors, POOL, POOL + HELD_OUT);
        }
        Map<Integer, Integer> answers = new HashMap<>();
        for (int i = 0; i < LABELLED; i++) {
            answers.put(i, names.indexOf(rows.get(i)[1]));
            taught.add(NormalizedText.of(texts.get(i)).fingerprint());
        }
        model = EmbeddedHead.standard().train(pool, TrainingLabels.of(answers), 7);
    }

    public static synchronized FoodsModel get() {
        made = made == null ? new FoodsModel() : made;
        return made;
    }

    private static List<String[]> rows() {
        Path foods = Path.of("src/main/resources/samples/usda-foods.csv");
        try (RowReader in = RowReader.open(foods, FileSniffer.sniff(foods, "usda-foods.csv"), List.of())) {
            List<String[]> rows = new ArrayList<>();
            for (Optional<FileRow> row = in.next(); row.isPresent(); row = in.next()) {
                rows.add(new String[] {row.get().fields().get(1), row.get().fields().get(2)});
            }
            java.util.Collections.shuffle(rows, new Random(5));
            return rows.subList(0, POOL + HELD_OUT);
        } catch (IOException | UnreadableFile e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes the model as the product does. */
    public Path write(Path file) throws IOException {
        var scorer = model.scorer(pool);
        try (OutputStream out = Files.newOutputStream(file); BundleWriter writer = new BundleWriter(out)) {
            TextModelFile.write(writer, scorer, taught);
            writer.finish(new Manifest(Manifest.FORMAT, Manifest.VERSION, "TEXT", "Foods", "1-5", Instant.EPOCH, "embedded-head 1",
                    new Manifest.Text(TextModelFile.encoder(scorer), scorer.classes().stream().map(c -> new Manifest.LabelClass(c.name(), c.description(), null)).toList(),
                            scorer.temperature()), null, List.of()));
        }
        return file;
    }
}
