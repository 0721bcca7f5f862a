package org.laudable.load;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.laudable.e2e.Chromium;
import org.laudable.e2e.Desk;
import org.laudable.e2e.RunningLaudable;

/** One tab that is never loaded anew: a manager goes to the run's page and back to the deck by the links of the page, and answers. */
final class SoakPage implements AutoCloseable {
    private static final double MB = 1 << 20;
    private static final int LOOKING_SECONDS = 6;

    private final Chromium chromium = new Chromium();
    private final Page page;
    private final CDPSession inside;
    private final long project;
    private int answers;
    private int missteps;

    /** Signs in and goes to the deck. */
    SoakPage(RunningLaudable laudable, long project, String user, String password) {
        this.project = project;
        Desk desk = new Desk(laudable, chromium.person());
        desk.signIn(user, password);
        desk.open("/projects/" + project + "/label");
        page = desk.page();
        inside = page.context().newCDPSession(page);
        inside.send("Performance.enable");
        inside.send("HeapProfiler.enable");
        page.evaluate("() => { window.neverLeft = true; }");
    }

    /** @param heap of scripts, in megabytes after a collection @param nodes of the document, and those scripts hold on to */
    record Sample(double heap, double nodes, double listeners) {}

    /** To the run's page, and back to the deck. */
    void turn(int questions) throws InterruptedException {
        try {
            go("run", "h1");
            TimeUnit.SECONDS.sleep(LOOKING_SECONDS);
            go("label", "[data-testid=deck]");
            for (int n = 0; n < questions; n++) {
                answer();
            }
        } catch (PlaywrightException e) {
            missteps++;
            System.out.println("The page: " + e.getMessage().lines().findFirst().orElse(""));
        }
    }

    private void go(String place, String sign) {
        page.locator("a[href='projects/" + project + "/" + place + "']").first().click();
        page.waitForURL("**/projects/" + project + "/" + place);
        page.locator(sign).first().waitFor();
    }

    private void answer() {
        Locator item = page.locator("[data-testid=item]");
        item.waitFor(new Locator.WaitForOptions().setTimeout(5_000));
        String task = item.getAttribute("data-task-id");
        page.keyboard().press("1");
        page.waitForFunction("([task]) => document.querySelector('label-deck').shadowRoot.querySelector('[data-testid=item]')?.dataset.taskId !== task", List.of(task));
        answers++;
    }

    Sample sample() {
        if (!Boolean.TRUE.equals(page.evaluate("() => window.neverLeft === true"))) {
            throw new IllegalStateException("The page was loaded anew: its memory tells nothing");
        }
        inside.send("HeapProfiler.collectGarbage");
        double heap = 0;
        double nodes = 0;
        double listeners = 0;
        for (var one : inside.send("Performance.getMetrics").getAsJsonArray("metrics")) {
            JsonObject metric = one.getAsJsonObject();
            double value = metric.get("value").getAsDouble();
            switch (metric.get("name").getAsString()) {
                case "JSHeapUsedSize" -> heap = value / MB;
                case "Nodes" -> nodes = value;
                case "JSEventListeners" -> listeners = value;
                default -> { }
            }
        }
        return new Sample(heap, nodes, listeners);
    }

    int answers() {
        return answers;
    }

    int missteps() {
        return missteps;
    }

    @Override
    public void close() {
        chromium.close();
    }
}
