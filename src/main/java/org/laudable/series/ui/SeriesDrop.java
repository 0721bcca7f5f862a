package org.laudable.series.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.upload.Upload;
import com.vaadin.flow.server.streams.UploadEvent;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicInteger;
import org.laudable.Refused;
import org.laudable.series.SeriesImport;
import org.laudable.ui.Notices;

/** Where files of series are dropped, several at once; they stream to the server's disk into one draft. */
public final class SeriesDrop extends Div {
    private final transient Receiver receiver;
    private final transient Notices notices;
    private final transient Runnable arrived;
    private final transient AtomicInteger underWay = new AtomicInteger();
    private final Upload upload;

    /** Takes a file as it arrives. */
    public interface Receiver {
        SeriesImport receive(String fileName, InputStream bytes) throws IOException;
    }

    /**
     * @param receiver called in the upload's own request, outside of the page's lock
     * @param arrived  called in the page when no file is under way any more
     */
    public SeriesDrop(Receiver receiver, Notices notices, Runnable arrived) {
        this.receiver = receiver;
        this.notices = notices;
        this.arrived = arrived;
        addClassName("file-drop");
        upload = new Upload(this::receive);
        upload.setMaxFiles(500);
        upload.setUploadButton(new Button(getTranslation("series.drop.choose")));
        upload.setDropLabel(new Span(getTranslation("series.drop.here")));
        upload.addFileRejectedListener(rejected -> notices.error(rejected.getErrorMessage()));
        upload.setWidthFull();
        Div hint = new Div(getTranslation("series.drop.kinds"));
        hint.addClassNames("small", "secondary");
        add(upload, hint);
    }

    private void receive(UploadEvent event) throws IOException {
        UI page = event.getUI();
        underWay.incrementAndGet();
        try {
            receiver.receive(event.getFileName(), event.getInputStream());
        } catch (Refused refused) {
            page.access(() -> notices.error(refused.getMessage()));
        } finally {
            if (underWay.decrementAndGet() == 0) {
                page.access(() -> {
                    upload.clearFileList();
                    arrived.run();
                });
            }
        }
    }
}
