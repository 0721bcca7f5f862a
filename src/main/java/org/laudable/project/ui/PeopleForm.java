package org.laudable.project.ui;

import com.vaadin.flow.component.textfield.IntegerField;
import org.laudable.project.OverlapSettings;
import org.laudable.project.Project;

/** How many people answer about an item, and how long one may hold it. */
final class PeopleForm extends SettingsForm {
    private final IntegerField overlap = number("project.overlap", 1, 20);
    private final IntegerField percent = number("project.overlapPercent", 0, 100);
    private final IntegerField most = number("project.mostAnnotators", 1, 20);
    private final IntegerField lease = number("project.lease", 1, 1_440);

    PeopleForm() {
        add(new Why(overlap, "project.overlap", "project.overlap.why"),
                new Why(percent, "project.overlapPercent", "project.overlapPercent.why"),
                new Why(most, "project.mostAnnotators", "project.mostAnnotators.why"), new Why(lease, "project.lease", "project.lease.why"));
    }

    @Override
    void read(Project project) {
        overlap.setValue(project.labeling().overlap());
        percent.setValue(project.labeling().more().percent());
        most.setValue(Math.max(project.labeling().overlap(), project.labeling().more().mostAnnotators()));
        lease.setValue(project.labeling().leaseMinutes());
    }

    @Override
    Project write(Project project) {
        return project.withLabeling(project.labeling().withPeople(required(overlap), required(lease),
                new OverlapSettings(required(percent), required(most))));
    }
}
