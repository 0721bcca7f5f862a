package org.laudable.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.RequestOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.laudable.testing.Eventually;

/** The whole way of a series project, by hand: a machine, ten windows by key, a learned round, an anomaly explained, export. */
class SeriesIT {
    private static final Pattern CODE = Pattern.compile("one-time code: (\\S+)");
    private static final int BATCH = 10;
    private static final int LIVE_POINTS = 100;

    @Test
    void a_machine_is_searched_its_windows_answered_by_key_an_anomaly_explained_and_all_exported() throws IOException {
        try (RunningLaudable laudable = RunningLaudable.onEmptyFolder(); Chromium chromium = new Chromium()) {
            Desk desk = new Desk(laudable, chromium.person());
            desk.createFirstAdmin(laudable.fromOutput(CODE), "Maya Manager", "maya", "a long enough sentence");
            Page page = desk.page();

            String project = setUp(desk, MachineFile.write());

            page.navigate(project + "/label");
            Eventually.holds("the machine is fitted", () -> laudable.number("select count(*) from series_model where state = 'FITTED'") == 1);
            WindowLabeler labeler = new WindowLabeler(page);
            Set<String> asked = new HashSet<>();
            Chromium.picture(page, "label-series");
            Chromium.assertAccessible(page);
            boolean explained = false;
            while (asked.size() < BATCH) {
                boolean explains = !explained && !labeler.anomalous();
                assertTrue(asked.add(explains ? labeler.explainedBy("the nightly backup") : labeler.answerNext()), "A window was asked twice");
                if (explains) {
                    page.locator("[data-testid=make-event]").click();
                    Eventually.holds("the explanation is an event", () -> laudable.number("select count(*) from series_event where explains = 'the nightly backup'") == 1);
                    explained = true;
                }
            }
            assertTrue(explained, "an ordinary window was among the questions");
            labeler.waitUntilSent();
            Eventually.holds("a round is learned", () -> laudable.number("select count(*) from series_training") == 1);
            Eventually.holds("the learned model flags something", () -> laudable.number("select count(*) from series_segment where version = 1") > 0);

            labeler.answerSimilar();
            Eventually.holds("similar windows are answered in one pass",
                    () -> laudable.number("select count(distinct task_id) from annotation where kind = 'LABEL'") > BATCH + 1);

            page.navigate(project + "/anomalies");
            page.getByText("Who speaks how loudly").waitFor();
            assertTrue(page.locator(".anomaly-sentence").textContent().contains("usual course"), page.locator(".anomaly-sentence").textContent());
            assertEquals(4, page.locator(".anomaly-facts .anomaly-block").first().locator(".anomaly-voice").count(), "four signals speak");
            Chromium.picture(page, "anomalies");
            Chromium.assertAccessible(page);
            Chromium.assertFitsPhone(page);

            scoreLive(desk, laudable, project);

            for (String name : List.of("", "/series", "/run", "/settings")) {
                page.navigate(project + name);
                page.locator("h1").first().waitFor();
                Chromium.picture(page, "series-" + (name.isEmpty() ? "overview" : name.substring(1)));
                Chromium.assertAccessible(page);
                Chromium.assertFitsPhone(page);
            }

            page.navigate(project);
            assertExportsTell(page);
        }
    }

