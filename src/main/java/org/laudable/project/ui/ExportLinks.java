package org.laudable.project.ui;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;

/** Downloads of a project's labels. */
final class ExportLinks extends Div {

    ExportLinks(long projectId) {
        addClassName("export-links");
        add(link(projectId, "csv", "all"), link(projectId, "csv", "labeled"), link(projectId, "jsonl", "all"), link(projectId, "jsonl", "labeled"));
    }

    private Anchor link(long projectId, String format, String rows) {
        Anchor link = new Anchor("/api/v1/projects/%d/export?format=%s&rows=%s".formatted(projectId, format, rows),
                getTranslation("project.export." + format + "." + rows));
        link.setRouterIgnore(true);
        link.getElement().setAttribute("download", true);
        return link;
    }
}
