package org.laudable.e2e;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.function.Predicate;

/** One person at one browser window of a running Laudable: the steps that many tests share. */
public final class Desk {
    private final RunningLaudable laudable;
    private final Page page;

    public Desk(RunningLaudable laudable, BrowserContext person) {
        this.laudable = laudable;
        this.page = person.newPage();
    }

    public Page page() {
        return page;
    }

    public Desk open(String path) {
        page.navigate(laudable.url(path));
        return this;
    }

    /** Creates the first administrator with the console's code and ends on the first page, signed in. */
    public Desk createFirstAdmin(String code, String name, String username, String password) {
        open("/welcome");
        field("One-time code").fill(code);
        field("Name").fill(name);
        field("User name").fill(username);
        field("New password").fill(password);
        field("The same again").fill(password);
        button("Create account and sign in").click();
        page.waitForURL(leaves("/welcome"));
        return this;
    }

    public Desk signIn(String username, String password) {
        open("/login");
        field("User name").fill(username);
        field("Password").fill(password);
        button("Sign in").click();
        page.waitForURL(leaves("/login"));
        return this;
    }

    /** The text, number or password field with exactly this label. */
    public Locator field(String label) {
        return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true)).and(page.locator("input, textarea")).first();
    }

    public Locator button(String name) {
        return page.getByRole(com.microsoft.playwright.options.AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true)).first();
    }

    /** Any visible text. */
    public Locator text(String text) {
        return page.getByText(text).first();
    }

    private static Predicate<String> leaves(String path) {
        return url -> !url.contains(path);
    }
}
