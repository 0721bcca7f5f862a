package org.laudable.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.laudable.testing.Eventually;

/** Two annotators and a reviewer: a disagreement, a note back, a verdict by key, a new guideline, and old answers asked again. */
class ReviewIT {
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
    void a_disagreement_goes_back_is_decided_and_a_new_guideline_asks_again() {
        Eventually.holds("the audit sample is asked", () -> laudable.number("select count(*) from task where project_id = 1 and purpose = 'AUDIT'") > 2);
        long task = laudable.number("""
                update task set priority = 1e9, slots = 2, free_slots = 2, base_slots = 2
                where id = (select min(id) from task where project_id = 1 and state = 'OPEN' and purpose = 'AUDIT') returning id""");
        Desk anna = at("anna");
        PlaywrightAssertions.assertThat(item(anna)).hasAttribute("data-task-id", Long.toString(task));
        say(anna, "beverag");
        say(anna, "beverag");
        Desk ben = at("ben");
        PlaywrightAssertions.assertThat(item(ben)).hasAttribute("data-task-id", Long.toString(task));
        say(ben, "spices");

        Desk rico = new Desk(laudable, chromium.person()).signIn("rico", "rico-laudable");
        rico.open("/projects/1/review");
        Page review = rico.page();
        PlaywrightAssertions.assertThat(queue(review, "DISAGREEMENT")).hasAttribute("aria-pressed", "true", patient());
        PlaywrightAssertions.assertThat(review.getByTestId("choice").first()).containsText("Beverages");
        Chromium.picture(review, "review");
        Chromium.assertAccessible(review);
        Chromium.assertFitsPhone(review);
        review.keyboard().press("s");
        review.getByRole(AriaRole.CHECKBOX, new Page.GetByRoleOptions().setName(Pattern.compile("^Anna"))).uncheck();
        rico.field("Note").fill("A powder is no drink yet.");
        review.locator("vaadin-dialog").getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Send back")).click();
        review.getByTestId("review-empty").waitFor();

        ben.open("/");
        PlaywrightAssertions.assertThat(ben.page().getByTestId("sent-back")).containsText("1 answer came back");
        ben.page().getByTestId("continue").first().click();
        PlaywrightAssertions.assertThat(ben.page().getByTestId("sent-back")).containsText("A powder is no drink yet.");
        Chromium.picture(ben.page(), "deck-sent-back");
        say(ben, "spices");

        PlaywrightAssertions.assertThat(queue(review, "RETURNED")).containsText("1", new LocatorAssertions.ContainsTextOptions().setTimeout(30_000));
        queue(review, "RETURNED").click();
        PlaywrightAssertions.assertThat(review.locator(".review-note")).containsText("has answered again");
        review.keyboard().press("1");
        PlaywrightAssertions.assertThat(review.locator(".review-page")).hasAttribute("data-last", "Decided: Beverages");
        assertEquals(1, verdicts(task));
        review.keyboard().press("Backspace");
        PlaywrightAssertions.assertThat(review.locator(".review-note")).containsText("has answered again");
        assertEquals(0, verdicts(task));
        review.keyboard().press("1");
        Eventually.holds("the verdict stands", () -> verdicts(task) == 1);

        rico.button("Guidelines").click();
        rico.field("Guidelines").fill("A powder to stir into water is a spice.");
        rico.button("Save as a new version").click();
        review.getByTestId("ask-again").click();
        rico.text("asked again.").waitFor();
        assertEquals(1, laudable.number("select count(*) from task where project_id = 1 and asked_again and state = 'OPEN'"));

        rico.open("/projects/1/agreement");
        PlaywrightAssertions.assertThat(review.getByTestId("agreement-percent")).containsText("0.0 %", new LocatorAssertions.ContainsTextOptions().setTimeout(30_000));
        PlaywrightAssertions.assertThat(review.getByTestId("agreement-confused")).containsText("Beverages ↔ Spices and Herbs");
        Chromium.picture(review, "agreement");
        Chromium.assertAccessible(review);
        Chromium.assertFitsPhone(review);
    }

    private static long verdicts(long task) {
        return laudable.number("""
                select count(*) from resolution r join task t on t.item_id = r.item_id
                where t.id = %d and r.origin = 'REVIEWER' and r.superseded_at is null""".formatted(task));
    }

    private static LocatorAssertions.HasAttributeOptions patient() {
        return new LocatorAssertions.HasAttributeOptions().setTimeout(30_000);
    }

    private static Locator queue(Page page, String name) {
        return page.getByTestId("queue-" + name);
    }

    private static Locator item(Desk desk) {
        return desk.page().getByTestId("item");
    }

    private static Desk at(String person) {
        Desk desk = new Desk(laudable, chromium.person()).signIn(person, person + "-laudable");
        desk.open("/projects/1/label");
        item(desk).waitFor(new Locator.WaitForOptions().setTimeout(60_000));
        return desk;
    }

    /** Finds a class by its name and takes it; returns once the server has it. */
    private static void say(Desk desk, String name) {
        Page page = desk.page();
        String before = item(desk).getAttribute("data-task-id");
        page.keyboard().press("/");
        page.keyboard().type(name);
        page.keyboard().press("Enter");
        PlaywrightAssertions.assertThat(item(desk)).not().hasAttribute("data-task-id", before, patient());
        PlaywrightAssertions.assertThat(page.getByTestId("deck")).hasAttribute("data-unsent", "0", patient());
    }
}
