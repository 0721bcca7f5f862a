package org.laudable.snapshot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.laudable.Refused;
import org.laudable.dataset.ExportFormat;
import org.laudable.dataset.ExportService;
import org.laudable.jobs.JobContext;
import org.laudable.project.ClassService;
import org.laudable.security.ActingAs;
import org.laudable.security.OutOfReach;
import org.laudable.security.User;
import org.laudable.testing.Eventually;
import org.laudable.testing.Sample;

/** A snapshot says for ever what was so when it was taken. */
@QuarkusTest
class SnapshotTest {
    @Inject SnapshotService snapshots;
    @Inject TakeJob job;
    @Inject Comparisons comparisons;
    @Inject Walks walks;
    @Inject ExportService exports;
    @Inject ClassService classes;
    @Inject Sample sample;

    private User manager;
    private long project;
    private List<Long> items;
    private long fruit;
    private long tool;

    @BeforeEach
    void a_project_with_labels() {
        manager = sample.person("manager");
        project = sample.project(manager, "fruit", "tool", "animal");
        items = sample.items(project, List.of("a pear", "an apple", "a hammer", "a saw", "a thing"));
        fruit = sample.classIds(project).get(0);
        tool = sample.classIds(project).get(1);
        label(items.get(0), fruit);
        label(items.get(1), fruit);
        label(items.get(2), tool);
    }

    @Test
    void what_is_said_later_changes_nothing_in_it() {
        Snapshot taken = take("first");
        byte[] before = export(taken, ExportFormat.CSV);
        assertEquals(live(), text(before), "what goes out of it is what went out then");

        relabel(items.get(0), tool);
        label(items.get(3), tool);
        sample.execute("update resolution set confidence = 0.1, weighed = true where item_id = ? and superseded_at is null", items.get(2));
        sample.execute("update item set known_class_id = ? where id = ?", tool, items.get(4));
        sample.execute("""
                insert into resolution (project_id, item_id, outcome, class_id, origin, created_at)
                values (?, ?, 'LABEL', ?, 'REVIEWER', now() - interval '1 year')""", project, items.get(4), fruit);
        sample.items(project, List.of("a new text"));

        assertNotEquals(live(), text(before));
        assertEquals(text(before), text(export(taken, ExportFormat.CSV)));
        assertTrue(verify(taken));
        assertEquals(taken, find(taken.id()));
        assertEquals(5, taken.rows());
        assertEquals(3, taken.labels());
        assertEquals(2, taken.counts().get(fruit));
    }

    @Test
    void every_format_goes_out_the_same_each_time() {
        Snapshot taken = take("formats");
        for (ExportFormat format : ExportFormat.values()) {
            byte[] once = export(taken, format);
            relabel(items.get(0), tool);
            relabel(items.get(0), fruit);

            assertArrayEquals(once, export(taken, format), format.name());
        }
        assertEquals(2 + 1 + 1, text(export(taken, ExportFormat.CSV, true)).lines().count(), "labeled rows alone");
    }

    @Test
    void labels_of_a_class_retired_before_it_was_taken_go_out_as_what_they_are() {
        sample.execute("update label_class set retired = true where id = ?", tool);
        Snapshot taken = take("retired");

        for (ExportFormat format : ExportFormat.values()) {
            assertArrayEquals(live(format), export(taken, format), format.name());
        }
        assertTrue(text(export(taken, ExportFormat.HUGGING_FACE)).contains("\"names\":[\"fruit\",\"animal\",\"tool\"]"));
        assertTrue(text(export(taken, ExportFormat.PRODIGY)).lines().filter(line -> line.contains("a hammer"))
                .allMatch(line -> line.contains("{\"id\":\"tool\"") && line.contains("\"accept\":[\"tool\"]")));
    }

    @Test
    void removed_while_it_is_read_it_does_not_end_as_if_it_were_whole() throws Exception {
        Snapshot taken = take("short");
        SnapshotService.SnapshotFile file = ActingAs.person(manager, () -> snapshots.export(project, taken.id(), ExportFormat.CSV, false));
        ActingAs.person(manager, () -> snapshots.remove(project, taken.id()));

        assertThrows(IOException.class, () -> file.content().writeTo(new ByteArrayOutputStream()));
        assertThrows(OutOfReach.class, () -> comparisons.compare(taken, Optional.empty()));
        assertThrows(OutOfReach.class, () -> comparisons.items(taken, Optional.empty(), Optional.empty(), Optional.empty(), 0, 10));
    }

