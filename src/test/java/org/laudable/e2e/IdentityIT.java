package org.laudable.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.laudable.testing.Eventually;

/** Who may come in, what an open tab may still do, and how the pages of accounts look. */
class IdentityIT {
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
    void a_tab_left_open_after_signing_out_cannot_write() {
        BrowserContext person = chromium.person();
        Desk desk = new Desk(laudable, person).signIn("chris", "chris-laudable").open("/profile");
        desk.field("Name").fill("Written after signing out");

        person.clearCookies(new BrowserContext.ClearCookiesOptions().setName("laudable"));
        desk.button("Save").click();

        desk.page().waitForURL(url -> url.contains("/login"));
        desk.signIn("chris", "chris-laudable").open("/profile");
        assertEquals("Chris Annotator", desk.field("Name").inputValue());
    }

    @Test
    void signing_in_changes_the_sessions_id_and_a_late_goodbye_of_the_sign_in_page_ends_nothing() {
        BrowserContext person = chromium.person();
        Desk desk = new Desk(laudable, person).open("/login");
        desk.field("User name").waitFor();
        String before = session(person);
        desk.signIn("maya", "maya-laudable").open("/profile");
        desk.field("Name").fill("Maya who stays");
        assertNotEquals(before, session(person));

        laudable.post("/?v-r=uidl&v-uiId=0", "JSESSIONID=" + before);
        desk.page().evaluate("window.sameDocument = true");
        desk.button("New token").click();
        desk.button("Create token").waitFor();
        assertEquals(true, desk.page().evaluate("window.sameDocument === true"));
        assertEquals("Maya who stays", desk.field("Name").inputValue());
    }

    private static String session(BrowserContext person) {
        return person.cookies().stream().filter(cookie -> cookie.name.equals("JSESSIONID")).findFirst().orElseThrow().value;
    }

    @Test
    void signing_out_in_one_tab_takes_the_other_tab_along() {
        BrowserContext person = chromium.person();
        Desk first = new Desk(laudable, person).signIn("ben", "ben-laudable").open("/profile");
        first.field("Name").fill("Written after signing out");
        Desk second = new Desk(laudable, person).open("/profile");
        signOut(second);

        first.page().waitForURL(url -> url.contains("/login"));
        second.signIn("ben", "ben-laudable").open("/profile");
        assertEquals("Ben Annotator", second.field("Name").inputValue());
    }

    @Test
    void push_connections_that_break_off_while_they_open_keep_nobody_elses_from_opening() throws IOException {
        BrokenHandshakes.at(laudable, "chris", 100);

        BrowserContext person = chromium.person();
        Desk first = new Desk(laudable, person).signIn("anna", "anna-laudable").open("/profile");
        first.field("Name").waitFor();
        signOut(new Desk(laudable, person).open("/profile"));

        first.page().waitForURL(url -> url.contains("/login"));
    }

    @Test
    void the_open_tab_of_a_disabled_person_goes_to_the_sign_in_page_by_itself() {
        Desk admin = new Desk(laudable, chromium.person()).signIn("admin", "admin-laudable").open("/admin/people");
        Desk rico = new Desk(laudable, chromium.person()).signIn("rico", "rico-laudable").open("/profile");
        rico.field("Name").waitFor();

        menu(admin, "Rico Reviewer", "Disable");

        rico.page().waitForURL(url -> url.contains("/login"));
        admin.button("Undo").click();
        admin.text("may sign in again").waitFor();
        rico.signIn("rico", "rico-laudable");
    }

    @Test
    void a_tab_that_goes_to_the_sign_in_page_waits_for_it_and_does_not_load_itself_again() {
        Desk admin = new Desk(laudable, chromium.person()).signIn("admin", "admin-laudable").open("/admin/people");
        Desk ben = new Desk(laudable, chromium.person()).signIn("ben", "ben-laudable").open("/profile");
        ben.field("Name").waitFor();
        List<String> loaded = new ArrayList<>();
        ben.page().onRequest(request -> {
            if (request.isNavigationRequest()) {
                loaded.add(request.url());
            }
        });
        ben.page().route(url -> url.endsWith("/login?ended"), route -> {
            APIResponse page = route.fetch(); // the server has ended the session; the browser does not have the next page yet
            LockSupport.parkNanos(Duration.ofSeconds(2).toNanos());
            route.fulfill(new Route.FulfillOptions().setResponse(page));
        });

        menu(admin, "Ben Annotator", "Disable");

        ben.page().waitForURL(url -> url.contains("/login"));
        ben.field("User name").waitFor();
        assertEquals(List.of(laudable.url("/login?ended")), loaded);
        admin.button("Undo").click();
        admin.text("may sign in again").waitFor();
    }

