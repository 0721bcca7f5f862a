package org.laudable.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.laudable.devllm.Behaviour;
import org.laudable.devllm.DevLlm;

/** An administrator sets up a provider, tests it, and finds the call on record; the key is seen nowhere. */
class ProvidersIT {
    private static final Pattern CODE = Pattern.compile("one-time code: (\\S+)");
    private static final String CANARY = "sk-CANARY-4711";

    @Test
    void a_provider_is_added_tested_and_on_record_and_its_key_is_nowhere() throws IOException {
        try (DevLlm llm = DevLlm.start(0, Behaviour.PERFECT); RunningLaudable laudable = RunningLaudable.onEmptyFolder();
                Chromium chromium = new Chromium()) {
            Desk desk = new Desk(laudable, chromium.person())
                    .createFirstAdmin(laudable.fromOutput(CODE), "Ada Admin", "ada", "a long enough sentence");
            Page page = desk.open("/admin/providers").page();
            desk.text("No provider yet").waitFor();
            Chromium.assertAccessible(page);

            desk.button("New provider").click();
            desk.field("Name").fill("Acme");
            desk.field("Address").fill("http://192.168.77.1/v1");
            desk.field("Key").fill(CANARY);
            Chromium.picture(page, "provider-form");
            Chromium.assertAccessible(page);
            desk.button("Save").click();
            desk.text("which is not allowed").waitFor();
            desk.field("Address").fill(llm.openAiUrl());
            desk.button("Save").click();
            desk.button("Add model").click();
            desk.field("Model").fill("dev-llm");
            desk.field("Input").fill("2.50");
            desk.field("Cached input").fill("1.25");
            desk.field("Output").fill("10");
            page.getByLabel("Logprobs").check();
            Chromium.picture(page, "model-form");
            desk.button("Save").click();
            desk.text("Never tried against the real service").waitFor();

            desk.button("Test dev-llm").click();
            desk.text("Answered in").waitFor();
            assertTrue(desk.text("ready").isVisible());
            Chromium.picture(page, "providers");
            Chromium.assertAccessible(page);
            Chromium.assertFitsPhone(page);
            assertEquals("Bearer " + CANARY, llm.books().entries().getFirst().authorization());
            assertFalse(page.content().contains("CANARY"));
            desk.open("/admin/providers").text("Works").waitFor();
            assertFalse(page.content().contains("CANARY"));

            desk.open("/admin/calls").text("1 call").waitFor();
            page.locator("vaadin-grid-cell-content").getByText("Answered").first().waitFor();
            Chromium.picture(page, "calls");
            Chromium.assertAccessible(page);
            Chromium.assertFitsPhone(page);
            assertFalse(page.content().contains("CANARY"));
            assertFalse(String.join("\n", laudable.output()).contains("CANARY"));
            laudable.kill();
            assertNoFileContains(laudable.data(), "CANARY");
            laudable.start();
        }
    }

    private static void assertNoFileContains(Path folder, String word) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertFalse(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(word), file.toString());
            }
        }
    }
}
