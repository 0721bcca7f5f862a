package org.laudable.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The deck in a real browser, and everything that must not lose an answer. Each test has a person of its own. */
class DeckIT {
    private static final String LABEL = "/projects/1/label";
    private static final String ANSWERS = "**/api/v1/tasks/answers";
    private static final LocatorAssertions.HasAttributeOptions PATIENT = new LocatorAssertions.HasAttributeOptions().setTimeout(60_000);

    private static final Locator.WaitForOptions FIRST_TEXTS = new Locator.WaitForOptions().setTimeout(60_000);

    private static RunningLaudable laudable;
    private static Chromium chromium;

    @BeforeAll
    static void start() {
        laudable = RunningLaudable.onEmptyFolder("--demo");
        chromium = new Chromium();
    }

    @AfterAll
    static void stop() {
        chromium.close();
        laudable.close();
    }

    @Test
    void five_unsent_answers_outlive_the_servers_death() {
        Desk desk = at("anna");
        Page page = desk.page();
        int before = answered(page);
        page.route(ANSWERS, Route::abort);
        answer(page, 5);
        unsent(page, 5);
        page.getByTestId("offline").waitFor();
        Chromium.picture(page, "deck-offline");
        laudable.kill();
        page.unroute(ANSWERS);
        unsent(page, 5);
        laudable.start();
        unsent(page, 0);
        open(desk);
        assertEquals(before + 5, answered(page));
    }

    @Test
    void a_reload_while_offline_loses_nothing() {
        Desk desk = at("ben");
        Page page = desk.page();
        int before = answered(page);
        page.context().setOffline(true);
        answer(page, 3);
        unsent(page, 3);
        try {
            page.reload();
        } catch (PlaywrightException expected) {
            assertTrue(expected.getMessage().contains("ERR_INTERNET_DISCONNECTED"), expected.getMessage());
        }
        page.context().setOffline(false);
        open(desk);
        unsent(page, 0);
        open(desk);
        assertEquals(before + 3, answered(page));
    }

    @Test
    void another_person_on_the_same_browser_neither_sends_nor_sees_them() {
        Desk desk = at("chris");
        Page page = desk.page();
        BrowserContext browser = page.context();
        int before = answered(page);
        page.route(ANSWERS, Route::abort);
        answer(page, 2);
        unsent(page, 2);
        browser.clearCookies();
        Desk other = new Desk(laudable, browser).signIn("rico", "rico-laudable");
        open(other);
        unsent(other.page(), 0);
        int othersBefore = answered(other.page());
        page.unroute(ANSWERS);
        page.getByTestId("signed-out").waitFor();
        unsent(page, 2);
        other.page().reload();
        other.page().getByTestId("item").waitFor();
        assertEquals(othersBefore, answered(other.page()));
        other.page().close();
        browser.clearCookies();
        desk.signIn("chris", "chris-laudable");
        open(desk);
        unsent(page, 0);
        open(desk);
        assertEquals(before + 2, answered(page));
    }

    @Test
    void keys_label_find_undo_and_explain() {
        Desk desk = at("rico");
        Page page = desk.page();
        int before = answered(page);
        Locator item = page.getByTestId("item");
        String first = item.textContent();
        page.keyboard().press("1");
        PlaywrightAssertions.assertThat(item).not().hasText(first);
        page.keyboard().press("Backspace");
        PlaywrightAssertions.assertThat(item).hasText(first);
        page.keyboard().press("/");
        page.keyboard().type("beverag");
        page.keyboard().press("Enter");
        PlaywrightAssertions.assertThat(page.getByTestId("last")).hasText("Last: Beverages");
        page.keyboard().press("w");
        page.getByTestId("why").waitFor();
        page.keyboard().press("g");
        PlaywrightAssertions.assertThat(page.getByTestId("guidelines")).isVisible();
        Chromium.picture(page, "deck");
        Chromium.assertAccessible(page);
        Chromium.assertFitsPhone(page);
        page.keyboard().press("Escape");
        page.keyboard().press("0");
        PlaywrightAssertions.assertThat(page.getByTestId("last")).hasText("Last: none of these");
        unsent(page, 0);
        open(desk);
        assertEquals(before + 2, answered(page));
    }

    @Test
    void my_work_leads_on_with_one_button() {
        Desk desk = new Desk(laudable, chromium.person()).signIn("maya", "maya-laudable");
        Page page = desk.page();
        page.getByTestId("work-card").first().waitFor();
        Chromium.picture(page, "my-work");
        Chromium.assertAccessible(page);
        Chromium.assertFitsPhone(page);
        page.getByTestId("continue").first().click(); // of the texts or of the series, whichever has questions already
        page.waitForURL(url -> url.endsWith("/label"));
        page.getByTestId("deck").waitFor(FIRST_TEXTS);
    }

    private static Desk at(String person) {
        Desk desk = new Desk(laudable, chromium.person()).signIn(person, person + "-laudable");
        open(desk);
        return desk;
    }

    private static void open(Desk desk) {
        desk.open(LABEL);
        desk.page().getByTestId("item").waitFor(FIRST_TEXTS);
    }

    /** Takes the likeliest class; waits for the next text each time. */
    private static void answer(Page page, int times) {
        Locator item = page.getByTestId("item");
        for (int i = 0; i < times; i++) {
            String id = item.getAttribute("data-task-id");
            page.keyboard().press("1");
            if (i + 1 < times) {
                PlaywrightAssertions.assertThat(item).not().hasAttribute("data-task-id", id, PATIENT);
            }
        }
    }

    private static void unsent(Page page, int count) {
        PlaywrightAssertions.assertThat(page.getByTestId("deck")).hasAttribute("data-unsent", Integer.toString(count), PATIENT);
    }

    /** All answers of the person, by the server's count. */
    private static int answered(Page page) {
        Locator mine = page.getByTestId("mine");
        PlaywrightAssertions.assertThat(mine).hasText(Pattern.compile("in all \\d+"));
        return Integer.parseInt(mine.textContent().replaceAll(".*in all (\\d+).*", "$1").strip());
    }
}
