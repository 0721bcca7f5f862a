package org.laudable.model.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.laudable.engine.linear.FloatMatrix;
import org.laudable.engine.text.TextScorer;

/** A text model that went through a file says the very same of texts it has never seen. */
class TextModelFileTest {
    @TempDir Path folder;
    private final FoodsModel foods = FoodsModel.get();

    @Test
    void a_model_from_a_file_predicts_bit_by_bit_what_the_trained_one_does() throws Exception {
        FloatMatrix before = foods.model.predict(foods.pool.outside(foods.heldOut, foods.heldOutVectors));
        try (BundleFile file = BundleFile.open(foods.write(folder.resolve("model.zip")))) {
            TextScorer after = TextModelFile.scorer(file);
            assertArrayEquals(before.data(), after.predict(foods.heldOut, foods.heldOutVectors).data());
            assertEquals(foods.pool.classes(), after.classes());
            for (int i = 0; i < 10; i++) {
                FloatMatrix alone = after.predict(foods.heldOut.subList(i, i + 1), Arrays.copyOfRange(foods.heldOutVectors, i, i + 1));
                assertArrayEquals(before.row(i), alone.row(0), "a text's prediction must not depend on the others'");
            }
        }
        assertTrue(Arrays.stream(before.argMax()).distinct().count() > 5, "the sample must show several classes");
    }

    @Test
    void the_file_tells_which_texts_taught_it_and_holds_none_of_them() throws Exception {
        Path written = foods.write(folder.resolve("model.zip"));
        try (BundleFile file = BundleFile.open(written)) {
            List<byte[]> taught = TextModelFile.taught(file);
            assertEquals(foods.taught.size(), taught.size());
            assertArrayEquals(foods.taught.getFirst(), taught.getFirst());
            for (String part : file.names()) {
                String bytes = new String(file.data(part).readAllBytes(), java.nio.charset.StandardCharsets.ISO_8859_1);
                for (String text : foods.heldOut) {
                    assertTrue(text.length() < 20 || !bytes.contains(text), part + " holds a text");
                }
            }
        }
        assertEquals(-1, Arrays.mismatch(Files.readAllBytes(written), Files.readAllBytes(foods.write(folder.resolve("again.zip")))), "the same model gives the same file");
    }

    @Test
    void a_model_of_another_encoder_is_refused_with_both_names() throws IOException {
        Path file = folder.resolve("other.zip");
        var scorer = foods.model.scorer(foods.pool);
        try (BundleWriter writer = new BundleWriter(Files.newOutputStream(file))) {
            TextModelFile.write(writer, scorer, List.of());
            writer.finish(new Manifest(Manifest.FORMAT, 1, "TEXT", "Foods", "1-5", null, "embedded-head 1",
                    new Manifest.Text(new Manifest.Encoder("another-encoder", 384, "0".repeat(64)), List.of(), 1), null, List.of()));
        }
        UnusableBundle refused = assertThrows(UnusableBundle.class, () -> {
            try (BundleFile open = BundleFile.open(file)) {
                TextModelFile.scorer(open);
            }
        });
        assertTrue(refused.getMessage().contains("another-encoder") && refused.getMessage().contains("bge-small"), refused.getMessage());
    }
}
