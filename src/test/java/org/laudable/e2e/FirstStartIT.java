package org.laudable.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.BrowserContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** From an empty folder to the first administrator, and what a killed process leaves behind. */
class FirstStartIT {
    private static final Pattern CODE = Pattern.compile("one-time code: (\\S+)");
    private static final String PASSWORD = "a long enough sentence";

    @Test
    void the_first_admin_needs_the_consoles_code_and_stays_signed_in_over_a_kill() {
        try (RunningLaudable laudable = RunningLaudable.onEmptyFolder(); Chromium chromium = new Chromium()) {
            BrowserContext person = chromium.person();
            Desk desk = new Desk(laudable, person).open("/welcome");
            Chromium.picture(desk.page(), "welcome");
            Chromium.assertAccessible(desk.page());
            Chromium.assertFitsPhone(desk.page());

            desk.field("One-time code").fill("AAAA-BBBB-CCCC");
            desk.field("Name").fill("Mallory");
            desk.field("User name").fill("mallory");
            desk.field("New password").fill(PASSWORD);
            desk.field("The same again").fill(PASSWORD);
            desk.button("Create account and sign in").click();
            desk.page().getByRole(com.microsoft.playwright.options.AriaRole.ALERT).first().waitFor();
            assertTrue(desk.page().url().endsWith("/welcome"), "A wrong code leads nowhere");

            desk.createFirstAdmin(laudable.fromOutput(CODE), "Ada Admin", "ada", PASSWORD);
            desk.open("/admin/people").text("Ada Admin").waitFor();

            laudable.kill();
            laudable.start();

            desk.open("/admin/people").text("Ada Admin").waitFor();
            desk.open("/welcome");
            desk.page().waitForURL(url -> !url.contains("/welcome"));
        }
    }

    @Test
    void a_second_process_on_the_same_folder_says_so_and_ends() throws IOException, InterruptedException {
        try (RunningLaudable laudable = RunningLaudable.onEmptyFolder()) {
            Process second = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--add-modules=jdk.incubator.vector", "-jar", RunningLaudable.ARTEFACT.toString(),
                    "run", "--data", laudable.data().toString(), "--port", "0").redirectErrorStream(true).start();
            String said = new String(second.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertEquals(1, second.waitFor());
            assertTrue(said.contains("Another Laudable is already running"), said);
        }
    }

    @Test
    void the_demo_and_a_teams_own_folder_are_kept_apart() throws IOException, InterruptedException {
        try (RunningLaudable laudable = RunningLaudable.onEmptyFolder()) {
            laudable.kill();
            Process demo = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--add-modules=jdk.incubator.vector", "-jar", RunningLaudable.ARTEFACT.toString(),
                    "run", "--demo", "--data", laudable.data().toString(), "--port", "0").redirectErrorStream(true).start();
            String said = new String(demo.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertEquals(1, demo.waitFor());
            assertTrue(said.contains("holds a team's own data"), said);
            laudable.start();
        }
    }
}
