package org.laudable.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.laudable.testing.Eventually;

/** The whole way of a text project, by hand: a file, six classes, answers by key, a trained round, an export read back. */
class JourneyIT {
    private static final Pattern CODE = Pattern.compile("one-time code: (\\S+)");
    private static final int BATCH = 10;

    @Test
    void a_manager_brings_a_file_labels_by_keys_sees_the_curve_move_and_exports() throws IOException {
        FoodsFile foods = FoodsFile.of(6, 60);
        try (RunningLaudable laudable = RunningLaudable.onEmptyFolder(); Chromium chromium = new Chromium()) {
            Desk desk = new Desk(laudable, chromium.person());
            desk.createFirstAdmin(laudable.fromOutput(CODE), "Maya Manager", "maya", "a long enough sentence");
            Page page = desk.page();

            String project = setUp(desk, foods.write());

            page.navigate(project + "/label");
            Labeler labeler = new Labeler(page, foods.answers());
            Set<String> answered = new HashSet<>();
            Eventually.holds("the model asks", () -> laudable.number("select count(*) from task where purpose = 'TRAIN'") > 0);
            while (laudable.number("select count(*) from task where purpose = 'TRAIN' and state = 'DONE'") < BATCH) {
                assertTrue(answered.add(labeler.answerNext()), "A text was asked twice");
                labeler.waitUntilSent();
            }
            page.locator("[data-testid=model-note]").filter(new Locator.FilterOptions().setHasText("v1"))
                    .waitFor(new Locator.WaitForOptions().setTimeout(120_000));
            Chromium.picture(page, "label");
            Chromium.assertAccessible(page);
            Chromium.assertFitsPhone(page);

            page.navigate(project + "/run");
            Locator round = page.getByRole(com.microsoft.playwright.options.AriaRole.ROW).filter(new Locator.FilterOptions().setHasText("v1"));
            round.first().waitFor();
            assertTrue((int) page.evaluate("document.querySelector('curve-chart').curve.rounds.length") >= 2, "The curve has zero-shot and round 1");
            Chromium.picture(page, "run");
            Chromium.assertAccessible(page);
            Chromium.assertFitsPhone(page);

            assertModelCanBeTakenAlong(page);

            for (String name : List.of("", "/items", "/settings", "/team")) {
                page.navigate(project + name);
                page.locator("h1").first().waitFor();
                Chromium.picture(page, name.isEmpty() ? "overview" : name.substring(1));
                Chromium.assertAccessible(page);
                Chromium.assertFitsPhone(page);
            }

            page.navigate(project);
            assertExportSaysWhoAnswered(page, foods, answered);
        }
    }

    private static String setUp(Desk desk, Path file) {
        Page page = desk.page();
        ProjectSetUp wizard = new ProjectSetUp(desk);
        wizard.data("Groceries", file);
        Chromium.picture(page, "wizard-data");
        Chromium.assertAccessible(page);
        wizard.classes();
        Chromium.picture(page, "wizard-classes");
        wizard.people();
        wizard.engine(20, BATCH);
        Chromium.picture(page, "wizard-engine");
        Chromium.assertAccessible(page);
        return wizard.go();
    }

    private static void assertModelCanBeTakenAlong(Page page) throws IOException {
        page.getByText("Make the file of model").first().click();
        Download download = page.waitForDownload(() -> page.locator("a[download]").filter(new Locator.FilterOptions().setHasText("Download model")).first().click());
        assertTrue(download.suggestedFilename().startsWith("Groceries-model-"), download.suggestedFilename());
        try (ZipFile file = new ZipFile(download.path().toFile())) {
            assertTrue(file.getEntry("manifest.json") != null && file.getEntry("MODEL_CARD.md") != null, "a file that says what it is");
        }
        Chromium.picture(page, "model-files");
        Chromium.assertAccessible(page);
        Chromium.assertFitsPhone(page);
    }

    private static void assertExportSaysWhoAnswered(Page page, FoodsFile foods, Set<String> answered) throws IOException {
        Download download = page.waitForDownload(() -> page.getByText("CSV, all rows").first().click());
        Map<String, String> gold = foods.answers();
        try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(download.path(), StandardCharsets.UTF_8)) {
            List<NamedCsvRecord> rows = csv.stream().toList();
            assertEquals(foods.size(), rows.size(), "one line per imported row");
            Set<String> byPeople = new HashSet<>();
            for (NamedCsvRecord row : rows) {
                if (row.getField("origin").equalsIgnoreCase("PERSON")) {
                    byPeople.add(row.getField("text"));
                    assertEquals(gold.get(row.getField("text")), row.getField("label"));
                    assertTrue(row.getField("annotators").contains("maya"), "who answered: " + row.getField("annotators"));
                }
            }
            assertEquals(answered, byPeople, "what a person answered is what the export says a person answered");
        }
    }
}
