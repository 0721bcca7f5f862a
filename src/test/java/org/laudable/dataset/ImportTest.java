package org.laudable.dataset;

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
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.laudable.LaudableConfig;
import org.laudable.Refused;
import org.laudable.dataset.file.LeftOut;
import org.laudable.jobs.JobContext;
import org.laudable.labeling.NewTask;
import org.laudable.labeling.Purpose;
import org.laudable.labeling.TaskQueue;
import org.laudable.security.ActingAs;
import org.laudable.security.OutOfReach;
import org.laudable.security.User;
import org.laudable.testing.Eventually;
import org.laudable.testing.Sample;

@QuarkusTest
class ImportTest {
    @Inject ImportService imports;
    @Inject ImportJob job;
    @Inject ImportRepository repository;
    @Inject ExportService exports;
    @Inject ItemService items;
    @Inject Sample sample;
    @Inject LaudableConfig config;
    @Inject TaskQueue queue;
    @Inject ObjectMapper json;

    private User manager;
    private long project;

    @BeforeEach
    void aProject() {
        manager = sample.person("manager");
        project = sample.project(manager, "Dairy", "Fruit");
    }

    @Test
    void rows_go_in_duplicates_merge_and_bad_rows_are_reported() {
        DataImport done = carryIn("""
                id,text,label,shop
                1,Blue Cheese,Dairy,Acme
                2,blue  cheese,,Bolt
                3,Apple,fruit,
                4,,,
                1,Another text,,
                1,BLUE CHEESE,Dairy,
                5,Pear,Vegetable,
                """);
        assertEquals(ImportState.DONE, done.state());
        assertEquals(List.of(7L, 5L, 2L, 2L), List.of(done.rowsRead(), done.rowsIn(), done.rowsMerged(), done.rowsRefused()));
        assertEquals(1L, done.unknownLabels().get("Vegetable"));
        List<Refusal> refusals = as(manager, () -> imports.refusals(project, done.id(), 0, 100));
        assertEquals(List.of(5L, 6L), refusals.stream().map(Refusal::row).toList());
        assertTrue(refusals.get(1).reason().contains("'1'"));
        List<ItemSummary> found = as(manager, () -> items.page(project, ItemFilter.ALL, 0, 10));
        assertEquals(List.of("Apple", "Blue Cheese", "Pear"), found.stream().map(ItemSummary::text).sorted().toList());
        assertEquals(2, sample.number("select count(*) from item where project_id = ? and known_class_id is not null", project));
        assertEquals(0, sample.number("select count(*) from resolution where project_id = ?", project));
        assertFalse(Files.exists(upload(done)));
    }

    @Test
    void unusual_texts_come_out_of_the_database_as_they_went_in() {
        List<String> texts = List.of("tab\there", "back\\slash \\N \\.", "\\N", "two\r\nlines", "שלום 🍏", "=1+1", "<i>x</i>", "null");
        StringBuilder file = new StringBuilder("text,note\n");
        texts.forEach(text -> file.append('"').append(text).append("\",\"").append(text).append("\"\n"));
        carryIn(file.toString());
        assertEquals(texts, as(manager, () -> items.page(project, ItemFilter.ALL, 0, 20)).stream().map(ItemSummary::text).toList());
        long last = as(manager, () -> items.page(project, ItemFilter.ALL, 1, 1)).getFirst().id();
        assertEquals(texts.get(1), parse(as(manager, () -> items.history(project, last)).rows().getFirst().metadata()).get("note").asText());
    }

    @Test
    void the_same_file_again_adds_nothing() {
        String file = "id,text\n1,Blue Cheese\n2,Apple\n";
        carryIn(file);
        DataImport again = carryIn(file);
        assertEquals(List.of(2L, 2L, 0L), List.of(again.rowsIn(), again.rowsMerged(), again.rowsRefused()));
        assertEquals(2, sample.number("select count(*) from item_row where project_id = ?", project));
    }

