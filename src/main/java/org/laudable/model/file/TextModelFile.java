package org.laudable.model.file;

import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.laudable.engine.saved.BoundedInput;
import org.laudable.engine.text.NormalizedText;
import org.laudable.engine.text.OnnxTextEncoder;
import org.laudable.engine.text.TextClass;
import org.laudable.engine.text.TextScorer;

/** The parts of a model for texts. */
public final class TextModelFile {
    private static final String HEAD = "head.bin";
    private static final String VOCABULARY = "vocabulary.bin";
    private static final String POOL = "pool.bin";
    private static final String TAUGHT = "taught.bin";
    /** Each becomes an object when it is read. */
    static final int MOST_TAUGHT = 2_000_000;

    private TextModelFile() {}

    /** @param taught fingerprints of the texts whose labels it was trained on */
    public static void write(BundleWriter to, TextScorer scorer, List<byte[]> taught) throws IOException {
        to.part(HEAD, "Settings, the classes' vectors, and the weights of the regression", scorer::writeHead);
        to.part(VOCABULARY, "Words and pieces of words that several texts share, with their weights", scorer::writeVocabulary);
        to.part(POOL, "Vectors of the texts of the pool, and the classes' shares spread over them; no text", scorer::writePool);
        to.part(TAUGHT, "Fingerprints of the texts whose labels it was trained on, so that nobody measures it on them", out -> {
            DataOutputStream data = new DataOutputStream(out);
            for (byte[] fingerprint : taught) {
                data.write(fingerprint);
            }
            data.flush();
        });
    }

    public static Manifest.Encoder encoder(TextScorer scorer) {
        return new Manifest.Encoder(OnnxTextEncoder.name(), scorer.dimension(), OnnxTextEncoder.sha256());
    }

    /** @throws UnusableBundle if it is not of texts, its encoder is another one than ours, or its parts do not fit */
    public static TextScorer scorer(BundleFile file) throws IOException, UnusableBundle {
        Manifest.Text text = file.manifest().text();
        if (text == null || text.encoder() == null || text.classes() == null) {
            throw new UnusableBundle("This is a model of series, not of texts.");
        }
        if (!OnnxTextEncoder.sha256().equals(text.encoder().sha256())) {
            throw new UnusableBundle("The model was trained with the text encoder %s (%.8s…), which is not the one of this Laudable (%s). Train it anew here."
                    .formatted(text.encoder().name(), text.encoder().sha256(), OnnxTextEncoder.name()));
        }
        List<TextClass> classes = new ArrayList<>();
        for (Manifest.LabelClass one : text.classes()) {
            if (one == null || one.name() == null || one.name().isBlank()) {
                throw new UnusableBundle("The model has a class without a name.");
            }
            classes.add(new TextClass(one.name(), one.description() == null ? "" : one.description()));
        }
        try (BoundedInput head = file.data(HEAD); BoundedInput vocabulary = file.data(VOCABULARY); BoundedInput pool = file.data(POOL)) {
            return TextScorer.read(classes, head, vocabulary, pool);
        } catch (IOException e) {
            throw new UnusableBundle(e.getMessage() == null ? "The model file is damaged." : e.getMessage(), e);
        }
    }

    /** Fingerprints of the texts whose labels taught it. @throws UnusableBundle if there are more than a model can have */
    public static List<byte[]> taught(BundleFile file) throws IOException, UnusableBundle {
        List<byte[]> taught = new ArrayList<>();
        try (BoundedInput data = file.data(TAUGHT)) {
            if (data.holds(MOST_TAUGHT + 1L, NormalizedText.FINGERPRINT_BYTES)) {
                throw new UnusableBundle("The model was trained on more than %,d texts, more than any model made here.".formatted(MOST_TAUGHT));
            }
            byte[] next = data.readNBytes(NormalizedText.FINGERPRINT_BYTES);
            while (next.length == NormalizedText.FINGERPRINT_BYTES) {
                taught.add(next);
                next = data.readNBytes(NormalizedText.FINGERPRINT_BYTES);
            }
        }
        return taught;
    }
}
