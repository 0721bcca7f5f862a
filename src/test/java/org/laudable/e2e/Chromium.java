package org.laudable.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A headless Chromium; each {@link #person()} is a browser of its own: cookies, storage, window. */
public final class Chromium implements AutoCloseable {
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final Set<String> SERIOUS = Set.of("serious", "critical");

    static {
        PlaywrightAssertions.setDefaultAssertionTimeout(30_000); // shared machines are slow
    }

    private final Playwright playwright;
    private final Browser browser;

    public Chromium() {
        playwright = Playwright.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        String path = Optional.ofNullable(System.getenv("LAUDABLE_CHROMIUM")).orElse("/usr/bin/chromium");
        browser = playwright.chromium().launch(new BrowserType.LaunchOptions()
                .setExecutablePath(Path.of(path))
                .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                        "--disable-background-networking", "--disable-component-update", "--disable-sync")));
    }

    /** A person at a desk: 1440 × 900, light, English. */
    public BrowserContext person() {
        BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                .setViewportSize(1440, 900).setLocale("en-GB").setColorScheme(ColorScheme.LIGHT).setAcceptDownloads(true));
        context.setDefaultTimeout(30_000);
        return context;
    }

    /** A person on a phone: 390 × 844, touch. */
    public BrowserContext personOnPhone() {
        BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                .setViewportSize(390, 844).setHasTouch(true).setIsMobile(true).setLocale("en-GB"));
        context.setDefaultTimeout(30_000);
        return context;
    }

    /** Pictures of the page as it stands: light and dark, 1440 and 390 wide, into target/screenshots. */
    public static void picture(Page page, String name) {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            for (int width : List.of(1440, 390)) {
                page.setViewportSize(width, width == 390 ? 844 : 900);
                page.waitForTimeout(350);
                settle(page);
                page.screenshot(new Page.ScreenshotOptions()
                        .setPath(SCREENSHOTS.resolve(name + "-" + scheme.name().toLowerCase(java.util.Locale.ROOT) + "-" + width + ".png")));
            }
        }
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        page.setViewportSize(1440, 900);
    }

    /** Fails on any serious finding of axe-core (WCAG 2.2 A and AA). */
    public static void assertAccessible(Page page) {
        settle(page);
        List<Rule> findings = new AxeBuilder(page).withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"))
                .analyze().getViolations().stream().filter(rule -> SERIOUS.contains(rule.getImpact())).toList();
        assertEquals(List.of(), findings.stream()
                .map(rule -> rule.getId() + ": " + rule.getNodes().stream().map(node -> node.getTarget() + " " + node.getHtml()).toList()).toList());
    }

    /** Waits until the page is painted and no transition runs: between two themes a colour has no contrast. */
    private static void settle(Page page) {
        page.evaluate("""
                async () => {
                    const frame = () => new Promise(done => requestAnimationFrame(done));
                    await frame();
                    await frame();
                    const ending = document.getAnimations().filter(one => one.effect?.getComputedTiming().endTime !== Infinity);
                    await Promise.race([Promise.allSettled(ending.map(one => one.finished)), new Promise(done => setTimeout(done, 5000))]);
                    await frame();
                }""");
    }

    /** Fails if the page scrolls sideways at 390 px. */
    public static void assertFitsPhone(Page page) {
        page.setViewportSize(390, 844);
        String measured = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
        try {
            page.waitForFunction(measured + " === 0"); // charts and grids follow the window a moment later
        } catch (TimeoutError e) {
            System.err.println("Wider than a phone: " + page.evaluate(WIDE));
        }
        Object overflow = page.evaluate(measured);
        assertEquals(0, ((Number) overflow).intValue(), "The page is wider than a phone: " + page.url());
        page.setViewportSize(1440, 900);
    }

    /** The innermost elements that stick out on the right. */
    private static final String WIDE = """
            [...document.querySelectorAll('body *')].filter(one => one.getBoundingClientRect().right > innerWidth + 1)
              .filter(one => ![...one.children].some(child => child.getBoundingClientRect().right > innerWidth + 1))
              .map(one => one.outerHTML.slice(0, 200)).slice(0, 5)""";

    /** How every page stood at the end goes to target/screenshots/last: what one wants to see of a test that failed. */
    private void keepLast() {
        int number = 0;
        for (BrowserContext person : browser.contexts()) {
            for (Page page : person.pages()) {
                try {
                    page.screenshot(new Page.ScreenshotOptions().setTimeout(5_000)
                            .setPath(SCREENSHOTS.resolve("last").resolve(test() + "-" + ++number + ".png")));
                } catch (PlaywrightException e) {
                    System.err.println("No last picture of " + page.url() + ": " + e.getMessage()); // the page is gone or hangs
                }
            }
        }
    }

    private static String test() {
        return StackWalker.getInstance().walk(frames -> frames.map(StackWalker.StackFrame::getClassName)
                .filter(name -> name.endsWith("IT")).map(name -> name.substring(name.lastIndexOf('.') + 1)).findFirst()).orElse("page");
    }

    @Override
    public void close() {
        keepLast();
        browser.close();
        playwright.close();
    }
}
