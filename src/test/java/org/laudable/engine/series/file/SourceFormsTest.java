package org.laudable.engine.series.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SourceFormsTest {
    private static final ZoneId UTC = ZoneId.of("UTC");

    @Test
    void ms_cloud_numenta_and_their_windows_are_known_by_their_columns() throws Exception {
        List<SourceEntry> entries = List.of(sample("ms-cloud/purchase-04.csv"), sample("nab/ambient_temperature_system_failure.csv"),
                sample("nab/combined_windows.json"), sample("nab/LICENSE.txt"));
        SourcePlan plan = SourceSniffer.sniff(entries);
        assertEquals(List.of(SourceFormat.MS_CLOUD, SourceFormat.NAB), plan.groups().stream().map(SourceGroup::format).toList());
        assertEquals(List.of(), plan.refused());
        assertTrue(plan.labelled());
        SeriesInputs inputs = new SeriesInputs(plan, entries, UTC);
        List<SeriesInputs.Unit> units = inputs.units();
        assertEquals(List.of("purchase-04", "ambient_temperature_system_failure"), units.stream().map(SeriesInputs.Unit::name).toList());
        assertEquals(List.of(1248, 27), counts(inputs, units.get(0)));
        assertEquals(List.of(7267, 726), counts(inputs, units.get(1)));
    }

    @Test
    void regions_about_no_table_that_is_there_are_counted_and_named() throws Exception {
        String region = "{\"result\": [{\"value\": {\"start\": \"2024-03-01 00:00:00\", \"end\": \"2024-03-01 00:01:00\", \"timeserieslabels\": [\"Spike\"]}}]}";
        String tasks = """
                [{"data": {"csv": "/data/upload/3/a1b2c3d4-load.csv?d=x"}, "annotations": [%1$s]},
                 {"data": {"ts": {"time": [1], "value": [2]}}, "annotations": [%1$s, %1$s]},
                 {"data": {"csv": "https://example.org/other.csv"}, "annotations": [%1$s]}]""".formatted(region);
        SourceEntry load = entry("1", "load.csv", "time,value\n2024-03-01 00:00:30,1\n2024-03-01 00:02:00,2\n2024-03-01 00:03:00,3\n");
        List<SourceEntry> entries = List.of(load, entry("2", "tasks.json", tasks));
        SourcePlan plan = SourceSniffer.sniff(entries);
        assertEquals(List.of(new SourcePlan.RefusedFile("tasks.json",
                "3 of its windows are left out, because they are about no table among these files: tasks that name none, 'other.csv'.")), plan.refused());
        SeriesInputs inputs = new SeriesInputs(plan, entries, UTC);
        assertEquals(List.of(3, 1), counts(inputs, inputs.units().getFirst()));
        SourcePlan benchmark = SourceSniffer.sniff(List.of(load, entry("2", "windows.json", "{\"other.csv\": [[\"2024-03-01 00:00:00\", \"2024-03-01 00:01:00\"]]}")));
        assertTrue(benchmark.refused().getFirst().reason().startsWith("1 of its windows"), benchmark.refused().toString());
    }

    @Test
    void windows_that_overlap_hold_the_points_that_any_of_them_holds() {
        Random random = new Random(3);
        for (int round = 0; round < 200; round++) {
            List<long[]> spans = new ArrayList<>();
            for (int i = random.nextInt(8); i >= 0; i--) {
                long from = random.nextInt(60);
                spans.add(new long[] {from, from + random.nextInt(12) - 1});
            }
            Windows windows = new Windows(spans);
            for (long at = -1; at < 75; at++) {
                long point = at;
                assertEquals(spans.stream().anyMatch(span -> span[0] <= point && point <= span[1]), windows.contains(at), "at " + at);
            }
            assertEquals(spans.stream().filter(span -> span[0] > span[1]).count(), windows.unmet());
        }
        Windows two = new Windows(List.of(new long[] {0, 5}, new long[] {10, 15}));
        assertTrue(two.contains(3));
        assertEquals(1, two.unmet());
        assertEquals(2, two.fresh().unmet());
    }

    @Test
    @Timeout(60)
    void a_million_windows_over_a_million_points_are_no_job_of_days() {
        List<long[]> spans = new ArrayList<>();
        for (long i = 0; i < 1_000_000; i++) {
            spans.add(new long[] {10 * i, 10 * i + 4});
        }
        Windows windows = new Windows(spans);
        int inside = 0;
        for (long point = 0; point < 1_000_000; point++) {
            inside += windows.contains(10 * point + point % 10) ? 1 : 0;
        }
        assertEquals(500_000, inside);
    }

    @Test
    void a_machine_dropped_as_three_files_of_one_name_is_told_apart_by_what_is_in_them() throws Exception {
        List<SourceEntry> entries = List.of(entry("1", "machine-1-1.txt", "0.5,1\n".repeat(40)), entry("2", "machine-1-1.txt", "0\n1\n".repeat(15)),
                entry("3", "machine-1-1.txt", "0.25,1\n".repeat(30)));
        SourceGroup group = only(SourceSniffer.sniff(entries));
        assertEquals(List.of(new Machine("machine-1-1", "1", "3", "2")), group.machines());
        List<SourceEntry> swapped = List.of(entries.get(2), entries.get(1), entries.get(0));
        assertEquals(List.of(new Machine("machine-1-1", "1", "3", "2")), only(SourceSniffer.sniff(swapped)).machines());
    }

    @Test
    void a_long_table_becomes_a_series_with_channels() throws Exception {
        StringBuilder text = new StringBuilder("series,timestamp,channel,value\n");
        for (int t = 0; t < 5; t++) {
            text.append("b,170000").append(t).append("000,x,").append(t).append('\n');
            text.append("a,170000").append(4 - t).append("000,x,").append(t).append('\n').append("a,170000").append(t).append("000,y,oops\n");
        }
        List<SourceEntry> entries = List.of(entry("1", "long.csv", text.toString()));
        SourcePlan plan = SourceSniffer.sniff(entries);
        assertEquals(SourceFormat.LONG, only(plan).format());
        SeriesInputs inputs = new SeriesInputs(plan, entries, UTC);
        List<SeriesInputs.Input> found = inputs.inputs(inputs.units().getFirst());
        assertEquals(List.of("b", "a"), found.stream().map(SeriesInputs.Input::name).toList());
        try (PointReader reader = found.get(1).opener().open()) {
            assertEquals(List.of("x", "y"), reader.report().channels());
            assertTrue(reader.next());
            assertEquals(1_700_000_000_000L, reader.millis());
            assertEquals(4, reader.values()[0]);
            assertTrue(Double.isNaN(reader.values()[1]));
        }
    }

    @Test
    void yahoo_counts_its_points_by_the_hour() throws Exception {
        List<SourceEntry> entries = List.of(gzipped("real_1.csv.gz", "timestamp,value,is_anomaly\n1,0.5,0\n2,0.75,1\n3,0.1,0\n"));
        SourcePlan plan = SourceSniffer.sniff(entries);
        assertEquals(SourceFormat.YAHOO, only(plan).format());
        SeriesInputs inputs = new SeriesInputs(plan, entries, UTC);
        List<Long> times = new ArrayList<>();
        try (PointReader reader = inputs.inputs(inputs.units().getFirst()).getFirst().opener().open()) {
            while (reader.next()) {
                times.add(reader.millis());
            }
        }
        assertEquals(List.of(3_600_000L, 7_200_000L, 10_800_000L), times);
    }

    @Test
    void times_are_read_in_their_form_and_zone() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        assertEquals("2024-03-31T12:30:00Z", read(TimeForm.ISO, berlin, "2024-03-31 14:30"));
        assertEquals("2024-03-31T14:30:00.250Z", read(TimeForm.ISO, berlin, "2024-03-31T14:30:00.25Z"));
        assertEquals("2024-03-31T12:30:00Z", read(TimeForm.ISO, UTC, "2024-03-31T14:30:00+02:00"));
        assertEquals("2024-02-29T00:00:00Z", read(TimeForm.ISO, UTC, "20240229"));
        assertEquals("2024-03-01T22:05:00Z", read(TimeForm.DAY_FIRST, UTC, "01.03.2024 22:05"));
        assertEquals("2024-03-01T14:05:00Z", read(TimeForm.MONTH_FIRST, UTC, "3/1/2024 2:05 PM"));
        assertEquals("2023-11-14T22:13:20.500Z", read(TimeForm.MILLISECONDS, UTC, "1700000000500"));
        for (String bad : List.of("2024-02-30", "2024-13-01", "yesterday", "2024-03-31 25:00", "", "2024-03-31 14:30 Mars")) {
            assertEquals(TimeReader.NONE, new TimeReader(TimeForm.ISO, UTC, 1).millis(bad), bad);
        }
    }

    @Test
    void the_hour_that_winter_time_repeats_is_counted_twice() {
        TimeReader reader = new TimeReader(TimeForm.ISO, ZoneId.of("Europe/Berlin"), 1);
        List<String> read = new ArrayList<>();
        for (String local : List.of("02:00", "02:30", "02:00", "02:30", "03:00")) {
            read.add(Instant.ofEpochMilli(reader.millis("2024-10-27 " + local)).toString());
        }
        assertEquals(List.of("2024-10-27T00:00:00Z", "2024-10-27T00:30:00Z", "2024-10-27T01:00:00Z", "2024-10-27T01:30:00Z", "2024-10-27T02:00:00Z"), read);
        reader.millis("2024-03-31 02:30");
        assertEquals(1, reader.skippedHours());
    }

    @Test
    void numbers_are_exact_and_words_are_gaps() {
        for (String text : List.of("0.1", "-3.25", "1e-7", "123456789.123456789", "0.30000000000000004", "1.7976931348623157E308", "+5", ".5", "007")) {
            assertEquals(Double.parseDouble(text), Numbers.parse(text), text);
        }
        assertEquals(3.5, Numbers.parse(" 3,5 "));
        for (String text : List.of("", "NaN", "off", "1.2.3", "0x10", "1d", "-", "--1", "Infinity")) {
            assertTrue(Double.isNaN(Numbers.parse(text)), text);
        }
    }

    @Test
    void a_table_without_times_and_mixed_zones_are_noticed() throws Exception {
        assertEquals(TimeForm.ROWS, only(SourceSniffer.sniff(List.of(entry("1", "x.csv", "a,b\n1,2\n3,4\n")))).time());
        List<SourceEntry> mixed = List.of(entry("1", "m.csv", "time;v\n2024-03-01 00:00:00;1,5\n2024-03-01 00:01:00Z;2,5\n"));
        SourcePlan plan = SourceSniffer.sniff(mixed);
        SeriesInputs inputs = new SeriesInputs(plan, mixed, UTC);
        try (PointReader reader = inputs.inputs(inputs.units().getFirst()).getFirst().opener().open()) {
            assertTrue(reader.next());
            assertEquals(1.5, reader.values()[0]);
            assertTrue(reader.next() && !reader.next());
            assertTrue(reader.report().mixedZones());
        }
        List<SourceEntry> wrong = List.of(entry("1", "w.csv", "time,v\n" + "x,1\n".repeat(20)));
        SourceGroup marked = only(SourceSniffer.sniff(wrong)).withColumns(List.of(new SourceColumn("time", ColumnRole.TIME, ""),
                new SourceColumn("v", ColumnRole.CHANNEL, ""))).withTime(TimeForm.ISO, 1);
        SeriesInputs bad = new SeriesInputs(new SourcePlan(List.of(marked), List.of(), List.of()), wrong, UTC);
        assertThrows(UnreadableSource.class, () -> counts(bad, bad.units().getFirst()));
    }

    private static String read(TimeForm form, ZoneId zone, String text) {
        return Instant.ofEpochMilli(new TimeReader(form, zone, 1).millis(text)).toString();
    }

    /** Points and anomalous points. */
    private static List<Integer> counts(SeriesInputs inputs, SeriesInputs.Unit unit) throws IOException, UnreadableSource {
        int points = 0;
        int anomalous = 0;
        try (PointReader reader = inputs.inputs(unit).getFirst().opener().open()) {
            for (; reader.next(); points++) {
                anomalous += reader.label() == 1 ? 1 : 0;
            }
        }
        return List.of(points, anomalous);
    }

    private static SourceGroup only(SourcePlan plan) {
        assertEquals(1, plan.groups().size(), plan.toString());
        return plan.groups().getFirst();
    }

    private static SourceEntry sample(String path) {
        return new SourceEntry(path, path, () -> resource("/samples/series/" + path));
    }

    private static InputStream resource(String path) {
        return SourceFormsTest.class.getResourceAsStream(path);
    }

    private static SourceEntry entry(String id, String path, String text) {
        return new SourceEntry(id, path, () -> new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static SourceEntry gzipped(String path, String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return new SourceEntry(path, path, () -> new ByteArrayInputStream(bytes.toByteArray()));
    }
}