    @Test
    void an_invited_person_sets_a_password_and_is_in_and_the_link_works_once() {
        Desk admin = new Desk(laudable, chromium.person()).signIn("admin", "admin-laudable").open("/admin/people");
        admin.button("New person").click();
        admin.field("Name").fill("Grace Hopper");
        admin.field("E-mail").fill("grace@example.org");
        Eventually.holds("the user name is suggested", () -> admin.field("User name").inputValue().equals("grace"));
        admin.button("Create and invite").click();
        String link = admin.field("One-time link").inputValue();

        Desk grace = new Desk(laudable, chromium.person());
        grace.page().navigate(link);
        grace.field("New password").fill("a quiet green valley");
        grace.field("The same again").fill("a quiet green valley");
        Chromium.picture(grace.page(), "invite");
        Chromium.assertAccessible(grace.page());
        grace.button("Set password and sign in").click();
        grace.page().waitForURL(url -> !url.contains("/invite")); // the invitation greets her by name, too
        grace.text("Grace Hopper").waitFor();

        Desk late = new Desk(laudable, chromium.person());
        late.page().navigate(link);
        late.text("This link no longer works").waitFor();
    }

    @Test
    void a_wrong_password_says_so_and_the_wanted_page_comes_after_the_right_one() {
        Desk anna = new Desk(laudable, chromium.person()).open("/profile");
        anna.field("User name").fill("anna");
        anna.field("Password").fill("not her password");
        anna.button("Sign in").click();
        anna.text("User name or password is not right").waitFor();
        Chromium.picture(anna.page(), "login");
        Chromium.assertAccessible(anna.page());
        Chromium.assertFitsPhone(anna.page());

        anna.field("User name").fill("anna");
        anna.field("Password").fill("anna-laudable");
        anna.button("Sign in").click();

        anna.page().waitForURL(Pattern.compile(".*/profile"));
    }

    @Test
    void an_unknown_address_answers_404_and_a_known_one_200() {
        Page page = chromium.person().newPage();

        assertEquals(404, page.navigate(laudable.url("/nowhere/at/all")).status());
        page.getByText("There is nothing here").first().waitFor();
        assertEquals(200, page.navigate(laudable.url("/login")).status());
    }

    @Test
    void pages_of_administrators_and_managers_stay_closed_to_others() {
        Desk anna = new Desk(laudable, chromium.person()).signIn("anna", "anna-laudable");

        anna.open("/admin/people").text("There is nothing here").waitFor();
        assertEquals(0, anna.page().getByText("New person").count());
        anna.open("/projects/1/team").text("This page is not open to you").waitFor();
        anna.open("/projects/999999/team").text("There is nothing here").waitFor();
    }

    @Test
    void every_page_opens_to_whom_the_matrix_says() throws IOException {
        assertEquals(java.util.List.of(), new PageAccess(laudable, chromium).differences());
    }

    @Test
    void language_and_theme_are_kept() {
        Desk maya = new Desk(laudable, chromium.person()).signIn("maya", "maya-laudable").open("/profile");
        maya.page().getByText("Dark", new Page.GetByTextOptions().setExact(true)).click();
        Eventually.holds("the page is dark", () -> scheme(maya.page()).equals("dark"));

        maya.page().reload();

        maya.field("Name").waitFor();
        assertEquals("dark", scheme(maya.page()));
        assertEquals("en", maya.page().locator("html").getAttribute("lang"));
        maya.page().locator("vaadin-select").click();
        maya.page().getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName("Deutsch")).click();
        maya.text("Passwort ändern").waitFor();
        assertEquals("de", maya.page().locator("html").getAttribute("lang"));
        Chromium.assertFitsPhone(maya.page());
        Chromium.picture(maya.page(), "profile-german");
    }

    @Test
    void the_pages_of_accounts_are_accessible_and_fit_a_phone() {
        Desk admin = new Desk(laudable, chromium.person()).signIn("admin", "admin-laudable");
        for (String path : new String[] {"/admin/people", "/admin/jobs", "/profile", "/projects/1/team"}) {
            admin.open(path).page().locator("h1").waitFor();
            Chromium.assertAccessible(admin.page());
            Chromium.assertFitsPhone(admin.page());
            Chromium.picture(admin.page(), path.substring(1).replace('/', '-'));
        }
        assertTrue(admin.page().title().startsWith("Team · "), admin.page().title());
    }

    private static void signOut(Desk desk) {
        desk.page().locator(".user").click();
        desk.page().getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Sign out")).click();
        desk.page().waitForURL(url -> url.contains("/login"));
    }

    private static void menu(Desk desk, String person, String entry) {
        desk.page().getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("What to do with " + person)).click();
        Locator item = desk.page().getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName(entry).setExact(true));
        item.click();
    }

    private static String scheme(Page page) {
        return (String) page.evaluate("getComputedStyle(document.documentElement).colorScheme");
    }
}
