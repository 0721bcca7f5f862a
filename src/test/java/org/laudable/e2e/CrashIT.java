package org.laudable.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.laudable.testing.Eventually;

/** kill -9 where it hurts: nothing is lost, nothing happens twice, and the work goes on after the start. */
class CrashIT {
    private static final Pattern CODE = Pattern.compile("one-time code: (\\S+)");
    private static final int ROWS = 150_000;
    private static final int BATCH = 10;

    @Test
    void an_import_killed_in_the_middle_goes_on_and_every_row_is_in_once() throws IOException {
        try (RunningLaudable laudable = RunningLaudable.onEmptyFolder(); Chromium chromium = new Chromium()) {
            Desk desk = new Desk(laudable, chromium.person());
            desk.createFirstAdmin(laudable.fromOutput(CODE), "Maya Manager", "maya", "a long enough sentence");
            new ProjectSetUp(desk).start("Many rows", manyRows(), 20, BATCH);
            Eventually.holds("rows are in", () -> laudable.number("select count(*) from item") > 0);
            long halfDone = laudable.number("""
                    insert into bulk_action (project_id, kind, filter, found, newest_item) values (1, 'CLEAR',
                      '{"search": "number 1", "status": "ALL", "order": "FILE"}', 1, (select max(id) from item)) returning id""");

            laudable.kill();
            laudable.start();

            Eventually.holds("an action on many items that nobody carried goes on", () ->
                    laudable.number("select count(*) from bulk_action where state = 'DONE' and id = " + halfDone) == 1);

            Eventually.holds("the import is done", () -> laudable.number("select count(*) from data_import where state = 'DONE'") == 1);
            assertTrue(laudable.number("select attempts from job where kind = 'dataset.import'") >= 2, "it was killed in the middle");
            assertEquals(ROWS, laudable.number("select count(*) from item"));
            assertEquals(ROWS, laudable.number("select count(distinct external_id) from item_row"));
            assertEquals(ROWS, laudable.number("select rows_in from data_import"));
            Eventually.holds("the run has its audit sample", () -> laudable.number("select count(*) from task where purpose = 'AUDIT'") == 20);
        }
    }

    @Test
    void a_round_killed_in_the_middle_is_trained_after_the_start_and_no_answer_is_lost_or_paid_twice() {
        FoodsFile foods = FoodsFile.of(6, 60);
        try (RunningLaudable laudable = RunningLaudable.onEmptyFolder(); Chromium chromium = new Chromium()) {
            Desk desk = new Desk(laudable, chromium.person());
            desk.createFirstAdmin(laudable.fromOutput(CODE), "Maya Manager", "maya", "a long enough sentence");
            String project = new ProjectSetUp(desk).start("Groceries", foods.write(), 20, BATCH);
            Eventually.holds("the model asks", () -> laudable.number("select count(*) from task where purpose = 'TRAIN'") > 0);
            desk.page().navigate(project + "/label");
            Labeler labeler = new Labeler(desk.page(), foods.answers());
            int answered = 0;
            while (laudable.number("select count(*) from task where purpose = 'TRAIN' and state = 'DONE'") < BATCH) {
                labeler.answerNext();
                answered++;
                labeler.waitUntilSent();
            }

            laudable.kill();
            laudable.start();

            Eventually.holds("model v1 is trained", () -> laudable.number("select count(*) from round where number = 1 and state = 'DONE'") == 1);
            assertEquals(answered, laudable.number("select count(*) from annotation where kind = 'LABEL'"));
            assertEquals(answered, laudable.number("select count(*) from resolution where origin = 'PERSON' and superseded_at is null"));
            assertEquals(BATCH, laudable.number("select labels from round where number = 1"));
            assertEquals(0, laudable.number("""
                    select count(*) from ledger_entry e where kind = 'SETTLE'
                    and (select count(*) from ledger_entry o where o.reservation_id = e.reservation_id and o.kind = 'SETTLE') > 1"""));
        }
    }

    private static Path manyRows() throws IOException {
        Path file = Files.createTempFile(Files.createDirectories(Path.of("target", "e2e")), "many", ".csv");
        try (var out = Files.newBufferedWriter(file)) {
            out.write("id,text,label\n");
            for (int i = 0; i < ROWS; i++) {
                out.write("row-" + i + ",text number " + i + "," + (i % 2 == 0 ? "even" : "odd") + "\n");
            }
        }
        return file;
    }
}
