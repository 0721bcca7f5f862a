package org.laudable.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.laudable.testing.Eventually;

/** Two annotators and a reviewer: a disagreement, a note back, a verdict by key, a new guideline, and old answers asked again. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
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
    @Order(1)
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
        ben.page().getByTestId("work-card").filter(new Locator.FilterOptions().setHasText("USDA foods")).getByTestId("continue").click();
        PlaywrightAssertions.assertThat(ben.page().getByTestId("sent-back")).containsText("A powder is no drink yet.");
        Chromium.picture(ben.page(), "deck-sent-back");
        say(ben, "spices");

        PlaywrightAssertions.assertThat(queue(review, "RETURNED")).containsText("1", new LocatorAssertions.ContainsTextOptions().setTimeout(30_000));
        queue(review, "RETURNED").click();
        PlaywrightAssertions.assertThat(review.locator(".review-note")).containsText("has answered again");
        review.keyboard().press("1");
        PlaywrightAssertions.assertThat(review.locator(".review-said")).hasText("Decided: Beverages");
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
        PlaywrightAssertions.assertThat(review.getByTestId("confusion-sum")).containsText("in common");
        Chromium.picture(review, "agreement");
        Chromium.assertAccessible(review);
        Chromium.assertFitsPhone(review);
    }

    /** Chris fails the test at the start, Maya is told and hands out work again, Chris goes on, and passes one item on to an expert. */
    @Test
    @Order(2) // answers more items of the same project
    void who_fails_on_gold_items_is_paused_and_a_manager_brings_them_back() {
        Eventually.holds("the audit sample is asked", () -> laudable.number("select count(*) from task where project_id = 1 and purpose = 'AUDIT'") > 2);
        laudable.number("""
                insert into gold (item_id, project_id, class_id) select i.id, 1, i.known_class_id from item i join label_class c on c.id = i.known_class_id
                where i.project_id = 1 and i.split = 'POOL' and c.name <> 'Beverages' limit 2 returning 1""");
        laudable.number("""
                insert into gold_person (project_id, account_id, onboarded) select 1, id, true from account where username in ('anna', 'ben') returning 1""");
        laudable.number("update project set gold_onboarding = 2 where id = 1 returning 1");
        Desk chris = at("chris");
        Page deck = chris.page();
        say(chris, "beverag");
        deck.keyboard().press("/");
        deck.keyboard().type("beverag");
        deck.keyboard().press("Enter");
        PlaywrightAssertions.assertThat(deck.getByTestId("state")).hasAttribute("data-state", "ON_HOLD", patient());
        PlaywrightAssertions.assertThat(deck.getByTestId("state")).containsText("You are paused in this project");
        PlaywrightAssertions.assertThat(deck.getByTestId("state")).containsText("Your answers are safe.");
        assertEquals(0, laudable.number("select count(*) from resolution r join task t on t.item_id = r.item_id where t.purpose = 'GOLD'"));

        Desk maya = new Desk(laudable, chromium.person()).signIn("maya", "maya-laudable");
        maya.open("/projects");
        Page team = maya.page();
        team.locator("button.bell").press("Enter");
        team.locator(".notifications a").filter(new Locator.FilterOptions().setHasText("fell below the pass mark")).click();
        team.waitForURL(Pattern.compile(".*/projects/1/team"));
        Locator row = team.getByRole(AriaRole.LISTITEM).filter(new Locator.FilterOptions().setHas(team.getByText("Paused: gold items")));
        PlaywrightAssertions.assertThat(row).containsText("Chris");
        row.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(Pattern.compile("^What to do with"))).click();
        team.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Hand out work again")).click();

        item(chris).waitFor(new Locator.WaitForOptions().setTimeout(60_000));
        say(chris, "spices");
        assertEquals(1, laudable.number("""
                select count(*) from annotation a join task t on t.id = a.task_id join account p on p.id = a.account_id
                where p.username = 'chris' and t.purpose <> 'GOLD' and a.kind = 'LABEL'"""));
        laudable.number("update project set gold_onboarding = 0 where id = 1 returning 1");

        long passedOn = Long.parseLong(item(chris).getAttribute("data-task-id"));
        deck.keyboard().press("s");
        deck.getByTestId("reasons").waitFor();
        Chromium.picture(deck, "deck-reasons");
        Chromium.assertAccessible(deck);
        Chromium.assertFitsPhone(deck);
        deck.keyboard().press("3");
        PlaywrightAssertions.assertThat(deck.getByTestId("last")).containsText("skipped: Needs an expert");
        Eventually.holds("it waits for a reviewer", () ->
                laudable.number("select count(*) from task where review_reason = 'SKIPPED' and id = " + passedOn) == 1);
        maya.open("/projects/1/review?item=" + laudable.number("select item_id from task where id = " + passedOn));
        PlaywrightAssertions.assertThat(team.locator(".review-remarks")).containsText("needs an expert", new LocatorAssertions.ContainsTextOptions().setTimeout(30_000));
    }

    @Test
    @Order(3)
    void labels_of_a_model_are_accepted_once_a_sample_is_right_and_given_back() {
        Eventually.holds("the loop has asked", () -> laudable.number("select count(*) from task where project_id = 1 and purpose = 'TRAIN'") > 0);
        laudable.number("""
                with made as (insert into resolution (project_id, item_id, outcome, class_id, origin, confidence, model_version)
                  select 1, i.id, 'LABEL', i.known_class_id, 'MODEL', .9, 1 from item i
                  where i.project_id = 1 and i.split = 'POOL' and i.known_class_id is not null
                    and not exists (select 1 from task t where t.item_id = i.id) order by i.shuffle limit 90
                  on conflict do nothing returning 1) select count(*) from made""");
        Desk rico = new Desk(laudable, chromium.person()).signIn("rico", "rico-laudable");
        rico.open("/");
        Page page = rico.page();
        page.getByTestId("reviews").getByText("Models").click();
        page.locator(".review-card").waitFor();
        page.keyboard().press("b");
        rico.field("Sample").fill("20");
        rico.field("Sample").press("Tab");
        rico.field("Right at least, %").fill("70");
        rico.field("Right at least, %").press("Tab");
        PlaywrightAssertions.assertThat(page.getByTestId("sample-lane")).containsText(Pattern.compile("\\d+ labels fit"));
        Chromium.picture(page, "review-accept-many");
        Chromium.assertAccessible(page);
        Chromium.assertFitsPhone(page);
        page.getByTestId("sample-draw").click();
        for (int judged = 0; judged < 20; judged++) {
            PlaywrightAssertions.assertThat(page.getByTestId("sample-lane")).containsText("Sample: " + judged + " of 20 judged");
            page.keyboard().press("1");
        }
        page.getByTestId("sample-accept").click();
        PlaywrightAssertions.assertThat(page.getByTestId("sample-lane")).containsText(Pattern.compile("\\d+ labels accepted after a sample"));
        assertTrue(acceptedLabels() > 50, acceptedLabels() + " of 90");
        page.getByTestId("sample-undo").click();
        Eventually.holds("the labels are given back", () -> acceptedLabels() == 0);
    }

    private static long acceptedLabels() {
        return laudable.number("select count(*) from resolution where project_id = 1 and superseded_at is null and sample_id is not null");
    }

    @Test
    @Order(4)
    void two_stretches_of_a_series_are_seen_with_their_overlap_and_decided() {
        Eventually.holds("the series are searched", () -> laudable.number("select count(*) from task where project_id = 2 and state = 'OPEN'") > 0);
        long task = laudable.number("""
                update task set priority = 1e9, slots = 2, free_slots = 2, base_slots = 2
                where id = (select min(id) from task where project_id = 2 and state = 'OPEN') returning id""");
        window("anna", task, 0, "a");
        window("ben", task, 4, "n");
        Desk rico = new Desk(laudable, chromium.person()).signIn("rico", "rico-laudable");
        rico.open("/projects/2/review");
        Page review = rico.page();
        PlaywrightAssertions.assertThat(review.getByTestId("choice")).hasCount(2, new LocatorAssertions.HasCountOptions().setTimeout(30_000));
        PlaywrightAssertions.assertThat(review.getByTestId("overlap")).containsText(Pattern.compile("Overlap of the stretches: \\d+ %"));
        Chromium.picture(review, "review-series");
        Chromium.assertAccessible(review);
        Chromium.assertFitsPhone(review);
        review.keyboard().press("1");
        Eventually.holds("the verdict stands", () -> verdicts(task) == 1);
        rico.open("/projects/2/agreement");
        PlaywrightAssertions.assertThat(review.getByTestId("agreement-overlap")).containsText("%", new LocatorAssertions.ContainsTextOptions().setTimeout(30_000));
        Chromium.picture(review, "agreement-series");
    }

    /** Answers a window after its right edge was moved. */
    private static void window(String person, long task, int wider, String key) {
        Desk desk = new Desk(laudable, chromium.person()).signIn(person, person + "-laudable");
        desk.open("/projects/2/label");
        Locator question = desk.page().locator("[data-testid=question][data-task-id='" + task + "']");
        question.waitFor(new Locator.WaitForOptions().setTimeout(60_000));
        desk.page().getByTestId("interval").waitFor();
        for (int i = 0; i < wider; i++) {
            desk.page().keyboard().press("Shift+ArrowRight");
        }
        desk.page().keyboard().press(key);
        PlaywrightAssertions.assertThat(question).hasCount(0);
        PlaywrightAssertions.assertThat(desk.page().getByTestId("deck")).hasAttribute("data-unsent", "0", patient());
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
