package org.laudable.project.ui;

import com.vaadin.flow.component.textfield.IntegerField;
import org.laudable.project.LabelingSettings;
import org.laudable.project.Project;

/** How many people answer about an item, and how long one may hold it. */
final class PeopleForm extends SettingsForm {
    private final IntegerField overlap = number("project.overlap", 1, 20);
    private final IntegerField lease = number("project.lease", 1, 1_440);

    PeopleForm() {
        add(new Why(overlap, "project.overlap", "project.overlap.why"), new Why(lease, "project.lease", "project.lease.why"));
    }

    @Override
    void read(Project project) {
        overlap.setValue(project.labeling().overlap());
        lease.setValue(project.labeling().leaseMinutes());
    }

    @Override
    Project write(Project project) {
        LabelingSettings before = project.labeling();
        return project.withLabeling(new LabelingSettings(required(overlap), required(lease), before.auditSize(), before.batchSize()));
    }
}
