package org.laudable.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.laudable.devllm.Behaviour;
import org.laudable.devllm.Books;
import org.laudable.devllm.DevLlm;
import org.laudable.testing.Eventually;

/**
 * A language model at work, by hand: a provider, two prompt versions compared, a run it answers and people verify, a cap
 * that stops it and is raised, and a ledger that agrees with what the provider's double counted itself.
 */
class LanguageModelIT {
    private static final Pattern CODE = Pattern.compile("one-time code: (\\S+)");
    private static final String CANARY = "CANARY-0815";
    private static final String KEY = "sk-" + CANARY;
    private static final int BATCH = 30;
    private static final int PEOPLE_FIRST = 16;
    private static final double INPUT = 2.5;
    private static final double CACHED = 1.25;
    private static final double OUTPUT = 10;

    @Test
    void a_model_answers_people_verify_what_is_doubtful_and_its_cost_stays_below_the_cap() throws IOException {
        FoodsFile foods = FoodsFile.of(6, 60);
        try (DevLlm llm = DevLlm.start(0, Behaviour.erring(.1)); RunningLaudable laudable = RunningLaudable.onEmptyFolder();
                Chromium chromium = new Chromium()) {
            llm.knows(foods.answers()::get);
            Desk desk = new Desk(laudable, chromium.person());
            desk.createFirstAdmin(laudable.fromOutput(CODE), "Ada Admin", "ada", "a long enough sentence");
            Page page = desk.page();
            provider(desk, llm);

            String project = new ProjectSetUp(desk).start("Groceries", foods.write(), 20, BATCH);
            page.navigate(project + "/label");
            Labeler labeler = new Labeler(page, foods.answers());
            for (int i = 0; i < PEOPLE_FIRST; i++) {
                labeler.answerNext();
            }
            labeler.waitUntilSent();
            page.navigate(project + "/run");
            desk.button("Stop").click();
            page.locator("vaadin-dialog").getByRole(AriaRole.BUTTON).last().click();
            desk.button("Start another run").waitFor();

            compare(desk, project, laudable);
            verified(desk, project, "0.006"); // two or three calls; each batch needs more

            page.navigate(project + "/run");
            desk.button("Start another run").click();
            desk.text("Every text once").waitFor();
            Chromium.picture(page, "run-forecast");
            page.locator("vaadin-dialog").getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Start").setExact(true)).click();
            page.getByText(Pattern.compile("cap for language models is reached")).first().waitFor();
            desk.button("Resume").waitFor();
            Chromium.picture(page, "run-capped");
            Chromium.assertAccessible(page);
            Chromium.assertFitsPhone(page);
            assertCapHolds(laudable, 6_000);

            assertTrue(laudable.number("select count(*) from llm_answer where purpose = 'ORACLE' and state <> 'ANSWERED'") > 0, "the cap refused some");

            desk.button("Change its cap").click();
            desk.field("Cap").fill("2");
            desk.field("Cap").press("Tab");
            page.locator("vaadin-dialog").getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Save").setExact(true)).click();
            desk.button("Resume").click();
            Eventually.holds("what the cap refused is asked again", () -> laudable.number("""
                    select count(*) filter (where state <> 'ANSWERED') from llm_answer where purpose = 'ORACLE'""") == 0);
            Eventually.holds("people have something to verify", () -> laudable.number("select count(*) from task where purpose = 'TRAIN' and state = 'OPEN'") > 0);

            assertPeopleSeeOnlyWhatNeedsThem(page, project, foods, laudable);
            page.navigate(project + "/run");
            page.locator(".run-oracle").waitFor();
            Chromium.picture(page, "run-verified");
            Chromium.assertAccessible(page);
            Chromium.assertFitsPhone(page);

            desk.button("Stop").click();
            page.locator("vaadin-dialog").getByRole(AriaRole.BUTTON).last().click();
            desk.button("Start another run").waitFor();
            assertBooksAgree(laudable, llm);
            assertKeyIsNowhere(page, project, laudable, llm);
        }
    }

