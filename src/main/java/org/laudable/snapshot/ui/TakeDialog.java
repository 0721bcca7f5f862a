package org.laudable.snapshot.ui;

import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import org.laudable.snapshot.SnapshotService;
import org.laudable.ui.FormDialog;

/** A new snapshot: its name. */
final class TakeDialog extends FormDialog {
    private final transient SnapshotService snapshots;
    private final long projectId;
    private final TextField name = new TextField();

    TakeDialog(SnapshotService snapshots, long projectId, Runnable done) {
        super("", done);
        this.snapshots = snapshots;
        this.projectId = projectId;
        setHeaderTitle(getTranslation("snapshot.take"));
        name.setLabel(getTranslation("snapshot.name"));
        name.setHelperText(getTranslation("snapshot.name.help"));
        name.setMaxLength(120);
        name.setAutofocus(true);
        Paragraph text = new Paragraph(getTranslation("snapshot.take.text"));
        text.addClassName("secondary");
        fields().add(text, name);
    }

    @Override
    protected void save() {
        snapshots.take(projectId, name.getValue());
    }
}