    /** A manager approves the newest model, a program sends points, and what is odd about them stands on the open page. */
    private static void scoreLive(Desk desk, RunningLaudable laudable, String project) {
        Page page = desk.page();
        page.navigate(project + "/label");
        String csrf = (String) page.waitForFunction("() => document.querySelector('series-deck')?.config?.csrf").jsonValue();
        page.navigate(project + "/run/series");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("^Make the file of model"))).click();
        Eventually.holds("the model's file is made", () -> laudable.number("select count(*) from model_bundle where bytes is not null") == 1);
        page.navigate(project + "/live");
        desk.button("Approve for live").click();
        page.getByText(Pattern.compile("Model \\S+ scores, approved by Maya Manager")).waitFor();
        page.getByText("Approved", new Page.GetByTextOptions().setExact(true)).waitFor();
        assertEquals(0, desk.button("Approve for live").count(), "what scores already is not offered again");

        String series = laudable.url("/api/v1/projects/" + project.substring(project.lastIndexOf('/') + 1) + "/series/" + laudable.number("select id from series"));
        Instant last = Instant.ofEpochSecond(laudable.number("select extract(epoch from ends_at)::bigint from series"));
        long step = laudable.number("select step_seconds::bigint from series");
        List<String> rows = MachineFile.testRows(); // what the model has learned from, once more
        boolean odd = false;
        for (int from = 0; from < rows.size(); from += LIVE_POINTS) {
            List<String> points = new ArrayList<>();
            for (int t = from; t < from + LIVE_POINTS; t++) {
                points.add("{\"at\": \"%s\", \"values\": [%s]}".formatted(last.plusSeconds(step * (t + 1)), rows.get(t)));
            }
            APIResponse answer = page.request().post(series + "/live", RequestOptions.create().setHeader("Content-Type", "application/json").setHeader("X-CSRF-Token", csrf)
                    .setData("{\"points\": [" + String.join(", ", points) + "]}"));
            assertEquals(200, answer.status(), answer.text());
            odd |= answer.text().contains("\"anomaly\":true");
        }
        assertTrue(odd, "something about the machine's test day is odd");
        page.locator("[data-live-anomaly]").first().waitFor();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("^Confirm: "))).first().click();
        page.getByText("Anomaly, says Maya Manager.").first().waitFor();
        assertEquals(1, laudable.number("select count(*) from live_anomaly where meaning = 'ANOMALY'"));
        Chromium.picture(page, "live");
        Chromium.assertAccessible(page);
        Chromium.assertFitsPhone(page);
    }

    private static String setUp(Desk desk, Path file) {
        Page page = desk.page();
        desk.open("/projects/new");
        page.getByRole(AriaRole.RADIO, new Page.GetByRoleOptions().setName(Pattern.compile("^Time series"))).click();
        desk.text("Bring the series").waitFor();
        desk.field("Name").fill("Machine");
        page.locator("vaadin-upload input[type=file]").first().setInputFiles(file);
        page.getByText(Pattern.compile("1 series")).first().waitFor();
        Chromium.picture(page, "wizard-series-data");
        Chromium.assertAccessible(page);
        desk.button("Next").click();
        desk.field("What is normal").fill("A daily rhythm; the backup at night makes a short peak.");
        Chromium.picture(page, "wizard-series-normal");
        desk.button("Next").click();
        desk.text("Who labels, and what they should know").waitFor();
        desk.button("Next").click();
        desk.field("Answers per round").fill(Integer.toString(BATCH));
        desk.field("Answers per round").press("Tab");
        desk.button("Next").click();
        desk.text("Ready to start").waitFor();
        desk.button("Start").click();
        page.waitForURL(Pattern.compile("/projects/\\d+/run"));
        return page.url().replaceAll("/run.*", "");
    }

    private static void assertExportsTell(Page page) throws IOException {
        Download intervals = page.waitForDownload(() -> page.getByText("Intervals (JSON)").first().click());
        String windows = Files.readString(intervals.path());
        assertTrue(Pattern.compile("\"machine-9-1(\\.csv)?\"\\s*:\\s*\\[\\s*\\[").matcher(windows).find(), "NAB's form, by series: " + windows);
        Download points = page.waitForDownload(() -> page.getByText(Pattern.compile("Points \\(CSV\\)|All points")).first().click());
        assertTrue(Files.size(points.path()) > 1_000, "the points with their scores");
    }

    /** A person at the label page who knows where the machine's anomalies are and uses the keys. */
    private static final class WindowLabeler {
        private final Page page;

        WindowLabeler(Page page) {
            this.page = page;
            page.locator("[data-testid=question]").waitFor(new Locator.WaitForOptions().setTimeout(120_000));
        }

        /** Answers the window on the screen and returns its task. */
        String answerNext() {
            return answer(anomalous() ? "a" : "n", () -> { });
        }

        /** Says that it was expected, and why. */
        String explainedBy(String why) {
            return answer("e", () -> {
                page.locator("[data-testid=comment]").fill(why);
                page.keyboard().press("Enter");
            });
        }

        void answerSimilar() {
            page.locator("[data-testid=question]").waitFor();
            page.keyboard().press("v");
            page.locator("[data-testid=tile]").nth(1).waitFor();
            Chromium.picture(page, "similar");
            page.locator("[data-testid=strip-send]").click();
            waitUntilSent();
        }

        private String answer(String key, Runnable then) {
            Locator question = page.locator("[data-testid=question]");
            page.locator("[data-testid=interval]").waitFor();
            String task = question.getAttribute("data-task-id");
            page.keyboard().press(key);
            then.run();
            page.waitForFunction("([task]) => document.querySelector('series-deck').shadowRoot.querySelector('[data-testid=question]')?.dataset.taskId !== task",
                    List.of(task));
            return task;
        }

        private boolean anomalous() {
            Locator interval = page.locator("[data-testid=interval]");
            interval.waitFor();
            int from = Integer.parseInt(interval.getAttribute("data-from"));
            int to = Integer.parseInt(interval.getAttribute("data-to"));
            int odd = 0;
            for (int point = from; point < to; point++) {
                odd += MachineFile.anomalous(point - MachineFile.HISTORY) ? 1 : 0;
            }
            return 3 * odd > to - from;
        }

        void waitUntilSent() {
            page.locator("[data-testid=deck][data-unsent='0']").waitFor(
                    new Locator.WaitForOptions().setState(com.microsoft.playwright.options.WaitForSelectorState.ATTACHED));
        }
    }
}
