package org.laudable.load;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.SplittableRandom;
import org.laudable.e2e.RunningLaudable;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;

/** Sentence vectors that were never computed: unit vectors around sixty centres, straight into the table. */
final class MadeVectors {
    static final int DIMENSION = 384;
    private static final String MODEL = "bge-small-en-v1.5-q";
    private static final int CENTRES = 60;

    private MadeVectors() {}

    /** One for each text of a project. */
    static void put(RunningLaudable laudable, long project) throws Exception {
        try (Connection reading = laudable.connection(); Connection writing = laudable.connection()) {
            reading.setAutoCommit(false);
            byte[] model = MODEL.getBytes(StandardCharsets.UTF_8);
            try (PreparedStatement items = reading.prepareStatement("""
                    select fingerprint from item i where project_id = ? and not exists (
                      select 1 from embedding e where e.model = '%s' and e.fingerprint = i.fingerprint)""".formatted(MODEL));
                    DataOutputStream out = new DataOutputStream(new java.io.BufferedOutputStream(new PGCopyOutputStream(
                            (PGConnection) writing.unwrap(PGConnection.class), "copy embedding (model, fingerprint, vector) from stdin (format binary)"), 1 << 20))) {
                items.setFetchSize(5_000);
                items.setLong(1, project);
                header(out);
                SplittableRandom random = new SplittableRandom(project);
                float[][] centres = centres();
                try (ResultSet rows = items.executeQuery()) {
                    while (rows.next()) {
                        out.writeShort(3);
                        field(out, model);
                        field(out, rows.getBytes(1));
                        field(out, bytes(near(centres[random.nextInt(CENTRES)], random)));
                    }
                }
                out.writeShort(-1);
            }
            writing.createStatement().execute("analyze embedding");
        }
    }

    private static void header(DataOutputStream out) throws IOException {
        out.write("PGCOPY\n".getBytes(StandardCharsets.US_ASCII));
        out.write(new byte[] {(byte) 0xFF, '\r', '\n', 0});
        out.writeInt(0);
        out.writeInt(0);
    }

    private static void field(OutputStream out, byte[] value) throws IOException {
        out.write(ByteBuffer.allocate(4).putInt(value.length).array());
        out.write(value);
    }

    static float[][] centres() {
        SplittableRandom random = new SplittableRandom(5);
        float[][] centres = new float[CENTRES][];
        for (int i = 0; i < CENTRES; i++) {
            centres[i] = near(new float[DIMENSION], random);
        }
        return centres;
    }

    /** A unit vector as near to a centre as two sentences of one subject are to each other. */
    static float[] near(float[] centre, SplittableRandom random) {
        float[] vector = new float[DIMENSION];
        double length = 0;
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = centre[i] + (random.nextFloat() - 0.5f) * 0.12f;
            length += vector[i] * vector[i];
        }
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] /= (float) Math.sqrt(length);
        }
        return vector;
    }

    private static byte[] bytes(float[] vector) {
        ByteBuffer buffer = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asFloatBuffer().put(vector);
        return buffer.array();
    }
}
