package org.laudable.series;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.security.ForbiddenException;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.laudable.Refused;
import org.laudable.dataset.ImportState;
import org.laudable.engine.series.Series;
import org.laudable.engine.parquet.ParquetSink;
import org.laudable.engine.parquet.ParquetSink.Column;
import org.laudable.engine.parquet.ParquetSink.Kind;
import org.laudable.jobs.JobContext;
import org.laudable.project.LabelClass;
import org.laudable.project.Meaning;
import org.laudable.project.ProjectService;
import org.laudable.project.SeriesClassNames;
import org.laudable.security.ActingAs;
import org.laudable.security.User;
import org.laudable.testing.Eventually;
import org.laudable.testing.Sample;

@QuarkusTest
class SeriesImportTest {
    private static final Instant START = Instant.parse("2024-03-01T00:00:00Z");

    @Inject SeriesImportService imports;
    @Inject SeriesImportRepository repository;
    @Inject SeriesImportJob job;
    @Inject SeriesStore store;
    @Inject SeriesService series;
    @Inject ProjectService projects;
    @Inject Sample sample;
    @Inject ObjectMapper json;

    private User manager;
    private long project;

    @BeforeEach
    void aProject() {
        manager = sample.person("manager");
        project = ActingAs.person(manager, () -> projects.createSeries("Series", "", SeriesClassNames.ENGLISH)).id();
    }

    @Test
    void a_project_of_series_has_its_three_classes_and_keeps_them() {
        List<LabelClass> classes = ActingAs.person(manager, () -> projects.classes(project));
        assertEquals(List.of(Meaning.ANOMALY, Meaning.NORMAL, Meaning.EXPECTED), classes.stream().map(LabelClass::meaning).toList());
        assertEquals(SeriesSettings.DEFAULTS, store.settings(project));
    }

    @Test
    void a_wide_table_goes_in_and_comes_out_bit_by_bit() {
        SeriesImport done = carryIn(Map.of("pump.csv", wide(20_000, "flow,heat", t -> (t % 977) / 7.0 + "," + (t == 500 ? "" : t * t / 3.0))));
        assertEquals(ImportState.DONE, done.state());
        assertEquals(1, done.seriesIn());
        SeriesInfo info = only();
        assertEquals(List.of("flow", "heat"), info.channels().stream().map(Channel::name).toList());
        assertEquals(List.of(20_000, 0, 0), List.of(info.points(), info.history(), info.gaps()));
        assertEquals(60, info.stepSeconds());
        assertEquals(START, info.startsAt());
        assertEquals(1, info.channels().get(1).missing());
        Series loaded = store.load(info.id());
        for (int t = 0; t < 20_000; t++) {
            assertEquals((t % 977) / 7.0, loaded.values()[0][t]);
            assertEquals(START.getEpochSecond() + 60L * t, loaded.seconds()[t]);
        }
        assertTrue(Double.isNaN(loaded.values()[1][500]));
        double[][] window = store.window(info.id(), 8_190, 8_195);
        assertArrayEquals(java.util.Arrays.copyOfRange(loaded.values()[1], 8_190, 8_195), window[1]);
    }

    @Test
    void a_chart_sees_every_extreme_at_every_width_and_gaps_as_gaps() {
        int n = 50_000;
        carryIn(Map.of("spikes.csv", wide(n, "x", t -> t == 31_234 ? "1000" : t == 7 ? "-1000" : t >= 20_000 && t < 26_000 ? "" : Integer.toString(t % 10))));
        long id = only().id();
        for (int width : new int[] {1, 7, 100, 1000, 5000}) {
            SeriesRange all = store.range(id, 0, n, width, Set.of());
            double[] min = all.channels().getFirst().min();
            double[] max = all.channels().getFirst().max();
            assertTrue(min.length <= width, "buckets " + min.length);
            assertEquals(all.times().length, min.length);
            assertEquals(1000, max[31_234 / all.stride()]);
            assertEquals(-1000, min[7 / all.stride()]);
            assertEquals(START.toEpochMilli() + 60_000L * all.stride() * (min.length - 1), all.times()[min.length - 1]);
            if (width >= 100) {
                assertTrue(Double.isNaN(min[23_000 / all.stride()]));
            }
        }
        SeriesRange near = store.range(id, 31_230, 31_240, 1000, Set.of(0));
        assertEquals(1, near.stride());
        assertArrayEquals(new double[] {0, 1, 2, 3, 1000, 5, 6, 7, 8, 9}, near.channels().getFirst().max());
        assertEquals(0, store.range(id, 0, n, 10, Set.of(5)).channels().size());
    }