    /** Not on a page, in an answer over HTTP, an export, the console, or any table, as text or as bytes. */
    private static void assertKeyIsNowhere(Page page, String project, RunningLaudable laudable, DevLlm llm) {
        assertTrue(llm.books().entries().stream().allMatch(entry -> entry.authorization().equals("Bearer " + KEY)), "the key was used");
        List<String> shown = new ArrayList<>(laudable.output());
        for (String path : List.of(project, project + "/items", project + "/run", project + "/prompts", project + "/settings", project + "/team",
                laudable.url("/admin/providers"), laudable.url("/admin/calls"), laudable.url("/admin/jobs"))) {
            page.navigate(path);
            page.locator("h1").first().waitFor();
            shown.add(page.content());
        }
        String api = laudable.url("/api/v1/projects/" + project.substring(project.lastIndexOf('/') + 1));
        for (String format : List.of("csv", "jsonl", "json")) {
            shown.add(page.request().get(api + "/export?format=" + format).text());
        }
        assertTrue(shown.stream().anyMatch(text -> text.contains("dev-llm")), "something was shown");
        assertEquals(List.of(), shown.stream().filter(text -> text.contains(CANARY)).toList());
        String bytes = HexFormat.of().formatHex(CANARY.getBytes(StandardCharsets.UTF_8));
        assertEquals(0, laudable.number("""
                select count(*) from information_schema.tables t where t.table_schema = 'public' and t.table_type = 'BASE TABLE'
                  and (xpath('/row/c/text()', query_to_xml(format('select count(*) as c from %I x where x::text like %L or x::text like %L',
                    t.table_name, '%""" + CANARY + "%', '%" + bytes + "%'), false, true, '')))[1]::text::int > 0"), "tables with the key in them");
    }

    private static void provider(Desk desk, DevLlm llm) {
        desk.open("/admin/providers").button("New provider").click();
        desk.field("Name").fill("Acme");
        desk.field("Address").fill(llm.openAiUrl());
        desk.field("Key").fill(KEY);
        desk.field("Currency of its prices").fill("EUR");
        desk.button("Save").click();
        desk.button("Add model").click();
        desk.field("Model").fill("dev-llm");
        desk.field("Input").fill(Double.toString(INPUT));
        desk.field("Cached input").fill(Double.toString(CACHED));
        desk.field("Output").fill(Double.toString(OUTPUT));
        desk.page().getByLabel("Logprobs").check();
        desk.button("Save").click();
        desk.button("Test dev-llm").click();
        desk.text("Answered in").waitFor();
    }

    /** Two versions on the audit half that people have labeled: both with their accuracy, its interval and their price. */
    private static void compare(Desk desk, String project, RunningLaudable laudable) {
        Page page = desk.page();
        page.navigate(project + "/prompts");
        Locator words = page.getByLabel("Prompt", new Page.GetByLabelOptions().setExact(true)).and(page.locator("textarea"));
        words.fill("You sort groceries.\n\n{{classes}}\n\n{{guideline}}");
        words.press("Tab");
        desk.button("Save as new version").click();
        desk.text("Version 1 by Ada Admin").waitFor();
        for (int version = 0; version < 2; version++) {
            page.locator(".prompt-version").nth(version).getByText("Try on the audit half").click();
            desk.text("It stops at the first").or(desk.text("No cap is set")).first().waitFor();
            desk.button("Ask the model").click();
            page.locator(".prompt-version").nth(version).getByText(Pattern.compile("% right \\(\\d+–\\d+\\).* per 1,000 texts")).waitFor();
        }
        Chromium.picture(page, "prompts");
        Chromium.assertAccessible(page);
        Chromium.assertFitsPhone(page);
        page.locator(".prompt-version").filter(new Locator.FilterOptions().setHasText("Version 1 by")).getByText("Use this one").click();
        Eventually.holds("the version is chosen", () -> laudable.number("select count(*) from project where oracle ->> 'promptVersionId' is not null") == 1);
    }

