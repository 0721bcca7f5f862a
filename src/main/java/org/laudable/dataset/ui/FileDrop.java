package org.laudable.dataset.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.upload.Upload;
import com.vaadin.flow.server.streams.UploadEvent;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;
import org.laudable.Refused;
import org.laudable.dataset.DataImport;
import org.laudable.ui.Notices;

/** Where a file is dropped or chosen; it streams to the server's disk and becomes an import draft. */
public final class FileDrop extends Div {
    private final transient Receiver receiver;
    private final transient Notices notices;
    private final transient Consumer<DataImport> arrived;
    private final Upload upload;

    /** Takes a file as it arrives and makes an import draft of it. */
    public interface Receiver {
        DataImport receive(String fileName, InputStream bytes) throws IOException;
    }

    /**
     * @param receiver called in the upload's own request, outside of the page's lock
     * @param arrived  called in the page with the new draft
     */
    public FileDrop(Receiver receiver, Notices notices, Consumer<DataImport> arrived) {
        this.receiver = receiver;
        this.notices = notices;
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
            DataImport draft = receiver.receive(event.getFileName(), event.getInputStream());
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