    @Test
    void rows_of_texts_that_are_there_join_them_and_the_texts_are_not_written_again() {
        carryIn("id,text\n1,Blue Cheese\n2,Apple\n");
        String places = "select hashtextextended(string_agg(ctid::text, ' ' order by id), 0) from item where project_id = ? and body in ('Blue Cheese', 'Apple')";
        long before = sample.number(places, project);

        DataImport more = carryIn("id,text\n11,apple\n12,Pear\n13,blue cheese\n14,Pear\n");

        assertEquals(List.of(4L, 3L, 0L), List.of(more.rowsIn(), more.rowsMerged(), more.rowsRefused()));
        assertEquals(before, sample.number(places, project));
        assertEquals(4, sample.number("""
                select count(*) from item_row r join item i on i.id = r.item_id
                where i.project_id = ? and r.external_id || i.body in ('11Apple', '12Pear', '13Blue Cheese', '14Pear')""", project));
    }

    @Test
    void a_text_that_is_there_without_a_label_takes_the_files() {
        carryIn("id,text,label\n1,Blue Cheese,\n2,Apple,Fruit\n");

        carryIn("id,text,label\n11,Blue Cheese,Dairy\n12,Apple,Dairy\n13,Pear,Fruit\n");

        assertEquals(3, sample.number("""
                select count(*) from item i join label_class c on c.id = i.known_class_id
                where i.project_id = ? and i.body || c.name in ('Blue CheeseDairy', 'AppleFruit', 'PearFruit')""", project));
    }

    @Test
    void known_labels_become_labels_only_when_asked_to() {
        DataImport draft = upload("id,text,label\n1,Blue Cheese,Dairy\n2,Apple,\n");
        as(manager, () -> {
            imports.configure(project, draft.id(), new ImportChoices(draft.format(), draft.columns(), false, true));
            return null;
        });
        finish(draft);
        ProjectFigures figures = as(manager, () -> items.figures(project));
        assertEquals(new ProjectFigures(2, 2, 1, 0, 1), figures);
    }

    @Test
    void a_killed_import_goes_on_with_the_row_after_its_last_commit() throws Exception {
        int rows = 45_000;
        StringBuilder file = new StringBuilder("id,text\n");
        for (int i = 0; i < rows; i++) {
            file.append(i).append(",\"text number ").append(i).append("\"\n");
        }
        DataImport draft = upload(file.toString());
        sample.execute("update data_import set state = 'WAITING' where id = ?", draft.id());
        assertThrows(Killed.class, () -> job.run(new Try(draft.id(), 2)));
        DataImport killed = repository.find(draft.id()).orElseThrow();
        assertEquals(40_000, killed.rowsRead());
        assertEquals(40_000, sample.number("select count(*) from item_row where project_id = ?", project));
        job.run(new Try(draft.id(), Integer.MAX_VALUE));
        DataImport done = repository.find(draft.id()).orElseThrow();
        assertEquals(ImportState.DONE, done.state());
        assertEquals(List.of(45_000L, 45_000L, 0L, 0L), List.of(done.rowsRead(), done.rowsIn(), done.rowsMerged(), done.rowsRefused()));
        assertEquals(rows, sample.number("select count(*) from item where project_id = ?", project));
    }

    @Test
    void a_stopped_import_keeps_its_rows_and_goes_on_when_asked() throws Exception {
        StringBuilder file = new StringBuilder("text\n");
        for (int i = 0; i < 25_000; i++) {
            file.append("text number ").append(i).append('\n');
        }
        DataImport draft = upload(file.toString());
        long waiting = sample.number("""
                insert into job (kind, project_id, state, cancel_requested) values ('test.none', ?, 'RUNNING', true) returning id""", project);
        sample.execute("update data_import set state = 'WAITING', job_id = ? where id = ?", waiting, draft.id());
        Try stopped = new Try(draft.id(), Integer.MAX_VALUE);
        stopped.cancelled = true;
        job.run(stopped);
        DataImport half = repository.find(draft.id()).orElseThrow();
        assertEquals(ImportState.CANCELLED, half.state());
        assertEquals(20_000, half.rowsIn());
        as(manager, () -> {
            imports.resume(project, draft.id());
            return null;
        });
        Eventually.holds("the rest is in", () -> repository.find(draft.id()).orElseThrow().state() == ImportState.DONE);
        assertEquals(25_000, sample.number("select count(*) from item where project_id = ?", project));
    }

