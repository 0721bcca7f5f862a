package org.laudable.engine.text;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Sentence vectors by bge-small-en-v1.5 (quantised, 384 floats, BAAI, MIT licence), in this process and with no
 * network: the state of the first token (CLS), scaled to length 1.
 *
 * <p>Texts go through one at a time, because the dynamic quantisation would let a vector depend on its batch mates;
 * several threads may encode at once. About 200 short texts a second and core. Texts are cut at
 * {@value #MAX_CHARACTERS} characters and then at 512 tokens, so a text of a megabyte costs no more than a page.
 */
public final class OnnxTextEncoder implements TextEncoder {

    private static final String MODEL = "bge-small-en-v1.5-q";
    private static final int DIMENSION = 384;
    private static final int MAX_TOKENS = 512;
    private static final int MAX_CHARACTERS = 8_000;

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final HuggingFaceTokenizer tokenizer;

    private OnnxTextEncoder(OrtEnvironment environment, OrtSession session, HuggingFaceTokenizer tokenizer) {
        this.environment = environment;
        this.session = session;
        this.tokenizer = tokenizer;
    }

    /**
     * Loads the model from the class path; takes about half a second and 100 MB.
     *
     * @throws IllegalStateException if the model cannot be read or started
     */
    public static OnnxTextEncoder bgeSmall() {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (InputStream tokens = resource("/" + MODEL + "-tokenizer.json");
                InputStream model = resource("/" + MODEL + ".onnx");
                OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.newInstance(tokens, Map.of(
                    "truncation", "true", "maxLength", Integer.toString(MAX_TOKENS), "padding", "false"));
            return new OnnxTextEncoder(environment, environment.createSession(model.readAllBytes(), options), tokenizer);
        } catch (OrtException | IOException e) {
            throw new IllegalStateException("The text model " + MODEL + " could not be loaded: " + e.getMessage(), e);
        }
    }

    /** SHA-256 of network and tokenizer, in hexadecimal: vectors of another file must not be mixed with these. */
    public static String sha256() {
        try (InputStream model = resource("/" + MODEL + ".onnx"); InputStream tokens = resource("/" + MODEL + "-tokenizer.json")) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (InputStream part : List.of(model, tokens)) {
                byte[] buffer = new byte[1 << 16];
                for (int read = part.read(buffer); read >= 0; read = part.read(buffer)) {
                    digest.update(buffer, 0, read);
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("The text model " + MODEL + " could not be read: " + e.getMessage(), e);
        }
    }

    /** What {@link #modelId()} of every instance says. */
    public static String name() {
        return MODEL;
    }

    private static InputStream resource(String name) throws IOException {
        InputStream in = OnnxTextEncoder.class.getResourceAsStream(name);
        if (in == null) {
            throw new IOException(name + " is not on the class path");
        }
        return in;
    }

    @Override
    public String modelId() {
        return MODEL;
    }

    @Override
    public int dimension() {
        return DIMENSION;
    }

    @Override
    public float[] encode(String text) {
        Encoding tokens = tokenizer.encode(clean(text));
        try (OnnxTensor ids = OnnxTensor.createTensor(environment, new long[][] {tokens.getIds()});
                OnnxTensor mask = OnnxTensor.createTensor(environment, new long[][] {tokens.getAttentionMask()});
                OnnxTensor types = OnnxTensor.createTensor(environment, new long[][] {tokens.getTypeIds()})) {
            Map<String, OnnxTensor> inputs = new HashMap<>();
            inputs.put("input_ids", ids);
            inputs.put("attention_mask", mask);
            if (session.getInputNames().contains("token_type_ids")) {
                inputs.put("token_type_ids", types);
            }
            try (OrtSession.Result result = session.run(inputs)) {
                float[] vector = new float[DIMENSION];
                ((OnnxTensor) result.get(0)).getFloatBuffer().get(vector);
                return unit(vector);
            }
        } catch (OrtException e) {
            throw new IllegalStateException("The text model failed on a text: " + e.getMessage(), e);
        }
    }

    /** Encodes on all cores; the result does not depend on how many there are. */
    @Override
    public float[][] encodeAll(List<String> texts) {
        float[][] vectors = new float[texts.size()][];
        IntStream.range(0, vectors.length).parallel().forEach(i -> vectors[i] = encode(texts.get(i)));
        return vectors;
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new UncheckedIOException(new IOException("The text model could not be closed", e));
        } finally {
            tokenizer.close();
        }
    }

    /** Cuts before tokenising, never inside a surrogate pair, and drops lone surrogates, which are not text. */
    private static String clean(String text) {
        int end = Math.min(text.length(), MAX_CHARACTERS);
        StringBuilder out = new StringBuilder(end);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (!Character.isSurrogate(c)) {
                out.append(c == 0 ? ' ' : c);
            } else if (Character.isHighSurrogate(c) && i + 1 < end && Character.isLowSurrogate(text.charAt(i + 1))) {
                out.append(c).append(text.charAt(++i));
            }
        }
        return out.toString();
    }

    private static float[] unit(float[] v) {
        double sum = 0;
        for (float x : v) {
            sum += (double) x * x;
        }
        float scale = (float) (1 / Math.max(Math.sqrt(sum), 1e-12));
        for (int i = 0; i < v.length; i++) {
            v[i] *= scale;
        }
        return v;
    }
}