    @Test
    void who_comes_while_others_read_is_told_so_and_keeps_nobody_waiting() throws Exception {
        Snapshot taken = take("busy");
        CountDownLatch reading = new CountDownLatch(Walks.PER_PROJECT);
        CountDownLatch done = new CountDownLatch(1);
        List<Thread> others = IntStream.range(0, Walks.PER_PROJECT).mapToObj(i -> Thread.ofVirtual().start(() -> walks.one(project, () -> {
            reading.countDown();
            try {
                return done.await(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }))).toList();
        reading.await();
        try {
            assertTrue(assertThrows(Refused.class, () -> verify(taken)).getMessage().contains("Try again"));
            assertThrows(Refused.class, () -> compare(taken, Optional.empty()));
        } finally {
            done.countDown();
            for (Thread one : others) {
                one.join();
            }
        }
        assertTrue(verify(taken));
        assertEquals(5, compare(taken, Optional.empty()).same());
    }

    @Test
    void merged_and_renamed_classes_are_in_it_as_they_were() {
        Snapshot taken = take("classes");
        String before = text(export(taken, ExportFormat.CSV));
        ActingAs.person(manager, () -> {
            classes.rename(project, fruit, "produce", "");
            classes.merge(project, tool, fruit);
        });

        assertEquals(before, text(export(taken, ExportFormat.CSV)));
        assertTrue(verify(taken));
        Comparison now = compare(taken, Optional.empty());
        assertEquals(List.of(new Comparison.Move(tool, fruit, "tool", "produce", 1)), now.moves());
        assertEquals(List.of(new Comparison.Renamed(fruit, "fruit", "produce")), now.renamed());
        assertEquals(4, now.same());
        Snapshot later = take("later");
        assertEquals(now, compare(taken, Optional.of(later.id())), "now, and a snapshot of now, differ alike");
        assertEquals(new Comparison(5, 0, List.of(), 0, 0, List.of()), compare(later, Optional.empty()));
    }

    @Test
    void what_moved_where_is_counted_and_listed_page_by_page() {
        Snapshot taken = take("before");
        relabel(items.get(0), tool);
        relabel(items.get(1), tool);
        sample.execute("update resolution set superseded_at = now() where item_id = ? and superseded_at is null", items.get(2));
        sample.execute("insert into resolution (project_id, item_id, outcome, origin) values (?, ?, 'NONE', 'REVIEWER')", project, items.get(3));
        sample.items(project, List.of("a new text"));

        Comparison now = compare(taken, Optional.empty());
        assertEquals(List.of(new Comparison.Move(fruit, tool, "fruit", "tool", 2), new Comparison.Move(Comparison.UNLABELED, Comparison.NONE, "", "", 1),
                new Comparison.Move(tool, Comparison.UNLABELED, "tool", "", 1)), now.moves());
        assertEquals(1, now.added());
        assertEquals(1, now.same());
        List<Comparison.Item> all = new ArrayList<>();
        List<Comparison.Item> page;
        do {
            page = differing(taken, Optional.empty(), Optional.empty(), all.isEmpty() ? 0 : all.getLast().key(), 2);
            all.addAll(page);
        } while (page.size() == 2);
        assertEquals(List.of("a pear", "an apple", "a hammer", "a saw", "a new text"), all.stream().map(Comparison.Item::text).toList());
        assertEquals(Optional.of("fruit"), all.getFirst().from().orElseThrow().label());
        assertEquals(Optional.of("tool"), all.getFirst().to().orElseThrow().label());
        assertEquals(Optional.empty(), all.getLast().from());
        assertEquals(List.of("a pear", "an apple"), differing(taken, Optional.of(fruit), Optional.of(tool), 0, 10).stream().map(Comparison.Item::text).toList());
    }

    @Test
    void the_same_label_by_somebody_else_is_no_move_but_is_counted() {
        Snapshot taken = take("by a person");
        relabel(items.get(0), fruit, "REVIEWER");

        Comparison now = compare(taken, Optional.empty());

        assertEquals(List.of(), now.moves());
        assertEquals(1, now.otherWords());
        assertEquals(5, now.same());
    }

    @Test
    void taken_while_others_answer_it_shows_one_moment() throws Exception {
        long left = items.get(0);
        long right = items.get(1);
        AtomicBoolean on = new AtomicBoolean(true);
        Thread others = Thread.ofVirtual().start(() -> {
            for (int i = 0; on.get(); i++) {
                long said = i % 2 == 0 ? tool : fruit;
                QuarkusTransaction.requiringNew().run(() -> {
                    relabel(left, said);
                    relabel(right, said);
                });
            }
        });
        try {
            List<Snapshot> taken = IntStream.range(0, 6).mapToObj(i -> take("moment " + i)).toList();
            for (Snapshot one : taken) {
                List<String> labels = text(export(one, ExportFormat.CSV)).lines().filter(line -> line.contains("a pear") || line.contains("an apple"))
                        .map(line -> line.contains("fruit") ? "fruit" : "tool").distinct().toList();
                assertEquals(1, labels.size(), "two labels that always change together are of the same moment");
                assertTrue(verify(one));
            }
        } finally {
            on.set(false);
            others.join();
        }
    }

    @Test
    void windows_of_a_series_that_is_deleted_stay_in_it() {
        sample.execute("update project set kind = 'SERIES' where id = ?", project);
        sample.execute("delete from resolution where project_id = ?", project);
        long series = sample.insert("""
                insert into series (project_id, name, points, step_seconds, starts_at, ends_at) values (?, 'pump', 100, 60, now(), now()) returning id""", project);
        sample.execute("insert into series_chunk (series_id, channel, level, number, data) select ?, -1, 0, 0, ?", series, times(100));
        long window = sample.insert("""
                insert into item (project_id, body, fingerprint, shuffle, series_id, point) values (?, '', gen_random_uuid()::text::bytea, 0, ?, 50) returning id""", project, series);
        sample.execute("""
                insert into resolution (project_id, item_id, outcome, class_id, origin, interval_from, interval_to) values (?, ?, 'LABEL', ?, 'PERSON', 40, 61)""",
                project, window, fruit);
        Snapshot taken = take("series");
        String before = text(export(taken, ExportFormat.CSV));
        assertEquals(2, before.lines().count());
        assertTrue(before.contains("pump,2030-01-01T00:40:00Z,2030-01-01T01:00:00Z,fruit,label,person"), before);

        sample.execute("delete from resolution where item_id = ?", window);
        sample.execute("delete from series where id = ?", series);

        assertEquals(before, text(export(taken, ExportFormat.CSV)));
        assertTrue(text(export(taken, ExportFormat.JSONL)).contains("\"series\":\"pump\""));
        assertTrue(verify(taken));
        assertEquals(1, compare(taken, Optional.empty()).gone());
        assertEquals("pump", differing(taken, Optional.empty(), Optional.empty(), 0, 10).getFirst().id());
        assertThrows(Refused.class, () -> export(taken, ExportFormat.LABEL_STUDIO));
    }

    @Test
    void the_database_lets_nobody_change_it() {
        Snapshot taken = take("firm");

        assertThrows(IllegalStateException.class, () -> sample.execute("update snapshot set labels = 0 where id = ?", taken.id()));
        assertThrows(IllegalStateException.class, () -> sample.execute("update snapshot set classes = '[]' where id = ?", taken.id()));
        assertThrows(IllegalStateException.class, () -> sample.execute("update snapshot set labels = 0, created_by = null where id = ?", taken.id()));
        assertThrows(IllegalStateException.class, () -> sample.execute("update snapshot set hash = '', created_by = ? where id = ?", manager.id(), taken.id()));
        assertThrows(IllegalStateException.class, () -> sample.execute("delete from snapshot_chunk where snapshot_id = ?", taken.id()));
        assertEquals(1, sample.execute("update snapshot set created_by = null where id = ?", taken.id()), "who took it may be deleted");
        assertThrows(IllegalStateException.class, () -> sample.execute("update snapshot set created_by = ? where id = ?", manager.id(), taken.id()));
        assertThrows(IllegalStateException.class, () -> sample.execute("update snapshot_chunk set row_count = 1 where snapshot_id = ?", taken.id()));
        assertThrows(IllegalStateException.class, () -> sample.execute(
                "insert into snapshot_chunk (snapshot_id, number, first_key, last_key, row_count, data) values (?, 9, 1, 1, 1, '')", taken.id()));
        sample.execute("update item_row set metadata = '{\"a\": 1}' where item_id = ?", items.get(0));
        assertFalse(verify(taken), "a text changed by hand is noticed");
    }

    @Test
    void stopped_in_the_middle_it_leaves_nothing_and_is_taken_anew() throws Exception {
        long id = sample.insert("insert into snapshot (project_id, name) values (?, 'broken') returning id", project);
        sample.items(project, IntStream.range(0, TakeJob.ROWS + 10).mapToObj(i -> "text number " + i).toList());
        job.run(new OneJob(project, id, true));
        assertEquals(Snapshot.State.TAKING, find(id).state());
        assertEquals(0, sample.number("select count(*) from snapshot_chunk where snapshot_id = ?", id));

        job.run(new OneJob(project, id, false));
        job.run(new OneJob(project, id, false));
        assertEquals(Snapshot.State.READY, find(id).state());
        assertEquals(TakeJob.ROWS + 15, find(id).rows());
        assertEquals(2, sample.number("select count(*) from snapshot_chunk where snapshot_id = ?", id));
        assertTrue(verify(find(id)));
    }

    @Test
    void a_name_is_given_once_and_a_removed_one_is_gone() {
        Snapshot taken = take("Once");
        assertThrows(Refused.class, () -> ActingAs.person(manager, () -> snapshots.take(project, "once ")));
        long other = sample.project(manager, "a", "b");
        assertThrows(OutOfReach.class, () -> ActingAs.person(manager, () -> snapshots.find(other, taken.id())));
        assertThrows(OutOfReach.class, () -> ActingAs.person(manager, () -> snapshots.compare(other, taken.id(), Optional.empty())));

        ActingAs.person(manager, () -> snapshots.remove(project, taken.id()));
        assertThrows(OutOfReach.class, () -> find(taken.id()));
        assertEquals(0, sample.number("select count(*) from snapshot_chunk where snapshot_id = ?", taken.id()));
        assertEquals(1, sample.number("select count(*) from audit_event where project_id = ? and action = 'snapshot.removed' and details ->> 'hash' = ?", project, taken.hash()));
    }

    private Snapshot take(String name) {
        long id = ActingAs.person(manager, () -> snapshots.take(project, name)).id();
        Eventually.holds("the snapshot is taken", () -> find(id).state() != Snapshot.State.TAKING);
        assertEquals(Snapshot.State.READY, find(id).state(), find(id).error().orElse(""));
        return find(id);
    }

    private Snapshot find(long id) {
        return ActingAs.person(manager, () -> snapshots.find(project, id));
    }

    private boolean verify(Snapshot one) {
        return ActingAs.person(manager, () -> snapshots.verify(project, one.id()));
    }

    private Comparison compare(Snapshot one, Optional<Long> later) {
        return ActingAs.person(manager, () -> snapshots.compare(project, one.id(), later));
    }

    private List<Comparison.Item> differing(Snapshot one, Optional<Long> from, Optional<Long> to, long after, int limit) {
        return ActingAs.person(manager, () -> snapshots.differing(project, one.id(), Optional.empty(), from, to, after, limit));
    }

    private byte[] export(Snapshot one, ExportFormat format) {
        return export(one, format, false);
    }

    private byte[] export(Snapshot one, ExportFormat format, boolean labeledOnly) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ActingAs.person(manager, () -> snapshots.export(project, one.id(), format, labeledOnly)).content().writeTo(out);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }

    private String live() {
        return text(live(ExportFormat.CSV));
    }

    private byte[] live(ExportFormat format) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ActingAs.person(manager, () -> exports.export(project, format, false)).writeTo(out);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private void label(long item, long classId) {
        sample.execute("insert into resolution (project_id, item_id, outcome, class_id, origin, confidence, annotators) values (?, ?, 'LABEL', ?, 'PERSON', 1, array[?::bigint])",
                project, item, classId, manager.id());
    }

    private void relabel(long item, long classId) {
        relabel(item, classId, "PERSON");
    }

    private void relabel(long item, long classId, String origin) {
        sample.execute("update resolution set superseded_at = now() where item_id = ? and superseded_at is null", item);
        sample.execute("insert into resolution (project_id, item_id, outcome, class_id, origin, annotators) values (?, ?, 'LABEL', ?, ?, array[?::bigint])", project, item,
                classId, origin, manager.id());
    }

    /** A minute apart, as chunks of series hold them: differences of differences in as few bytes as they need, deflated. */
    private static byte[] times(int count) {
        long first = Instant.parse("2030-01-01T00:00:00Z").toEpochMilli();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        long before = 0;
        long step = 0;
        for (int i = 0; i < count; i++) {
            long next = first + i * 60_000L - before;
            long rest = next - step << 1 ^ next - step >> 63;
            for (; (rest & ~0x7fL) != 0; rest >>>= 7) {
                bytes.write((int) (rest & 0x7f | 0x80));
            }
            bytes.write((int) rest);
            before += next;
            step = next;
        }
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed, new Deflater(1, true))) {
            bytes.writeTo(out);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return packed.toByteArray();
    }

    private record OneJob(Long projectId, long snapshot, boolean stops) implements JobContext {
        @Override
        public long id() {
            return 1;
        }

        @Override
        public JsonNode payload() {
            return JsonNodeFactory.instance.objectNode().put("snapshotId", snapshot);
        }

        @Override
        public int attempt() {
            return 1;
        }

        @Override
        public void progress(long done, long total, String message) {}

        @Override
        public boolean cancelled() {
            return stops;
        }
    }
}
