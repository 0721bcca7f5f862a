package org.laudable.engine.series.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.laudable.engine.series.Answer;

/** Readers, protocols, the answering truth, and reports that go on where they broke off. */
class ReplayPartsTest {

    @TempDir Path folder;

    @Test
    void blocks_never_split_an_event_and_the_halves_swap() {
        boolean[] truth = new boolean[1000];
        Arrays.fill(truth, 40, 70, true);
        Arrays.fill(truth, 495, 505, true);
        for (long seed = 0; seed < 10; seed++) {
            List<Protocol.Part> parts = Protocol.BLOCKS.parts(truth, seed);
            for (int t = 0; t < truth.length; t++) {
                assertTrue(parts.get(0).ask()[t] != parts.get(1).ask()[t]);
                assertEquals(parts.get(0).ask()[t], parts.get(1).score()[t]);
                if (t > 0 && truth[t] && truth[t - 1]) {
                    assertEquals(parts.get(0).ask()[t - 1], parts.get(0).ask()[t], "an event lies in one block");
                }
            }
        }
    }

    @Test
    void the_future_is_neither_asked_about_nor_fitted_on() {
        Protocol.Part part = Protocol.FUTURE.parts(new boolean[100], 1).getFirst();
        for (int t = 0; t < 100; t++) {
            assertEquals(t < 50, part.ask()[t]);
            assertEquals(t < 50, part.usable()[t]);
            assertEquals(t >= 50, part.score()[t]);
        }
        assertTrue(part.causal());
    }

    @Test
    void one_answer_labels_the_interval_in_view_or_a_normal_stretch() {
        boolean[] truth = new boolean[400];
        Arrays.fill(truth, 100, 120, true);
        boolean[] ask = new boolean[400];
        Arrays.fill(ask, 0, 300, true);
        Oracle oracle = new Oracle(truth, ask, 25);
        assertEquals(new Answer(110, 100, 120, true), oracle.answer(110));
        assertEquals(new Answer(130, 120, 156, false), oracle.answer(130));
        assertEquals(new Answer(290, 265, 300, false), oracle.answer(290));
    }

    @Test
    void csv_with_quotes_gaps_and_several_channels_is_read_in_order_of_time() throws IOException {
        Files.writeString(folder.resolve("plant.csv"), """
                "time","load",label,"temp"
                2024-01-01T01:00:00Z,2.5,1,
                2024-01-01 00:00:00,1.5,0,20
                """);
        LabelledSeries plant = SeriesFormat.CSV.readAll(folder).getFirst();
        assertEquals(List.of("load", "temp"), plant.series().channels());
        assertEquals(1.5, plant.series().values()[0][0]);
        assertTrue(Double.isNaN(plant.series().values()[1][1]));
        assertEquals(3600, plant.series().step());
        assertEquals(1, plant.positives());
    }

    @Test
    void smd_keeps_the_training_file_as_history() throws IOException {
        for (String part : List.of("train", "test", "test_label")) {
            Files.createDirectories(folder.resolve(part));
        }
        Files.writeString(folder.resolve("train/machine-9-9.txt"), "0,0.1\n0,0.2\n0,0.3\n");
        Files.writeString(folder.resolve("test/machine-9-9.txt"), "0.5,0.1\n0,0.2\n");
        Files.writeString(folder.resolve("test_label/machine-9-9.txt"), "1\n0\n");
        LabelledSeries machine = SeriesFormat.SMD.readAll(folder).getFirst();
        assertEquals(3, machine.series().history());
        assertEquals(5, machine.series().length());
        assertTrue(machine.anomalous()[0]);
        Files.writeString(folder.resolve("test/machine-9-9.txt"), "0.5\n0\n");
        assertThrows(UnreadableSeries.class, () -> SeriesFormat.SMD.readAll(folder));
    }

    @Test
    void nab_labels_every_point_in_a_window() throws IOException {
        Files.createDirectories(folder.resolve("data/group"));
        Files.writeString(folder.resolve("data/group/cpu.csv"), "timestamp,value\n2014-04-02 14:25:00,1\n2014-04-02 14:30:00,2\n2014-04-02 14:35:00,3\n");
        Files.writeString(folder.resolve("combined_windows.json"),
                "{\"group/cpu.csv\": [[\"2014-04-02 14:30:00.000000\", \"2014-04-02 14:35:00.000000\"]]}");
        LabelledSeries cpu = SeriesFormat.NAB.readAll(folder).getFirst();
        assertEquals(2, cpu.positives());
        assertEquals(300, cpu.series().step());
    }

    @Test
    void what_cannot_be_read_is_named_with_its_line() throws IOException {
        Files.writeString(folder.resolve("bad.csv"), "timestamp,value,is_anomaly\n1,2,0\n2,much,0\n");
        UnreadableSeries bad = assertThrows(UnreadableSeries.class, () -> SeriesFormat.YAHOO.readAll(folder));
        assertTrue(bad.getMessage().contains("line 3") && bad.getMessage().contains("much"), bad.getMessage());
        UnreadableSeries missing = assertThrows(UnreadableSeries.class, () -> SeriesFormat.MS_CLOUD.readAll(folder));
        assertTrue(missing.getMessage().contains("label"), missing.getMessage());
    }

    @Test
    void a_report_goes_on_from_its_file_and_averages_seeds_before_series() throws IOException {
        Path file = folder.resolve("out.json");
        SeriesReport first = new SeriesReport("laudable", "blocks", "a");
        first.add(run("x", 1, .2));
        first.add(run("x", 2, .4));
        first.add(run("y", 1, .9));
        first.write(file);
        SeriesReport second = new SeriesReport("laudable", "blocks", "a");
        second.resume(file);
        assertEquals(3, second.runs().size());
        assertTrue(second.run("x", 2).isPresent());
        assertEquals(.6, second.macro().get("laudable").f1(), 1e-12);
        assertTrue(Double.isNaN(second.macro().get("laudable").ap()), "what was not measured stays unknown");
        assertThrows(UnreadableSeries.class, () -> new SeriesReport("laudable", "blocks", "b").resume(file));
    }

    private static SeriesReport.Run run(String series, long seed, double f1) {
        Figures figures = new Figures(.1, .2, f1, .4, Double.NaN, .6, .7, .8);
        return new SeriesReport.Run(series, seed, 10, 1, 2, 5, 3, .5, Map.of("laudable", figures));
    }
}