    @Test
    void a_machine_of_smd_keeps_its_training_rows_as_history_and_its_labels_as_gold() {
        byte[] zip = zip(Map.of("SMD/train/machine-1-1.txt", rows(300, t -> t % 7 + ",1"), "SMD/test/machine-1-1.txt", rows(200, t -> t % 7 + ",1"),
                "SMD/test_label/machine-1-1.txt", rows(200, t -> t >= 50 && t < 60 ? "1" : "0"),
                "SMD/train/machine-2-2.txt", rows(300, t -> "1,2,3"), "SMD/test/machine-2-2.txt", rows(200, t -> "1,2"), "SMD/LICENSE", "MIT"));
        SeriesImport done = carryIn(Map.of("smd.zip", zip));
        SeriesInfo info = only();
        assertEquals("machine-1-1", info.name());
        assertEquals(List.of(500, 300), List.of(info.points(), info.history()));
        assertEquals(List.of(new KnownInterval(350, 360)), store.known(info.id()));
        assertTrue(info.channels().get(1).constant());
        assertEquals(List.of("constant"), info.findings().stream().map(Finding::key).toList());
        assertTrue(done.refused().getFirst().reason().contains("3 channels and the test file 2"), done.refused().toString());
        assertEquals(0, sample.number("select count(*) from resolution where project_id = ?", project));
    }

    @Test
    void numenta_windows_dropped_along_become_labels_if_wanted() {
        String windows = "{\"real/load.csv\": [[\"2024-03-01 01:40:00.000000\", \"2024-03-01 01:49:00.000000\"], [\"2030-01-01 00:00:00\", \"2030-01-02 00:00:00\"]]}";
        carryIn(Map.of("load.csv", wide(300, "value", t -> Integer.toString(t % 9)), "combined_windows.json", windows.getBytes(StandardCharsets.UTF_8)), KnownLabels.LABELS);
        SeriesInfo info = only();
        assertEquals(List.of(new KnownInterval(100, 110)), store.known(info.id()));
        assertTrue(info.findings().contains(Finding.of("labelsOutside", 1)), info.findings().toString());
        assertEquals(1, sample.number("""
                select count(*) from resolution r join label_class c on c.id = r.class_id join item i on i.id = r.item_id
                where r.project_id = ? and c.meaning = 'ANOMALY' and r.interval_from = 100 and r.interval_to = 110 and i.point = 104""", project));
    }