    @Test
    void all_or_nothing_brings_nothing_in_and_the_good_rows_on_request() {
        DataImport draft = upload("id,text\n1,Blue Cheese\n2,\n3,Apple\n");
        as(manager, () -> {
            imports.configure(project, draft.id(), new ImportChoices(draft.format(), draft.columns(), true, false));
            return null;
        });
        DataImport refused = finish(draft);
        assertEquals(ImportState.FAILED, refused.state());
        assertTrue(refused.error().contains("1 of 3 rows"));
        assertEquals(0, sample.number("select count(*) from item where project_id = ?", project));
        as(manager, () -> {
            imports.resumeWithGoodRows(project, draft.id());
            return null;
        });
        Eventually.holds("the good rows are in", () -> repository.find(draft.id()).orElseThrow().state() == ImportState.DONE);
        assertEquals(2, sample.number("select count(*) from item where project_id = ?", project));
    }

    @Test
    void a_file_that_cannot_be_imported_leaves_nothing_behind() throws IOException {
        long before = files();
        assertThrows(Refused.class, () -> upload("id,text\n"));
        assertThrows(Refused.class, () -> upload(""));
        assertThrows(UncheckedIOException.class, () -> as(manager, () -> imports.upload(project, "x.csv", new BrokenOff())));
        assertEquals(before, files());
        assertEquals(0, sample.number("select count(*) from data_import where project_id = ?", project));
    }

    @Test
    void tasks_of_another_tool_bring_labels_suggestions_and_a_count_of_the_rest() throws IOException {
        long label = sample.project(manager, "Negative", "Positive");
        byte[] tasks = ImportTest.class.getResourceAsStream("/formats/label-studio.json").readAllBytes();
        DataImport draft = as(manager, () -> imports.upload(label, "tasks.json", new ByteArrayInputStream(tasks)));
        FilePreview preview = as(manager, () -> imports.preview(label, draft.id(), draft.format()));
        assertEquals(5, preview.items());
        assertTrue(preview.exact());
        project = label;
        DataImport done = finish(draft);
        assertEquals(List.of(5L, 4L, 1L), List.of(done.rowsRead(), done.rowsIn(), done.rowsRefused()));
        assertEquals(1L, done.leftOut().get(LeftOut.DISAGREEMENT));
        assertEquals(1L, done.leftOut().get(LeftOut.SKIPPED));
        assertEquals(1, sample.number("select count(*) from item where project_id = ? and known_class_id is not null", label));
        assertEquals(2, sample.number("select count(*) from item_suggestion where import_id = ?", draft.id()));
        long item = sample.number("select item_id from item_row where project_id = ? and external_id = '101'", label);
        queue.enqueue(label, null, null, List.of(new NewTask(item, Purpose.TRAIN, 1, "new", null, null, null)));
        assertEquals(1, sample.number("""
                select count(*) from task t join label_class c on c.id = t.suggestion_class_id
                where t.item_id = ? and c.name = 'Negative' and t.suggestion_source = 'bert-2' and t.suggestion_confidence = 0.91::real""", item));
        DataImport again = as(manager, () -> imports.upload(label, "own.csv", new ByteArrayInputStream(
                "text,suggestion,suggestion_source\n\"The parcel never arrived, and nobody answers.\",Positive,ours\n".getBytes(StandardCharsets.UTF_8))));
        finish(again);
        assertEquals(1, sample.number("select count(*) from task where item_id = ? and suggestion_source = 'ours' and suggestion_confidence is null", item));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        as(manager, () -> exports.export(label, ExportFormat.LABEL_STUDIO, false)).writeTo(out);
        JsonNode first = json.readTree(out.toByteArray()).get(0);
        assertEquals("101", first.at("/data/laudable/id").asText());
        assertEquals("ours", first.at("/predictions/0/model_version").asText());
    }

