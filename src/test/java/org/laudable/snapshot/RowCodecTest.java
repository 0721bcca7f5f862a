package org.laudable.snapshot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.laudable.dataset.Origin;
import org.laudable.snapshot.SnapshotRow.Label;
import org.laudable.snapshot.SnapshotRow.Window;

/** What is packed comes out as it went in. */
class RowCodecTest {
    @Test
    void rows_of_all_kinds_come_out_as_they_went_in() {
        Random random = new Random(3);
        for (int round = 0; round < 200; round++) {
            List<SnapshotRow> rows = new ArrayList<>();
            long key = random.nextInt(1_000);
            for (int i = random.nextInt(50); i >= 0; i--) {
                key += 1 + random.nextLong(random.nextBoolean() ? 3 : 1L << 40);
                rows.add(row(random, key));
            }
            assertEquals(rows, RowCodec.unpack(RowCodec.pack(rows), rows.size()));
        }
    }

    @Test
    void a_row_by_itself_has_the_same_bytes_wherever_it_lies() {
        Random random = new Random(5);
        List<SnapshotRow> rows = List.of(row(random, 7), row(random, 9), row(random, 12));
        List<SnapshotRow> again = RowCodec.unpack(RowCodec.pack(rows), 3);

        for (int i = 0; i < 3; i++) {
            assertArrayEquals(RowCodec.alone(rows.get(i)), RowCodec.alone(again.get(i)));
        }
    }

    @Test
    void a_million_labels_of_a_model_take_little_room() {
        Random random = new Random(1);
        Instant at = Instant.parse("2030-01-01T00:00:00Z");
        List<SnapshotRow> rows = new ArrayList<>();
        for (int i = 0; i < 8_192; i++) {
            rows.add(new SnapshotRow(i + 1, i + 1, new Label(random.nextInt(20) + 1, Origin.MODEL, random.nextFloat(), List.of(), at, 7, -1), 0, null));
        }
        assertTrue(RowCodec.pack(rows).length < 8_192 * 8, RowCodec.pack(rows).length / 8_192.0 + " bytes a row");
    }

    private static SnapshotRow row(Random random, long key) {
        Label label = random.nextInt(4) == 0 ? null : new Label(random.nextLong(1_000_000), Origin.values()[random.nextInt(5)],
                random.nextBoolean() ? null : (Float) random.nextFloat(), random.longs(random.nextInt(4), 1, 1L << 50).boxed().toList(),
                Instant.EPOCH.plus(random.nextLong(4_000_000_000_000_000L), ChronoUnit.MICROS), random.nextInt(100) - 1, random.nextLong(100_000) - 1);
        Window window = random.nextInt(3) > 0 ? null : new Window(random.nextLong(1_000), random.nextInt(1_000), random.nextInt(1 << 30), random.nextLong(),
                -random.nextLong(1L << 50), random.ints(random.nextInt(3), 0, 99).boxed().toList());
        return new SnapshotRow(key, key * 3 - random.nextInt(100), label, random.nextLong(5), window);
    }
}