    @Test
    void parquet_comes_in_wide_and_long_and_a_damaged_file_is_left_out_alone() throws IOException {
        byte[] wide = parquet(List.of(new Column("time", Kind.TIME), new Column("flow", Kind.DOUBLE), new Column("heat", Kind.LONG)), sink -> {
            for (int t = 0; t < 300; t++) {
                sink.write(START.plusSeconds(60L * t).toEpochMilli(), t == 7 ? null : (Object) (t / 7.0), (long) t % 5);
            }
        });
        byte[] tall = parquet(List.of(new Column("machine", Kind.TEXT), new Column("timestamp", Kind.TIME), new Column("metric", Kind.TEXT),
                new Column("value", Kind.DOUBLE)), sink -> {
            for (int t = 0; t < 600; t++) {
                sink.write(t % 2 == 0 ? "left" : "right", START.plusSeconds(60L * (t / 2)).toEpochMilli(), "speed", t / 3.0);
            }
        });
        byte[] damaged = wide.clone();
        damaged[damaged.length - 30] ^= 0x55;
        damaged[damaged.length - 60] ^= 0x55;
        SeriesImport done = carryIn(Map.of("pump.parquet", wide, "tall.parquet", tall, "damaged.parquet", Arrays.copyOf(damaged, damaged.length - 9),
                "inside.zip", zip(Map.of("deep.parquet", "PAR1 this is no Parquet PAR1"))));
        assertEquals(ImportState.DONE, done.state(), done.error());
        Map<String, SeriesInfo> found = store.ofProject(project).stream().collect(Collectors.toMap(SeriesInfo::name, one -> one));
        assertEquals(Set.of("pump", "left", "right"), found.keySet());
        SeriesInfo pump = found.get("pump");
        assertEquals(List.of("flow", "heat"), pump.channels().stream().map(Channel::name).toList());
        assertEquals(300, pump.points());
        double[][] values = store.window(pump.id(), 0, 300);
        assertTrue(Double.isNaN(values[0][7]));
        assertEquals(299 / 7.0, values[0][299]);
        assertEquals(START, pump.startsAt());
        assertEquals(300, found.get("left").points());
        assertEquals(Set.of("damaged.parquet", "deep.parquet"), Set.copyOf(done.refused().stream().map(one -> one.path()).toList()));
        assertTrue(done.refused().stream().anyMatch(one -> one.reason().contains("archive")), done.refused().toString());
    }

    @Test
    void regions_of_label_studio_dropped_along_become_labels_if_wanted() {
        String tasks = """
                [{"id": 1, "data": {"csv": "/data/upload/3/a1b2c3d4-load.csv?d=x"},
                  "annotations": [{"id": 5, "completed_by": 1, "was_cancelled": false, "result": [
                    {"id": "r1", "from_name": "label", "to_name": "ts", "type": "timeserieslabels",
                     "value": {"start": "2024-03-01 01:40:00", "end": "2024-03-01 01:49:00", "instant": false, "timeserieslabels": ["Spike"]}},
                    {"id": "r2", "from_name": "label", "to_name": "ts", "type": "timeserieslabels",
                     "value": {"start": 1709258400000, "end": 1709258460000, "instant": false, "timeserieslabels": ["normal"]}}]},
                   {"id": 6, "was_cancelled": true, "result": []}],
                  "predictions": [{"model_version": "m", "result": []}]}]
                """;
        SeriesImport done = carryIn(Map.of("load.csv", wide(300, "value", t -> Integer.toString(t % 9)), "tasks.json", tasks.getBytes(StandardCharsets.UTF_8)),
                KnownLabels.LABELS);
        assertEquals(List.of(new KnownInterval(100, 110)), store.known(only().id()));
        assertEquals("Its regions are taken as labels; left out: 1 predictions of models, 1 cancelled answers, 1 regions that are called normal or expected.",
                done.refused().getFirst().reason());
    }

    private interface Filling {
        void fill(ParquetSink sink) throws IOException;
    }

