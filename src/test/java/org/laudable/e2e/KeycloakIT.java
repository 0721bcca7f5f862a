package org.laudable.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.laudable.testing.Eventually;

/** Single sign-on with a real Keycloak, in the browser. Sessions are asked about every three seconds here, not every 45. */
class KeycloakIT {
    private static RunningKeycloak keycloak;
    private static RunningLaudable laudable;
    private static Chromium chromium;

    @BeforeAll
    static void start() {
        int port = RunningLaudable.freePort();
        keycloak = new RunningKeycloak("http://localhost:" + port);
        laudable = RunningLaudable.onEmptyFolder(port, Map.of("LAUDABLE_OIDC_SECRET", RunningKeycloak.SECRET,
                        "LAUDABLE_OIDC_CHECK_EVERY", "3s", "LAUDABLE_OIDC_READ_ONLY_AFTER", "20s"),
                "--demo", "--oidc-issuer", keycloak.issuer(), "--oidc-find-people");
        chromium = new Chromium();
        keycloak.awaitReady();
        Eventually.holds("the sample project that rules admit to is there", () -> laudable.number("select count(*) from project") > 0);
    }

    @AfterAll
    static void stop() {
        chromium.close();
        laudable.close();
        keycloak.close();
    }

    @Test
    void what_somebody_is_in_keycloak_follows_them_and_changes_live() {
        Desk admin = new Desk(laudable, chromium.person()).signIn("admin", "admin-laudable").open("/admin/sign-in");
        rule(admin, "Role", "laudable-admin", "Administrator");
        rule(admin, "Group", "/annotators", "Annotator");
        Chromium.assertAccessible(admin.page());
        Chromium.assertFitsPhone(admin.page());
        Chromium.picture(admin.page(), "admin-sign-in");

        Desk kim = new Desk(laudable, chromium.person()).open("/profile"); // first to the sign-in page, then to Keycloak and back
        link(kim, "Sign in with Keycloak").waitFor();
        Chromium.picture(kim.page(), "login-sso");
        Chromium.assertAccessible(kim.page());
        Chromium.assertFitsPhone(kim.page());
        signInAtKeycloak(kim, "kim");
        kim.page().waitForURL(url -> url.endsWith("/profile"));
        assertEquals("Kim Keys", kim.field("Name").inputValue());
        assertEquals(1, laudable.number("select count(*) from project_member m join account a on a.id = m.account_id where a.username = 'kim' and m.by_rule"));
        assertTrue(kim.page().context().cookies().stream().noneMatch(cookie -> cookie.name.startsWith("q_")), "nothing of the flow stays behind");

        keycloak.give("kim", "laudable-admin");
        link(kim, "People").waitFor();
        keycloak.takeAway("kim", "laudable-admin");
        link(kim, "People").waitFor(new Locator.WaitForOptions().setState(com.microsoft.playwright.options.WaitForSelectorState.DETACHED));
    }

    @Test
    void signing_out_here_signs_out_there_and_the_other_way_round() {
        BrowserContext person = chromium.person();
        Desk lee = new Desk(laudable, person).open("/profile");
        signInAtKeycloak(lee, "lee");
        lee.field("Name").waitFor();
        signOut(lee);
        lee.open("/profile");
        signInAtKeycloak(lee, "lee"); // Keycloak asks for the password again
        lee.field("Name").waitFor();

        Desk second = new Desk(laudable, person).open("/profile");
        second.field("Name").waitFor();
        keycloak.signOut("lee");

        lee.page().waitForURL(url -> url.contains("/login"));
        second.page().waitForURL(url -> url.contains("/login"));
        Eventually.holds("Keycloak has said so by itself", () -> laudable.number("select count(*) from sso_logout_token") > 0);
    }

    @Test
    void a_name_that_is_taken_waits_for_an_administrator_who_finds_people_too() {
        Desk maya = new Desk(laudable, chromium.person()).open("/profile");
        signInAtKeycloak(maya, "maya");
        maya.text("Your user name belongs to an account here already").waitFor();

        Desk admin = new Desk(laudable, chromium.person()).signIn("admin", "admin-laudable").open("/admin/people");
        admin.text("Wants in").waitFor();
        Chromium.assertFitsPhone(admin.page());
        admin.button("Find in Keycloak").click();
        admin.field("Name, user name or e-mail").fill("maya");
        admin.page().getByRole(AriaRole.DIALOG).getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Search")).click();
        admin.button("Join with account maya").waitFor();
        Chromium.picture(admin.page(), "find-people");
        admin.button("Join with account maya").click();
        admin.text("Has an account").waitFor();

        maya.open("/profile");
        link(maya, "Sign in with Keycloak").click();
        maya.page().waitForURL(url -> url.endsWith("/profile"));
    }