    private static void verified(Desk desk, String project, String cap) {
        Page page = desk.page();
        page.navigate(project + "/settings");
        page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName("Language model")).click();
        choose(page, "Who answers", "A language model, verified by people");
        choose(page, "Model", "Acme · dev-llm");
        desk.field("Cap for a run’s language model").fill(cap);
        desk.field("Cap for a run’s language model").press("Tab");
        Chromium.picture(page, "settings-oracle");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Save")).locator("visible=true").first().click();
        desk.text("Saved").waitFor();
    }

    private static void choose(Page page, String label, String option) {
        page.locator("vaadin-select:has(> label:text-is('" + label + "'))").locator("visible=true").first().click();
        page.getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName(option).setExact(true)).click();
    }

    /** Not a millionth above the cap, and so near it that no further call would have fitted. */
    private static void assertCapHolds(RunningLaudable laudable, long cap) {
        long spent = laudable.number("select settled_micros + reserved_micros from llm_run_budget order by run_id desc limit 1");
        long most = laudable.number("select max(reserved_micros) from llm_call where run_id = (select max(run_id) from llm_run_budget)");
        assertTrue(spent <= cap, spent + " of " + cap);
        assertTrue(most == 0 || spent + most > cap, spent + " spent, " + most + " a call, cap " + cap);
    }

    /** Every question shown is one that the rule gave to people: unsure, contradicted, absent, drawn at random, or of the audit sample. */
    private static void assertPeopleSeeOnlyWhatNeedsThem(Page page, String project, FoodsFile foods, RunningLaudable laudable) {
        assertEquals(0, laudable.number("""
                select count(*) from task t where t.state = 'OPEN' and t.purpose = 'TRAIN' and not exists (
                  select 1 from llm_answer a where a.item_id = t.item_id and a.run_id = t.run_id and (a.decision <> 'TAKEN' or a.checked))"""));
        long taken = laudable.number("select count(*) from llm_answer where decision = 'TAKEN' and not checked");
        long asked = laudable.number("select count(*) from llm_answer where decision is not null");
        assertTrue(taken > asked / 4, taken + " of " + asked + " answers needed nobody");
        page.navigate(project + "/label");
        Labeler labeler = new Labeler(page, foods.answers());
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 5; i++) {
            seen.add(labeler.answerNext());
        }
        labeler.waitUntilSent();
        String texts = seen.stream().map(text -> "'" + text.replace("'", "''") + "'").collect(Collectors.joining(","));
        assertEquals(0, laudable.number("select count(*) from item i where i.body in (" + texts + """
                ) and i.split = 'POOL' and exists (select 1 from llm_answer a where a.item_id = i.id and a.decision = 'TAKEN' and not a.checked)"""));
    }

    /** Tokens on record are those the double counted, and the ledger holds their price. */
    private static void assertBooksAgree(RunningLaudable laudable, DevLlm llm) {
        Eventually.holds("no call is under way", () -> laudable.number("select count(*) from llm_call where outcome = 'IN_FLIGHT'") == 0);
        List<Books.Entry> served = llm.books().entries();
        assertEquals(served.stream().mapToLong(Books.Entry::inputTokens).sum(), laudable.number("select sum(input_tokens) from llm_call where not cache_hit"));
        assertEquals(served.stream().mapToLong(Books.Entry::outputTokens).sum(), laudable.number("select sum(output_tokens) from llm_call where not cache_hit"));
        long price = served.stream().filter(entry -> laudable.number("select count(*) from llm_call where project_id is not null and request_id || '-' || attempt = '"
                + entry.requestId() + "'") == 1).mapToLong(LanguageModelIT::price).sum();
        assertTrue(price > 0, "calls were paid");
        assertEquals(price, laudable.number("""
                select sum(s.amount_micros) from ledger_entry s join ledger_entry r on r.id = s.reservation_id where s.kind = 'SETTLE' and r.source = 'LLM'"""));
        assertEquals(price, laudable.number("select settled_micros from budget"));
        assertEquals(0, laudable.number("select reserved_micros from budget"));
    }

    /** As the provider's price list says, in millionths, each call rounded up. */
    private static long price(Books.Entry entry) {
        return (long) Math.ceil((entry.inputTokens() - entry.cachedTokens()) * INPUT + entry.cachedTokens() * CACHED + entry.outputTokens() * OUTPUT);
    }
}
