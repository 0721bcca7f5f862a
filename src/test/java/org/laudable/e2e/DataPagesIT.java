package org.laudable.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.laudable.testing.Eventually;

/** A manager's pages around data: set-up, overview, items, settings, with files good and bad. */
class DataPagesIT {
    private static final Pattern CODE = Pattern.compile("one-time code: (\\S+)");
    private static final String PASSWORD = "a long enough sentence";

    @Test
    void a_project_is_set_up_fed_with_a_bad_file_searched_changed_and_deleted() throws IOException {
        try (RunningLaudable laudable = RunningLaudable.onEmptyFolder(); Chromium chromium = new Chromium()) {
            Desk desk = new Desk(laudable, chromium.person()).createFirstAdmin(laudable.fromOutput(CODE), "Ada Admin", "ada", PASSWORD);
            Page page = desk.page();
            desk.open("/projects").text("No projects yet").waitFor();
            look(desk, "projects-empty");
            setUp(desk);
            page.waitForURL(Pattern.compile("/projects/1/run"));

            desk.open("/projects/1").text("3 rows in").waitFor();
            desk.button("Add a file").click();
            upload(desk, file("more.csv", "id,text\n9,=1+1\n10,\n1,another text\n11,<b>bold</b> שלום\n"));
            desk.button("Import").click();
            desk.text("2 rows in").waitFor();
            look(desk, "overview");
            Download refused = page.waitForDownload(() -> page.getByText("Refused rows").click());
            assertEquals(List.of("line,reason,content", "3,the text is empty,10\t", "4,the id '1' is already there with another text,1\tanother text"),
                    Files.readAllLines(refused.path()));
            Download export = page.waitForDownload(() -> page.getByText("CSV, all rows").click());
            List<String> rows = Files.readAllLines(export.path());
            assertEquals(6, rows.size());
            assertTrue(rows.get(4).startsWith("9,'=1+1,"), rows.get(4));

            desk.open("/projects/1/items").field("Search text or id").fill("BOLD");
            desk.text("1 items").waitFor();
            desk.text("<b>bold</b> שלום").click();
            page.getByLabel("Item", new Page.GetByLabelOptions().setExact(true)).getByText("more.csv, line 5").waitFor();
            look(desk, "items");
            page.keyboard().press("Escape");

            desk.open("/projects/1/snapshots").button("New snapshot").click();
            desk.field("Name").fill("First");
            desk.button("Save").click();
            desk.button("Compare").click();
            desk.text("0 rows have another label, 5 the same").waitFor();
            look(desk, "snapshot-compare");

            desk.open("/projects/1/settings/webhooks").button("New webhook").click();
            desk.field("Name").fill("Bot");
            desk.field("Address").fill("https://127.0.0.1/hook");
            desk.button("Save").click();
            desk.text("which is not allowed").waitFor();
            desk.button("Cancel").click();
            look(desk, "webhooks");

            desk.open("/projects/1/settings");
            page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName("Classes")).click();
            page.getByLabel("Remove Fruit").click();
            desk.text("1 known labels from files").waitFor();
            look(desk, "class-removal");
            desk.button("Cancel").click();
            page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName("Archive and delete")).click();
            desk.button("Delete the project").click();
            desk.field("Type the project’s name to confirm: Foods").fill("Foods");
            desk.button("Delete for good").click();
            desk.text("No projects yet").waitFor();
        }
    }

    @Test
    void a_browser_closed_in_mid_upload_leaves_nothing_behind() throws IOException {
        try (RunningLaudable laudable = RunningLaudable.onEmptyFolder(); Chromium chromium = new Chromium()) {
            BrowserContext person = chromium.person();
            Desk desk = new Desk(laudable, person).createFirstAdmin(laudable.fromOutput(CODE), "Ada Admin", "ada", PASSWORD);
            desk.open("/projects/new");
            desk.page().locator("vaadin-upload").waitFor();
            String target = (String) desk.page().evaluate("document.querySelector('vaadin-upload').target");
            String cookies = person.cookies().stream().map(cookie -> cookie.name + "=" + cookie.value).collect(Collectors.joining("; "));
            URI server = URI.create(laudable.url("/"));
            try (Socket socket = new Socket(server.getHost(), server.getPort()); OutputStream out = socket.getOutputStream()) {
                String head = "POST /%s HTTP/1.1\r\nHost: %s\r\nCookie: %s\r\nX-Filename: broken.csv\r\nContent-Type: text/csv\r\nContent-Length: 50000000\r\n\r\n";
                out.write(head.formatted(target.replaceFirst("^/", ""), server.getAuthority(), cookies).getBytes(StandardCharsets.UTF_8));
                byte[] line = "text,label\n".repeat(100_000).getBytes(StandardCharsets.UTF_8);
                out.write(line);
                out.flush();
                Eventually.holds("the upload has begun", () -> files(laudable).stream().anyMatch(name -> name.endsWith(".part")));
            }
            Eventually.holds("nothing of it is left", () -> files(laudable).isEmpty());
            desk.open("/projects").text("No projects yet").waitFor();
        }
    }

    private static void setUp(Desk desk) throws IOException {
        desk.open("/projects/new");
        desk.field("Name").fill("Foods");
        upload(desk, file("foods.csv", "id,text,label\n1,Blue cheese,Dairy\n2,Apple,Fruit\n3,Butter,Dairy\n"));
        look(desk, "set-up-data");
        desk.button("Next").click();
        desk.button("Take the classes from ‘label’").click();
        desk.text("2 classes added.").waitFor();
        look(desk, "set-up-classes");
        desk.button("Next").click();
        desk.text("Who labels, and what they should know").waitFor();
        look(desk, "set-up-people");
        desk.button("Next").click();
        desk.text("100 items report").waitFor();
        look(desk, "set-up-engine");
        desk.button("Next").click();
        desk.text("Ready to start").waitFor();
        look(desk, "set-up-summary");
        desk.button("Start").click();
    }

    private static void upload(Desk desk, Path file) {
        desk.page().locator("vaadin-upload input[type=file]").setInputFiles(file);
        desk.text("The first 20 rows:").waitFor();
    }

    private static void look(Desk desk, String name) {
        Chromium.picture(desk.page(), name);
        Chromium.assertAccessible(desk.page());
        Chromium.assertFitsPhone(desk.page());
    }

    private static Path file(String name, String content) throws IOException {
        Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "e2e")), "files");
        return Files.writeString(folder.resolve(name), content);
    }

    private static List<String> files(RunningLaudable laudable) {
        Path folder = laudable.data().resolve("uploads");
        try (Stream<Path> files = Files.exists(folder) ? Files.list(folder) : Stream.of()) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
