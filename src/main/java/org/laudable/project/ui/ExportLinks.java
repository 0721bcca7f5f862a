package org.laudable.project.ui;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import org.laudable.dataset.ExportFormat;

/** Downloads of a project's labels, in the format of whoever takes them. */
final class ExportLinks extends Div {
    private final long projectId;
    private final Select<ExportFormat> format = new Select<>();
    private final Anchor all = new Anchor();
    private final Anchor labeled = new Anchor();

    ExportLinks(long projectId) {
        this.projectId = projectId;
        addClassName("export-links");
        format.setLabel(getTranslation("project.export.as"));
        format.setWidth("20em");
        format.setItems(ExportFormat.values());
        format.setItemLabelGenerator(one -> getTranslation("project.export." + one));
        format.setValue(ExportFormat.CSV);
        format.addValueChangeListener(change -> aim());
        aim();
        add(format, all, labeled);
    }

    private void aim() {
        aim(all, "all");
        aim(labeled, "labeled");
    }

    private void aim(Anchor link, String rows) {
        link.setHref("/api/v1/projects/%d/export?format=%s&rows=%s".formatted(projectId, format.getValue().word(), rows));
        link.setText(getTranslation("project.export." + rows, getTranslation("project.export." + format.getValue())));
        link.setRouterIgnore(true);
        link.getElement().setAttribute("download", true);
    }
}
