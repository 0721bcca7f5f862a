package org.laudable.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.laudable.testing.Eventually;

/** A cap tells before it holds, and holds without losing what is under way. */
class BudgetIT {
    private static final Pattern CODE = Pattern.compile("one-time code: (\\S+)");
    private static final String ANSWERS = "**/api/v1/tasks/answers*";
    private static final String PASSWORD = "a long enough sentence";

    @Test
    void a_cap_alerts_at_80_percent_and_at_100_hands_out_no_more_and_loses_no_answer_in_flight() {
        FoodsFile foods = FoodsFile.of(4, 30);
        try (RunningLaudable laudable = RunningLaudable.onEmptyFolder(); Chromium chromium = new Chromium()) {
            Desk desk = new Desk(laudable, chromium.person());
            desk.createFirstAdmin(laudable.fromOutput(CODE), "Maya Manager", "maya", PASSWORD);
            String project = setUp(desk, foods);
            Page manager = new Desk(laudable, chromium.person()).signIn("maya", PASSWORD).page();
            manager.navigate(project + "/budget");
            manager.locator("h1").first().waitFor();

            Page page = desk.page();
            page.navigate(project + "/label");
            Labeler labeler = new Labeler(page, foods.answers());
            Eventually.holds("the audit sample is asked", () -> laudable.number("select count(*) from task") > 0);
            for (int i = 0; i < 8; i++) {
                labeler.answerNext();
                labeler.waitUntilSent();
            }
            Eventually.holds("eight answers are paid", () -> settled(laudable) == 800_000);
            manager.locator("button.bell .count").waitFor();
            manager.locator("button.bell").press("Enter");
            manager.locator(".notifications").getByText("80 % of the budget are spent: €0.80 of €1.00.").waitFor();
            manager.keyboard().press("Escape");
            manager.getByText("80 % of the cap are spent.").waitFor();

            page.locator("[data-testid=item]").waitFor();
            Eventually.holds("the rest of the money is set aside", () -> laudable.number("select reserved_micros from budget") == 200_000);
            page.route(ANSWERS, Route::abort);
            answerWithoutTheServer(page, labeler);
            Page second = manager.context().newPage();
            second.navigate(project + "/label");
            waitUntilNothingIsHandedOut(second);
            page.unroute(ANSWERS);
            page.evaluate("dispatchEvent(new Event('online'))"); // as the browser tells: else the deck waits out its pause between two tries
            labeler.waitUntilSent();
            while (settled(laudable) < 1_000_000) {
                long before = settled(laudable);
                labeler.answerNext();
                Eventually.holds("the answer is paid", () -> settled(laudable) > before);
            }

            waitUntilNothingIsHandedOut(page);
            assertEquals(10, laudable.number("select count(*) from annotation where kind = 'LABEL' and not surplus"));
            assertEquals(0, laudable.number("select reserved_micros from budget"));
            assertEquals(0, laudable.number("select count(*) from lease where state = 'HELD'"));
            manager.getByText("The cap is reached: no more work is handed out.").waitFor();
            manager.getByText("Choose a language model under Settings to see what it would cost").waitFor();
            manager.getByText("A forecast needs 4 rounds").waitFor();
            manager.locator("button.bell").press("Enter");
            manager.locator(".notifications").getByText("The budget is used up: €1.00 of €1.00 spent.").waitFor();
            Chromium.assertAccessible(manager);
            manager.keyboard().press("Escape");
            Chromium.picture(manager, "budget");
            Chromium.assertAccessible(manager);
            Chromium.assertFitsPhone(manager);
            for (String path : List.of(project + "/people", laudable.url("/portfolio"))) {
                manager.navigate(path);
                manager.getByRole(AriaRole.ROW).nth(1).waitFor();
                Chromium.picture(manager, path.substring(path.lastIndexOf('/') + 1));
                Chromium.assertAccessible(manager);
                Chromium.assertFitsPhone(manager);
            }
        }
    }

    private static long settled(RunningLaudable laudable) {
        return laudable.number("select settled_micros from budget");
    }

    /** The deck says why there is nothing to do; it shows no text. */
    private static void waitUntilNothingIsHandedOut(Page page) {
        page.locator("[data-testid=state]:not([data-state=LOADING])").waitFor();
        assertEquals(0, page.locator("[data-testid=item]").count());
    }

    /** The next answer, while none gets through; the last one leaves the deck with nothing more to show. */
    private static void answerWithoutTheServer(Page page, Labeler labeler) {
        labeler.answerNext();
        page.locator("[data-testid=deck][data-unsent='1']").waitFor(
                new Locator.WaitForOptions().setState(WaitForSelectorState.ATTACHED));
    }

    private static String setUp(Desk desk, FoodsFile foods) {
        Page page = desk.page();
        ProjectSetUp wizard = new ProjectSetUp(desk);
        wizard.data("Groceries", foods.write());
        wizard.classes();
        wizard.people();
        wizard.engine(30, 10);
        page.getByLabel("the budget is spent").uncheck(); // else the run may end before the last answers are handed out
        page.locator("vaadin-select").filter(new Locator.FilterOptions().setHasText("Count people’s work")).click();
        page.getByRole(AriaRole.OPTION).filter(new Locator.FilterOptions().setHasText("per label")).first().click();
        desk.field("Price per label").fill("0.10");
        desk.field("Budget").fill("1.00");
        desk.field("Budget").press("Tab");
        return wizard.go();
    }
}
