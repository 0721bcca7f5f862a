package org.laudable.e2e;

import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The wizard's five steps, for a file with a label column whose values become the classes. */
final class ProjectSetUp {
    private final Desk desk;

    ProjectSetUp(Desk desk) {
        this.desk = desk;
    }

    /** Ends on the run's page and returns the project's address. */
    String start(String name, Path file, int auditSize, int batch) {
        data(name, file);
        classes();
        people();
        engine(auditSize, batch);
        return go();
    }

    void data(String name, Path file) {
        desk.open("/projects/new");
        desk.field("Name").fill(name);
        desk.page().locator("vaadin-upload input[type=file]").setInputFiles(file);
        desk.text("The first 20 rows:").waitFor();
    }

    void classes() {
        desk.button("Next").click();
        desk.button("Take the classes from ‘label’").click();
        desk.text("classes added.").waitFor();
    }

    void people() {
        desk.button("Next").click();
        desk.text("Who labels, and what they should know").waitFor();
    }

    void engine(int auditSize, int batch) {
        desk.button("Next").click();
        desk.field("Audit sample").fill(Integer.toString(auditSize));
        desk.field("Labels per batch").fill(Integer.toString(batch));
        desk.field("Labels per batch").press("Tab");
    }

    String go() {
        Page page = desk.page();
        desk.button("Next").click();
        desk.text("Ready to start").waitFor();
        desk.button("Start").click();
        page.waitForURL(Pattern.compile("/projects/\\d+/run"));
        return page.url().replaceAll("/run.*", "");
    }
}
