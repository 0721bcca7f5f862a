package org.laudable.series;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.laudable.Refused;
import org.laudable.engine.parquet.ParquetSink;
import org.laudable.engine.parquet.ParquetSink.Column;
import org.laudable.engine.parquet.ParquetSink.Kind;
import org.laudable.engine.series.file.PointReader;
import org.laudable.engine.series.file.SeriesInputs;
import org.laudable.engine.series.file.SourceEntry;
import org.laudable.engine.series.file.SourcePlan;
import org.laudable.engine.series.file.SourceSniffer;
import org.laudable.engine.series.file.UnreadableSource;
import org.laudable.testing.Mutations;

/** Files of series and events that are nearly right: read, or refused with a sentence. */
class SeriesFuzzTest {
    private static final int EACH = 500;
    private static final ZoneId ZONE = ZoneId.of("UTC");
    private static final Instant START = Instant.parse("2024-03-01T00:00:00Z");
    private static final String WINDOWS = "{\"plant.csv\": [[\"2024-03-01 00:10:00.000000\", \"2024-03-01 00:20:00\"]], \"other.csv\": []}";
    private static final String TASKS = """
            [{"id": 1, "data": {"csv": "/data/a1b2c3d4-plant.csv"}, "annotations": [{"was_cancelled": false, "result": [
              {"type": "timeserieslabels", "value": {"start": "2024-03-01 00:10:00", "end": 1709258460000, "timeserieslabels": ["Spike"]}}]}], "predictions": []}]
            """;

    @TempDir Path folder;

    @Test
    void files_of_series_are_read_or_refused_whatever_is_in_them() throws IOException {
        Mutations mutations = new Mutations(23);
        int[] counts = new int[3];
        for (Map.Entry<String, byte[]> one : samples().entrySet()) {
            for (int n = 0; n < EACH; n++) {
                boolean values = one.getKey().endsWith(".json") && n % 2 == 0 && one.getKey().startsWith("tasks");
                byte[] changed = values ? mutations.values(one.getValue()) : mutations.bytes(one.getValue());
                read(one.getKey(), changed, counts);
            }
        }
        System.out.printf("Series files: %,d changed files, %,d of them or of their series refused, %,d points read%n",
                EACH * samples().size(), counts[0], counts[2]);
        assertTrue(counts[0] > 200 && counts[2] > 10_000, counts[0] + " refused, " + counts[2] + " points");
    }

    @Test
    void events_are_taken_or_refused_all_or_none() {
        Mutations mutations = new Mutations(29);
        List<String> samples = List.of(WINDOWS, "from,to,text\n2024-12-24 18:00,2024-12-26 23:59,Christmas\n2025-01-07 02:00,,Backup,weekly\n");
        int taken = 0;
        int refused = 0;
        for (int n = 0; n < 4_000; n++) {
            String text = new String(mutations.bytes(samples.get(n % 2).getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
            try {
                taken += EventFile.parse(text, 1, 2L, "plant", ZONE).isEmpty() ? 0 : 1;
            } catch (Refused e) {
                refused++;
            } catch (RuntimeException | Error e) {
                throw new AssertionError(text, e);
            }
        }
        System.out.printf("Events: 4,000 changed texts, %,d taken, %,d refused%n", taken, refused);
        assertTrue(taken > 200 && refused > 200, taken + " taken, " + refused + " refused");
    }

    private void read(String name, byte[] bytes, int[] counts) throws IOException {
        Path file = Files.write(folder.resolve("file"), bytes);
        List<SourceEntry> entries = new ArrayList<>(List.of(new SourceEntry("1", name, () -> Files.newInputStream(file), Optional.of(file))));
        if (name.endsWith(".json")) {
            byte[] plant = table(120);
            entries.add(new SourceEntry("2", "plant.csv", () -> new ByteArrayInputStream(plant)));
        }
        try {
            SourcePlan plan = SourceSniffer.sniff(entries);
            counts[0] += plan.refused().size();
            SeriesInputs inputs = new SeriesInputs(plan, entries, ZONE);
            for (SeriesInputs.Unit unit : inputs.units()) {
                for (SeriesInputs.Input input : inputs.inputs(unit)) {
                    try (PointReader points = input.opener().open()) {
                        while (points.next()) {
                            counts[2]++;
                        }
                    }
                }
            }
        } catch (UnreadableSource e) {
            counts[0]++;
        } catch (RuntimeException | Error e) {
            throw new AssertionError(name + ": " + new String(bytes, StandardCharsets.UTF_8), e);
        }
    }

    private static Map<String, byte[]> samples() throws IOException {
        ByteArrayOutputStream parquet = new ByteArrayOutputStream();
        try (ParquetSink sink = new ParquetSink(parquet, List.of(new Column("time", Kind.TIME), new Column("load", Kind.DOUBLE)), Map.of())) {
            for (int t = 0; t < 120; t++) {
                sink.write(START.plusSeconds(60L * t).toEpochMilli(), t / 3.0);
            }
        }
        StringBuilder tall = new StringBuilder("series,timestamp,channel,value\n");
        for (int t = 0; t < 60; t++) {
            tall.append("m").append(t % 2).append(',').append(START.plusSeconds(60L * t)).append(",speed,").append(t / 3.0).append('\n');
        }
        return new TreeMap<>(Map.of("plant.csv", table(120), "tall.csv", tall.toString().getBytes(StandardCharsets.UTF_8), "plant.parquet", parquet.toByteArray(),
                "windows.json", WINDOWS.getBytes(StandardCharsets.UTF_8), "tasks.json", TASKS.getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] table(int points) {
        StringBuilder text = new StringBuilder("timestamp,load,heat\n");
        for (int t = 0; t < points; t++) {
            text.append(START.plusSeconds(60L * t)).append(',').append(t % 7).append(',').append(t / 3.0).append('\n');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
