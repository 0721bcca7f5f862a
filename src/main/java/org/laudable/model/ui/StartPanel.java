package org.laudable.model.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.upload.Upload;
import com.vaadin.flow.server.streams.UploadEvent;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.laudable.Refused;
import org.laudable.loop.ui.Figures;
import org.laudable.model.LoadedStart;
import org.laudable.model.ModelService;
import org.laudable.model.StartReport;
import org.laudable.ui.Notices;

/** The model a run begins with: loaded before the run, named while it goes on. For managers. */
public final class StartPanel extends Section {
    private final Figures figures;
    private final long projectId;
    private final ModelService models;
    private final Notices notices;
    private final Div loaded = new Div();
    private final Upload upload;
    private final Div drop;
    private final Button remove;

    public StartPanel(Figures figures, long projectId, ModelService models, Notices notices) {
        this.figures = figures;
        this.projectId = projectId;
        this.models = models;
        this.notices = notices;
        addClassNames("card", "start-panel");
        upload = new Upload(this::receive);
        upload.setMaxFiles(1);
        upload.setAcceptedFileTypes("application/zip", ".zip");
        upload.setUploadButton(new Button(figures.text("model.start.choose")));
        upload.setDropLabel(new Span(figures.text("model.start.drop")));
        upload.addFileRejectedListener(rejected -> notices.error(rejected.getErrorMessage()));
        upload.setWidthFull();
        Paragraph note = new Paragraph(figures.text("model.start.note"));
        note.addClassNames("secondary", "small");
        drop = new Div(note, upload);
        drop.addClassName("file-drop");
        remove = new Button(figures.text("model.start.remove"), click -> unload());
        add(new H2(figures.text("model.start.title")), loaded, remove, drop);
    }

    /** @param idle whether no run goes on, so that another model may be loaded */
    public void show(Optional<LoadedStart> start, boolean idle) {
        setVisible(idle || start.isPresent());
        drop.setVisible(idle);
        remove.setVisible(idle && start.isPresent());
        loaded.removeAll();
        start.ifPresent(this::describe);
    }

    private void describe(LoadedStart start) {
        StartReport report = start.report();
        loaded.add(new Paragraph(figures.text("model.start.loaded", start.project(), start.version(), figures.when(start.loadedAt()),
                start.loadedBy() == null ? "?" : start.loadedBy())));
        loaded.add(new Paragraph(figures.text("model.start.matched", figures.count(report.matched().size()), figures.count(report.matched().size() + report.onlyHere().size()))));
        names("model.start.onlyHere", report.onlyHere());
        names("model.start.onlyThere", report.onlyThere());
        report.notes().forEach(note -> loaded.add(new Paragraph(note)));
        Paragraph hash = new Paragraph("SHA-256 " + start.sha256());
        hash.addClassNames("secondary", "small", "start-hash");
        loaded.add(hash);
    }

    private void names(String key, List<String> names) {
        if (!names.isEmpty()) {
            loaded.add(new Paragraph(figures.text(key, String.join(", ", names))));
        }
    }

    private void receive(UploadEvent event) throws IOException {
        UI page = event.getUI();
        try {
            LoadedStart start = models.load(projectId, event.getInputStream());
            page.access(() -> {
                upload.clearFileList();
                show(Optional.of(start), true);
                notices.info(figures.text("model.start.done"));
            });
        } catch (Refused refused) {
            page.access(() -> {
                upload.clearFileList();
                notices.error(refused.getMessage());
            });
        }
    }

    private void unload() {
        try {
            models.unload(projectId);
            show(Optional.empty(), true);
        } catch (Refused e) {
            notices.error(e.getMessage());
        }
    }
}
