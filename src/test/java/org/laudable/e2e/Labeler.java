package org.laudable.e2e;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.Map;

/** A person at the label page who knows the right answers and uses the keys. */
final class Labeler {
    private final Page page;
    private final Map<String, String> answers;

    Labeler(Page page, Map<String, String> answers) {
        this.page = page;
        this.answers = answers;
    }

    /** Answers the item on the screen and returns its text. The deck has at most twelve classes: each has its key. */
    String answerNext() {
        Locator item = page.locator("[data-testid=item]");
        item.waitFor();
        String text = item.textContent();
        String task = item.getAttribute("data-task-id");
        String answer = answers.get(text);
        if (answer == null) {
            throw new AssertionError("The deck shows a text that is not in the file: " + text);
        }
        String key = page.locator("[data-testid=class]").all().stream()
                .filter(choice -> choice.locator(".name").textContent().equals(answer))
                .map(choice -> choice.getAttribute("aria-keyshortcuts")).findFirst().orElseThrow();
        page.keyboard().press(key);
        page.waitForFunction("([task]) => document.querySelector('label-deck').shadowRoot.querySelector('[data-testid=item]')?.dataset.taskId !== task",
                java.util.List.of(task));
        return text;
    }

    /** Waits until the server has acknowledged everything. */
    void waitUntilSent() {
        page.locator("[data-testid=deck][data-unsent='0']").waitFor(new Locator.WaitForOptions().setState(com.microsoft.playwright.options.WaitForSelectorState.ATTACHED));
    }
}