    @Test
    void the_open_tab_of_somebody_disabled_in_keycloak_goes_to_the_sign_in_page_by_itself() {
        Desk dora = new Desk(laudable, chromium.person()).open("/profile");
        signInAtKeycloak(dora, "dora");
        dora.field("Name").waitFor();

        keycloak.disable("dora");

        dora.page().waitForURL(url -> url.contains("/login"));
        assertEquals(0, laudable.number("select count(*) from sso_session s join account a on a.id = s.account_id where a.username = 'dora' and s.ended_at is null"));
    }

    @Test
    void a_token_ends_with_its_owner_at_keycloak_also_when_they_are_signed_in_nowhere() {
        Desk nora = new Desk(laudable, chromium.person()).open("/profile");
        signInAtKeycloak(nora, "nora");
        nora.button("New token").click();
        Locator dialog = nora.page().getByRole(AriaRole.DIALOG);
        dialog.getByRole(AriaRole.TEXTBOX, new Locator.GetByRoleOptions().setName("Name").setExact(true)).fill("nightly");
        dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Create token")).click();
        String token = dialog.getByRole(AriaRole.TEXTBOX, new Locator.GetByRoleOptions().setName("Token").setExact(true)).inputValue();
        Chromium.assertAccessible(nora.page());
        dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Close")).click();
        nora.text("nightly").first().waitFor();
        signOut(nora);
        assertEquals(200, laudable.statusWith(token, "/api/v1/projects"));

        keycloak.disable("nora");

        Eventually.holds("the token is refused", () -> laudable.statusWith(token, "/api/v1/projects") == 401);
    }

    @Test
    void while_keycloak_is_away_its_people_read_and_when_it_is_back_they_write() {
        Desk otto = new Desk(laudable, chromium.person()).open("/profile");
        signInAtKeycloak(otto, "otto");
        otto.field("Name").waitFor();
        Desk local = new Desk(laudable, chromium.person()).signIn("anna", "anna-laudable").open("/profile");
        Locator banner = otto.page().locator(".read-only");
        Locator.WaitForOptions patiently = new Locator.WaitForOptions().setTimeout(90_000);

        keycloak.freeze();
        banner.waitFor(patiently);
        otto.field("Name").fill("Written while nobody could say who it is");
        otto.button("Save").click();
        otto.page().locator("vaadin-notification-card").getByText("The sign-in provider cannot be reached").waitFor();
        local.field("Name").fill("Anna who has a password");
        local.button("Save").click();
        local.text("Anna who has a password").waitFor();

        keycloak.goOn();
        banner.waitFor(new Locator.WaitForOptions().setTimeout(90_000).setState(com.microsoft.playwright.options.WaitForSelectorState.HIDDEN));
        otto.field("Name").fill("Otto is back");
        otto.button("Save").click();
        otto.text("Otto is back").waitFor();
        assertEquals(0, laudable.number("select count(*) from account where display_name like 'Written while%'"));
    }

    private static void signInAtKeycloak(Desk desk, String username) {
        link(desk, "Sign in with Keycloak").click();
        desk.page().locator("#username").fill(username);
        desk.page().locator("#password").fill(username + "-keycloak");
        desk.page().locator("#kc-login").click();
    }

    private static void signOut(Desk desk) {
        desk.page().locator(".user").click();
        desk.page().getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Sign out")).click();
        desk.page().waitForURL(laudable.url("/login"));
    }

    private static Locator link(Desk desk, String name) {
        return desk.page().getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static void rule(Desk admin, String kind, String value, String grants) {
        choose(admin, "Who has the", kind);
        admin.field("Name").fill(value);
        choose(admin, "Becomes", grants);
        if (!grants.equals("Administrator")) {
            Eventually.holds("the projects are offered", () -> { // a closing list of choices takes the keyboard back once more
                admin.field("In project").press("ArrowDown");
                admin.page().waitForTimeout(500);
                return admin.page().locator("vaadin-combo-box-item").first().isVisible();
            });
            admin.field("In project").press("ArrowDown");
            admin.field("In project").press("Enter");
        }
        admin.button("Add rule").click();
        admin.text(kind + " " + value).waitFor();
    }

    private static void choose(Desk admin, String select, String option) {
        admin.page().locator("vaadin-select").filter(new Locator.FilterOptions().setHasText(select)).click();
        admin.page().getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName(option).setExact(true)).click();
    }
}
