package org.laudable.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.laudable.engine.text.TextEncoder;

/**
 * Vectors of a list of texts, kept in a file between replays where a folder is given.
 *
 * @param folder where, or nowhere
 */
record VectorFile(Optional<Path> folder) {

    private static final int CHUNK = 1_000;

    float[][] vectors(TextEncoder encoder, List<String> texts, Consumer<String> progress) {
        Optional<Path> file = folder.map(f -> f.resolve(key(encoder, texts) + ".f32"));
        try {
            if (file.isPresent() && Files.exists(file.get())) {
                return read(file.get(), texts.size(), encoder.dimension());
            }
            float[][] vectors = encode(encoder, texts, progress);
            if (file.isPresent()) {
                write(file.get(), vectors, encoder.dimension());
            }
            return vectors;
        } catch (IOException e) {
            throw new CommandFailed("The vectors in %s could not be read or written: %s".formatted(folder.orElseThrow(), e.getMessage()), e);
        }
    }

    private static float[][] encode(TextEncoder encoder, List<String> texts, Consumer<String> progress) {
        float[][] vectors = new float[texts.size()][];
        for (int i = 0; i < vectors.length; i += CHUNK) {
            progress.accept("encoding texts: %,d of %,d".formatted(i, vectors.length));
            float[][] part = encoder.encodeAll(texts.subList(i, Math.min(vectors.length, i + CHUNK)));
            System.arraycopy(part, 0, vectors, i, part.length);
        }
        return vectors;
    }

    private static float[][] read(Path file, int rows, int dimension) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.remaining() != rows * dimension * Float.BYTES) {
            throw new IOException(file + " is damaged; delete it");
        }
        float[][] vectors = new float[rows][dimension];
        for (float[] row : vectors) {
            bytes.asFloatBuffer().get(row);
            bytes.position(bytes.position() + dimension * Float.BYTES);
        }
        return vectors;
    }

    private static void write(Path file, float[][] vectors, int dimension) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(vectors.length * dimension * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        Arrays.stream(vectors).forEach(row -> {
            for (float value : row) {
                bytes.putFloat(value);
            }
        });
        Files.createDirectories(file.getParent());
        Path part = Files.write(file.resolveSibling(file.getFileName() + ".part"), bytes.array());
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String key(TextEncoder encoder, List<String> texts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(encoder.modelId().getBytes(StandardCharsets.UTF_8));
            for (String text : texts) {
                digest.update((byte) 0);
                digest.update(text.getBytes(StandardCharsets.UTF_8));
            }
            return encoder.modelId() + '-' + HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-256", e);
        }
    }
}