    @Test
    void a_dataset_in_parquet_goes_out_and_comes_in_with_its_classes() throws IOException {
        carryIn("id,text,label,shop\n1,Blue Cheese,Dairy,Acme\n2,Apple,Fruit,\n3,Stone,,\n");
        long fruit = sample.classIds(project).get(1);
        sample.execute("""
                insert into resolution (project_id, item_id, outcome, class_id, origin, confidence)
                select project_id, id, 'LABEL', ?, 'PERSON', 1 from item where project_id = ? and body = 'Apple'""", fruit, project);
        for (ExportFormat format : List.of(ExportFormat.HUGGING_FACE, ExportFormat.PARQUET, ExportFormat.ARGILLA)) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            long from = project;
            as(manager, () -> exports.export(from, format, false)).writeTo(out);
            long other = sample.project(manager, "Dairy", "Fruit");
            DataImport draft = as(manager, () -> imports.uploadWhole(other, "set.parquet", new ByteArrayInputStream(out.toByteArray()), false, true));
            project = other;
            DataImport done = finish(draft);
            assertEquals(ImportState.DONE, done.state(), done.error());
            assertEquals(List.of(3L, 3L, 0L), List.of(done.rowsRead(), done.rowsIn(), done.rowsRefused()));
            assertEquals(1, sample.number("""
                    select count(*) from item i join label_class c on c.id = i.known_class_id join item_row r on r.item_id = i.id
                    where i.project_id = ? and i.body = 'Apple' and c.name = 'Fruit' and r.external_id = '2'""", other), format.word());
            assertEquals(1, as(manager, () -> items.figures(other)).labeled(), format.word());
            project = from;
        }
        byte[] damaged = "PAR1 and no more PAR1".getBytes(StandardCharsets.UTF_8);
        long before = files();
        assertTrue(assertThrows(Refused.class, () -> as(manager, () -> imports.upload(project, "x.parquet", new ByteArrayInputStream(damaged))))
                .getMessage().contains("damaged"));
        assertEquals(before, files());
    }

    @Test
    void a_list_that_breaks_off_brings_nothing_in() {
        StringBuilder list = new StringBuilder("[");
        for (int i = 0; i < 30_000; i++) {
            list.append("{\"text\": \"text number ").append(i).append("\"},\n");
        }
        DataImport failed = finish(as(manager, () -> imports.upload(project, "cut.json", new ByteArrayInputStream(list.toString().getBytes(StandardCharsets.UTF_8)))));
        assertEquals(ImportState.FAILED, failed.state());
        assertTrue(failed.error().contains("not closed"), failed.error());
        assertEquals(0, sample.number("select count(*) from item where project_id = ?", project));
    }

    @Test
    void label_values_are_counted_and_too_many_are_refused() {
        DataImport draft = upload("id,text,label\n1,a,Dairy\n2,b,Fruit\n3,c,Dairy\n4,d,\n");
        assertEquals(List.of(new LabelValue("Dairy", 2), new LabelValue("Fruit", 1)), as(manager, () -> imports.labelValues(project, draft.id())));
        StringBuilder file = new StringBuilder("text,label\n");
        for (int i = 0; i < 1_200; i++) {
            file.append("text ").append(i).append(",value ").append(i).append('\n');
        }
        DataImport wide = upload(file.toString());
        assertTrue(assertThrows(Refused.class, () -> as(manager, () -> imports.labelValues(project, wide.id()))).getMessage().contains("1,000"));
    }

    @Test
    void without_a_text_column_nothing_begins() {
        DataImport draft = upload("a,b\n1,2\n3,4\n");
        Refused refused = assertThrows(Refused.class, () -> as(manager, () -> {
            imports.begin(project, draft.id());
            return null;
        }));
        assertTrue(refused.getMessage().contains("which column"));
        assertEquals(ImportState.DRAFT, repository.find(draft.id()).orElseThrow().state());
    }

    @Test
    void an_export_read_back_holds_every_row_with_its_label() throws IOException {
        carryIn("id,text,label,shop\n1,=Blue Cheese,Dairy,Acme\n2,=blue cheese,,\n3,Apple,,\n");
        long dairy = sample.classIds(project).getFirst();
        sample.execute("""
                insert into resolution (project_id, item_id, outcome, class_id, origin, confidence, model_version)
                select project_id, id, 'LABEL', ?, 'MODEL', 0.75, 3 from item where project_id = ? and body like '%Cheese'""", dairy, project);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        as(manager, () -> exports.export(project, ExportFormat.JSONL, true)).writeTo(out);
        List<JsonNode> rows = out.toString(StandardCharsets.UTF_8).lines().map(this::parse).toList();
        assertEquals(List.of("1", "2"), rows.stream().map(row -> row.get("id").asText()).toList());
        assertEquals("=Blue Cheese", rows.get(1).get("text").asText());
        assertEquals("Dairy", rows.get(0).get("label").asText());
        assertEquals("model", rows.get(0).get("origin").asText());
        assertEquals(3, rows.get(0).get("model_version").asInt());
        assertEquals("Acme", rows.get(0).get("metadata").get("shop").asText());
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        as(manager, () -> exports.export(project, ExportFormat.CSV, false)).writeTo(all);
        assertEquals(4, all.toString(StandardCharsets.UTF_8).lines().count());
        assertTrue(all.toString(StandardCharsets.UTF_8).contains("'=Blue Cheese"));
    }

    @Test
    void only_managers_import_and_export_and_strangers_see_nothing() {
        DataImport draft = upload("text\nhello\n");
        User reviewer = sample.person("reviewer");
        User annotator = sample.person("annotator");
        User stranger = sample.person("stranger");
        sample.member(project, reviewer, "REVIEWER");
        sample.member(project, annotator, "ANNOTATOR");
        for (User user : List.of(reviewer, annotator, stranger)) {
            assertThrows(ForbiddenException.class, () -> as(user, () -> imports.find(project, draft.id())));
            assertThrows(ForbiddenException.class, () -> as(user, () -> exports.export(project, ExportFormat.CSV, false)));
            assertThrows(ForbiddenException.class, () -> as(user, () -> imports.labelValues(project, draft.id())));
        }
        assertEquals(0, as(reviewer, () -> items.count(project, ItemFilter.ALL)));
        assertThrows(ForbiddenException.class, () -> as(annotator, () -> items.count(project, ItemFilter.ALL)));
        assertThrows(ForbiddenException.class, () -> as(stranger, () -> items.figures(project)));
        User otherManager = sample.person("other");
        long other = sample.project(otherManager, "A", "B");
        assertThrows(OutOfReach.class, () -> as(otherManager, () -> imports.find(other, draft.id())));
    }

    private DataImport carryIn(String file) {
        return finish(upload(file));
    }

    private DataImport upload(String file) {
        return as(manager, () -> imports.upload(project, "file.csv", new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8))));
    }

    private DataImport finish(DataImport draft) {
        as(manager, () -> {
            imports.begin(project, draft.id());
            return null;
        });
        Eventually.holds("the import ended", () -> repository.find(draft.id()).orElseThrow().finishedAt() != null);
        Eventually.holds("its job ended", () -> sample.number("""
                select count(*) from job j join data_import i on i.job_id = j.id
                where i.id = ? and j.state in ('WAITING', 'RUNNING')""", draft.id()) == 0);
        return repository.find(draft.id()).orElseThrow();
    }

    private Path upload(DataImport file) {
        return config.data().resolve("uploads").resolve(file.storedAs());
    }

    private long files() throws IOException {
        Path folder = Files.createDirectories(config.data().resolve("uploads"));
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }

    private JsonNode parse(String line) {
        try {
            return json.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> T as(User user, Failing<T> work) {
        return ActingAs.person(user, () -> {
            try {
                return work.call();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private interface Failing<T> {
        T call() throws IOException;
    }

    /** A browser that goes away in mid-upload. */
    private static final class BrokenOff extends InputStream {
        private int given;

        @Override
        public int read() throws IOException {
            if (given++ > 1_000) {
                throw new IOException("connection reset");
            }
            return 'x';
        }
    }

    /** Stands for the death of the process. */
    private static final class Killed extends RuntimeException {}

    /** A try that dies after some batches. */
    private final class Try implements JobContext {
        private final long importId;
        private int batches;
        private boolean cancelled;

        Try(long importId, int batches) {
            this.importId = importId;
            this.batches = batches;
        }

        @Override
        public long id() {
            return 0;
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
            if (--batches == 0) {
                throw new Killed();
            }
        }

        @Override
        public boolean cancelled() {
            return cancelled;
        }
    }
}
