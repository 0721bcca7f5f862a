package org.laudable.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Texts that try to be code, in every place where a person, a file, a program or a language model can put one. */
class HostileTextIT {
    private static final String HOSTILE = "<img src=x onerror=hit()>";
    private static final String MARKDOWN = HOSTILE + "\n\n<script>hit()</script>\n\n[a](javascript:hit()) <a href=\"javascript:hit()\">b</a> <svg onload=hit()></svg>"
            + " <iframe srcdoc=\"<script>parent.hit()</script>\"></iframe>\n\n![c](x\" onerror=\"hit())";
    /** What people, files, programs and models write, by table. */
    private static final Map<String, List<String>> WRITTEN = Map.ofEntries(
            Map.entry("project", List.of("name", "description")), Map.entry("label_class", List.of("name", "description")),
            Map.entry("item", List.of("body")), Map.entry("item_row", List.of("external_id")), Map.entry("account", List.of("display_name")),
            Map.entry("data_import", List.of("file_name")), Map.entry("series", List.of("name")),
            Map.entry("series_channel", List.of("name", "unit")), Map.entry("series_event", List.of("explains")),
            Map.entry("task", List.of("reason")), Map.entry("annotation", List.of("comment")),
            Map.entry("llm_provider", List.of("name")), Map.entry("llm_model", List.of("name")), Map.entry("api_token", List.of("name")),
            Map.entry("job", List.of("error")));

    private static RunningLaudable laudable;
    private static Chromium chromium;

    @BeforeAll
    static void start() throws SQLException {
        laudable = RunningLaudable.onEmptyFolder("--demo");
        chromium = new Chromium();
        laudable.number("insert into llm_provider (name, kind, base_url, currency) values ('p', 'OPENAI', 'https://models.example', 'USD') returning id");
        laudable.number("insert into llm_model (provider_id, name) select id, 'm' from llm_provider returning id");
        try (Connection connection = laudable.connection(); Statement statement = connection.createStatement()) {
            for (Map.Entry<String, List<String>> table : WRITTEN.entrySet()) {
                for (String column : table.getValue()) {
                    statement.executeUpdate("update " + table.getKey() + " set " + column + " = '" + HOSTILE + "' || coalesce(" + column + ", '')");
                }
            }
            statement.executeUpdate("update guideline set markdown = '" + MARKDOWN.replace("'", "''") + "'");
            statement.executeUpdate("update item_row set metadata = jsonb_build_object('" + HOSTILE + "', '" + HOSTILE + "')");
        }
    }

    @AfterAll
    static void stop() {
        chromium.close();
        laudable.close();
    }

    @Test
    void on_no_page_does_a_text_become_code() {
        Desk maya = new Desk(laudable, chromium.person()).signIn("maya", "maya-laudable");
        Desk anna = new Desk(laudable, chromium.person()).signIn("anna", "anna-laudable");
        Desk admin = new Desk(laudable, chromium.person()).signIn("admin", "admin-laudable");
        long texts = laudable.number("select min(id) from project where kind = 'TEXT'");
        long series = laudable.number("select min(id) from project where kind = 'SERIES'");
        long one = laudable.number("select min(id) from series");
        List<String> found = new ArrayList<>();
        int pages = 0;
        for (String path : List.of("/", "/projects", "/portfolio", "/profile", "/projects/%d", "/projects/%d/items", "/projects/%d/run", "/projects/%d/review",
                "/projects/%d/agreement", "/projects/%d/budget", "/projects/%d/gold", "/projects/%d/people", "/projects/%d/prompts", "/projects/%d/settings",
                "/projects/%d/team", "/projects/%d/audit")) {
            pages += look(maya, path.formatted(texts), found);
        }
        for (String path : List.of("/projects/%d", "/projects/%d/series", "/projects/%d/anomalies", "/projects/%d/run/series", "/projects/%d/settings",
                "/projects/%d/series/" + one)) {
            pages += look(maya, path.formatted(series), found);
        }
        pages += look(anna, "/", found) + look(anna, "/projects/" + texts + "/label", found) + look(anna, "/projects/" + series + "/label", found);
        for (String path : List.of("/admin/people", "/admin/jobs", "/admin/providers", "/admin/calls", "/admin/audit")) {
            pages += look(admin, path, found);
        }
        System.out.println("Hostile texts: " + pages + " pages show them as texts");
        assertEquals(List.of(), found);
    }

    @Test
    void a_guideline_is_cleaned_where_it_is_read() {
        Desk anna = new Desk(laudable, chromium.person()).signIn("anna", "anna-laudable");
        long texts = laudable.number("select min(id) from project where kind = 'TEXT'");
        List<String> found = new ArrayList<>();
        arm(anna.page());
        anna.open("/projects/" + texts + "/label");
        anna.page().locator("vaadin-markdown").first().waitFor(new com.microsoft.playwright.Locator.WaitForOptions().setState(WaitForSelectorState.ATTACHED));

        check(anna.page(), "the guideline", found);

        assertEquals(List.of(), found);
        assertTrue(anna.page().locator("vaadin-markdown").first().textContent().contains("a"), "the guideline is there");
    }

    @Test
    void even_a_text_that_became_an_element_would_run_nothing() {
        Desk anna = new Desk(laudable, chromium.person()).signIn("anna", "anna-laudable");
        arm(anna.page());
        anna.open("/projects");
        anna.page().locator("h1").first().waitFor();

        Object hits = anna.page().evaluate("""
                async () => {
                  const refused = new Promise(done => document.addEventListener('securitypolicyviolation', event => done(event.violatedDirective)));
                  document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=hit()>');
                  return await refused + ' ' + window.hits;
                }""");

        assertEquals("script-src-attr 0", hits);
    }

    private static int look(Desk desk, String path, List<String> found) {
        arm(desk.page());
        desk.open(path);
        desk.page().locator("h1, [data-testid=deck], .notice-page").first().waitFor();
        check(desk.page(), path, found);
        return 1;
    }

    private static void arm(Page page) {
        page.addInitScript("window.hits = window.hits || 0; window.hit = () => { window.hits++; };");
    }

    /** Neither ran anything nor is there an element that came out of a text. */
    private static void check(Page page, String where, List<String> found) {
        Object hits = page.evaluate("""
                async () => {
                  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
                  const roots = [document], born = [];
                  while (roots.length) {
                    for (const element of roots.pop().querySelectorAll('*')) {
                      if (element.shadowRoot) roots.push(element.shadowRoot);
                      const picture = element.matches('img[src="x"]') && !element.closest('vaadin-markdown'); // a guideline may have pictures
                      if (picture || element.matches('[onerror], [onload], iframe[srcdoc], a[href^="javascript:"]')
                          || element.localName === 'script' && element.textContent.startsWith('hit()')) born.push(element.outerHTML);
                    }
                  }
                  return window.hits + born.length === 0 ? '' : window.hits + ' calls, ' + born.join(' ');
                }""");
        if (!"".equals(hits)) {
            found.add(where + ": " + hits);
        }
    }
}
