package org.laudable.dataset;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** Sentence vectors by model and text fingerprint, shared by all projects. For background work; checks no access. */
@ApplicationScoped
public class EmbeddingStore {
    private static final int CHUNK = 5_000;

    private final DataSource dataSource;

    EmbeddingStore(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** The vectors in the order of the fingerprints; null where there is none yet. */
    public float[][] load(String model, List<byte[]> fingerprints) {
        float[][] vectors = new float[fingerprints.size()][];
        try (Connection connection = dataSource.getConnection();
                PreparedStatement query = connection.prepareStatement(
                        "select fingerprint, vector from embedding where model = ? and fingerprint = any (?)")) {
            for (int start = 0; start < vectors.length; start += CHUNK) {
                List<byte[]> chunk = fingerprints.subList(start, Math.min(vectors.length, start + CHUNK));
                Map<ByteBuffer, float[]> found = new HashMap<>();
                query.setString(1, model);
                query.setArray(2, connection.createArrayOf("bytea", chunk.toArray(byte[][]::new)));
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        found.put(ByteBuffer.wrap(rows.getBytes(1)), floats(rows.getBytes(2)));
                    }
                }
                for (int i = 0; i < chunk.size(); i++) {
                    vectors[start + i] = found.get(ByteBuffer.wrap(chunk.get(i)));
                }
            }
            return vectors;
        } catch (SQLException e) {
            throw new IllegalStateException("The stored sentence vectors cannot be read", e);
        }
    }

    /** Saves vectors; those already there stay as they are. Returns how many were new. */
    public int save(String model, List<byte[]> fingerprints, List<float[]> vectors) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement insert = connection.prepareStatement("""
                        insert into embedding (model, fingerprint, vector)
                        select ?, fingerprint, vector from unnest(?::bytea[], ?::bytea[]) as new (fingerprint, vector)
                        order by fingerprint on conflict do nothing""")) {
            int fresh = 0;
            for (int start = 0; start < fingerprints.size(); start += CHUNK) {
                int end = Math.min(fingerprints.size(), start + CHUNK);
                insert.setString(1, model);
                insert.setArray(2, connection.createArrayOf("bytea", fingerprints.subList(start, end).toArray(byte[][]::new)));
                insert.setArray(3, connection.createArrayOf("bytea",
                        vectors.subList(start, end).stream().map(EmbeddingStore::bytes).toArray(byte[][]::new)));
                fresh += insert.executeUpdate();
            }
            return fresh;
        } catch (SQLException e) {
            throw new IllegalStateException("Sentence vectors cannot be stored", e);
        }
    }

    private static byte[] bytes(float[] vector) {
        ByteBuffer buffer = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asFloatBuffer().put(vector);
        return buffer.array();
    }

    private static float[] floats(byte[] bytes) {
        float[] vector = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
        return vector;
    }
}