    private static byte[] parquet(List<Column> columns, Filling rows) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ParquetSink sink = new ParquetSink(out, columns, Map.of())) {
            rows.fill(sink);
        }
        return out.toByteArray();
    }

    @Test
    void bad_series_are_left_out_with_a_word_and_the_rest_goes_on() {
        SeriesImport done = carryIn(Map.of("three.csv", wide(3, "x", t -> "1." + t), "flat.csv", wide(100, "x", t -> "4"),
                "none.csv", wide(100, "x", t -> ""), "picture.csv", new byte[] {1, 0, 0, 7}, "good.csv", wide(100, "x", t -> Integer.toString(t % 9))));
        assertEquals("good", only().name());
        assertEquals(Set.of("three.csv", "flat.csv", "none.csv", "picture.csv"), Set.copyOf(done.refused().stream().map(one -> one.path()).toList()));
        assertTrue(done.refused().stream().anyMatch(one -> one.reason().contains("3 points")));
        assertTrue(done.refused().stream().anyMatch(one -> one.reason().contains("never changes")));
    }

    @Test
    void what_was_odd_is_said() {
        StringBuilder text = new StringBuilder("time,a,b,c\n");
        for (int t = 0; t < 400; t++) {
            int at = t == 100 ? 99 : t == 200 ? 150 : t > 300 ? t + 50 : t;
            String a = t == 10 ? "off" : t == 11 ? "inf" : t == 12 ? "NaN" : Integer.toString(t % 9);
            String b = t < 200 ? "0.00" + (1 + t % 3) : "10" + t % 3 + "00";
            text.append(START.plusSeconds(60L * at)).append(',').append(a).append(',').append(b).append(",5\n");
        }
        text.append("not a time,1,2,3\n");
        carryIn(Map.of("odd.csv", text.toString().getBytes(StandardCharsets.UTF_8)));
        Map<String, Finding> found = only().findings().stream().collect(java.util.stream.Collectors.toMap(Finding::key, one -> one));
        assertEquals(Set.of("unsorted", "duplicates", "badTimes", "gaps", "constant", "missing", "text", "infinite", "jump"), found.keySet());
        assertEquals(List.of("a", "1", "'off' (line 12)"), found.get("text").arguments());
        assertEquals("b", found.get("jump").arguments().getFirst());
        long[] times = store.times(only().id());
        for (int t = 1; t < times.length; t++) {
            assertTrue(times[t] > times[t - 1]);
        }
    }

    @Test
    void a_killed_import_leaves_nothing_half_and_goes_on() throws Exception {
        SeriesImport draft = drop(Map.of("a.csv", wide(100, "x", t -> Integer.toString(t % 9)), "b.csv", wide(30_000, "x", t -> Integer.toString(t % 9))));
        draft = ActingAs.person(manager, () -> imports.draft(project)).orElseThrow();
        long id = draft.id();
        sample.execute("update series_import set state = 'WAITING' where id = ?", id);
        assertThrows(IllegalStateException.class, () -> job.run(new Interrupted(id)));
        assertEquals(1, sample.number("select count(*) from series where project_id = ?", project));
        assertEquals(0, sample.number("select count(*) from series_chunk where series_id not in (select id from series)"));
        job.run(new Interrupted(id) {
            @Override
            public void progress(long done, long total, String message) {
                assertTrue(message.contains("b:"), message);
            }
        });
        assertEquals(ImportState.DONE, repository.find(id).orElseThrow().state());
        assertEquals(List.of(100, 30_000), store.ofProject(project).stream().map(SeriesInfo::points).toList());
    }

    @Test
    void only_members_see_a_series_and_only_managers_change_it() {
        carryIn(Map.of("x.csv", wide(100, "x", t -> Integer.toString(t % 9))));
        SeriesInfo info = only();
        User stranger = sample.person("stranger");
        User annotator = sample.person("annotator");
        User reviewer = sample.person("reviewer");
        sample.member(project, annotator, "ANNOTATOR");
        sample.member(project, reviewer, "REVIEWER");
        Instant later = START.plus(Duration.ofHours(1));
        for (Runnable forbidden : List.<Runnable>of(() -> series.find(info.id()), () -> series.range(info.id(), 0, 10, 10, Set.of()),
                () -> series.events(info.id()), () -> series.ofProject(project), () -> series.settings(project), () -> imports.ofProject(project),
                () -> series.find(Long.MAX_VALUE))) {
            assertThrows(ForbiddenException.class, () -> ActingAs.person(stranger, () -> done(forbidden)));
        }
        assertEquals("x", ActingAs.person(annotator, () -> series.find(info.id())).name());
        for (Runnable forbidden : List.<Runnable>of(() -> series.known(info.id()), () -> series.addEvent(project, null, START, later, false, "x"),
                () -> series.saveSettings(project, SeriesSettings.DEFAULTS), () -> series.describeChannel(info.id(), 0, "m", "", false),
                () -> series.delete(info.id(), "x"), () -> imports.draft(project))) {
            assertThrows(ForbiddenException.class, () -> ActingAs.person(annotator, () -> done(forbidden)));
        }
        ActingAs.person(reviewer, () -> series.addEvent(project, info.id(), START, later, true, "Backup"));
        assertThrows(ForbiddenException.class, () -> ActingAs.person(reviewer, () -> done(() -> series.delete(info.id(), "x"))));
        assertThrows(Refused.class, () -> ActingAs.person(manager, () -> done(() -> series.delete(info.id(), "y"))));
        assertFalse(ActingAs.person(annotator, () -> series.events(info.id())).isEmpty());
        ActingAs.person(manager, () -> done(() -> series.delete(info.id(), "x")));
        assertTrue(store.find(info.id()).isEmpty());
    }

    @Test
    void a_weekly_event_keeps_its_hour_over_a_clock_change() {
        SeriesEvent backup = new SeriesEvent(1, project, null, Instant.parse("2024-03-20T01:00:00Z"), Instant.parse("2024-03-20T02:00:00Z"), true, "Backup");
        List<SeriesEvent.Occurrence> found = backup.occurrences(Instant.parse("2024-03-13T01:30:00Z"), Instant.parse("2024-04-03T00:00:00Z"), ZoneId.of("Europe/Berlin"));
        assertEquals(List.of("2024-03-13T01:00:00Z", "2024-03-20T01:00:00Z", "2024-03-27T01:00:00Z", "2024-04-03T00:00:00Z"),
                found.stream().map(one -> one.from().toString()).toList());
    }

    private SeriesInfo only() {
        List<SeriesInfo> all = store.ofProject(project);
        assertEquals(1, all.size(), all.toString());
        return all.getFirst();
    }

    private SeriesImport carryIn(Map<String, byte[]> files) {
        return carryIn(files, KnownLabels.GOLD);
    }

    private SeriesImport carryIn(Map<String, byte[]> files, KnownLabels labels) {
        long id = drop(files).id();
        ActingAs.person(manager, () -> done(() -> {
            SeriesImport draft = imports.draft(project).orElseThrow();
            imports.preview(project, id, draft.plan().orElseThrow(), draft.zone());
            imports.configure(draft, draft.plan().orElseThrow(), ZoneId.of("UTC"), labels);
            imports.begin(project, id);
        }));
        Eventually.holds("the import ends", () -> repository.find(id).orElseThrow().state().ordinal() >= ImportState.DONE.ordinal());
        return repository.find(id).orElseThrow();
    }

    private SeriesImport drop(Map<String, byte[]> files) {
        return ActingAs.person(manager, () -> {
            SeriesImport draft = null;
            for (Map.Entry<String, byte[]> file : new TreeMap<>(files).entrySet()) { // an order that does not change
                try {
                    draft = imports.upload(project, file.getKey(), new ByteArrayInputStream(file.getValue()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            return draft;
        });
    }

    private static boolean done(Runnable work) {
        work.run();
        return true;
    }

    private static byte[] wide(int points, String channels, java.util.function.IntFunction<String> row) {
        StringBuilder text = new StringBuilder("timestamp,").append(channels).append('\n');
        for (int t = 0; t < points; t++) {
            text.append(START.plusSeconds(60L * t)).append(',').append(row.apply(t)).append('\n');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String rows(int count, java.util.function.IntFunction<String> row) {
        return String.join("\n", IntStream.range(0, count).mapToObj(row).toList()) + "\n";
    }

    private static byte[] zip(Map<String, String> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> file : new TreeMap<>(files).entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** A process that dies in the middle of the second series. */
    private class Interrupted implements JobContext {
        private final long importId;

        Interrupted(long importId) {
            this.importId = importId;
        }

        @Override
        public long id() {
            return 1;
        }

        @Override
        public Long projectId() {
            return project;
        }

        @Override
        public JsonNode payload() {
            return json.createObjectNode().put("importId", importId);
        }

        @Override
        public int attempt() {
            return 1;
        }

        @Override
        public void progress(long done, long total, String message) {
            throw new IllegalStateException("killed");
        }

        @Override
        public boolean cancelled() {
            return false;
        }
    }
}
