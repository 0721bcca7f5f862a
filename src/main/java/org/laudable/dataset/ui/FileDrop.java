package org.laudable.dataset.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.upload.Upload;
import com.vaadin.flow.server.streams.UploadEvent;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.laudable.Refused;
import org.laudable.dataset.DataImport;
import org.laudable.dataset.ImportService;
import org.laudable.ui.Notices;

/** Where a file is dropped or chosen; it streams to the server's disk and becomes an import draft. */
public final class FileDrop extends Div {
    private final ImportService imports;
    private final Notices notices;
    private final ToLongFunction<String> projectFor;
    private final Consumer<DataImport> arrived;
    private final Upload upload;

    /**
     * @param projectFor gives the project a file of that name goes into; called outside of the page's lock
     * @param arrived    called in the page with the new draft
     */
    public FileDrop(ImportService imports, Notices notices, ToLongFunction<String> projectFor, Consumer<DataImport> arrived) {
        this.imports = imports;
        this.notices = notices;
        this.projectFor = projectFor;
        this.arrived = arrived;
        addClassName("file-drop");
        upload = new Upload(this::receive);
        upload.setMaxFiles(1);
        upload.setUploadButton(new Button(getTranslation("dataset.drop.choose")));
        upload.setDropLabel(new Span(getTranslation("dataset.drop.here")));
        upload.addFileRejectedListener(rejected -> notices.error(rejected.getErrorMessage()));
        upload.setWidthFull();
        Div hint = new Div(getTranslation("dataset.drop.kinds"));
        hint.addClassNames("small", "secondary");
        add(upload, hint);
    }

    private void receive(UploadEvent event) throws IOException {
        UI page = event.getUI();
        try {
            DataImport draft = imports.upload(projectFor.applyAsLong(event.getFileName()), event.getFileName(), event.getInputStream());
            page.access(() -> {
                upload.clearFileList();
                arrived.accept(draft);
            });
        } catch (Refused refused) {
            page.access(() -> {
                upload.clearFileList();
                notices.error(refused.getMessage());
            });
        }
    }
}
