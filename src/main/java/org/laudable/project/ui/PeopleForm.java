package org.laudable.project.ui;

import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import org.laudable.project.Aggregation;
import org.laudable.project.OverlapSettings;
import org.laudable.project.Project;
import org.laudable.project.ProjectKind;

/** How many people answer about an item, and how long one may hold it. */
final class PeopleForm extends SettingsForm {
    private final IntegerField overlap = number("project.overlap", 1, 20);
    private final IntegerField percent = number("project.overlapPercent", 0, 100);
    private final IntegerField most = number("project.mostAnnotators", 1, 20);
    private final IntegerField lease = number("project.lease", 1, 1_440);
    private final Select<Aggregation> aggregation = new Select<>();
    private final Why aggregationWhy = new Why(aggregation, "project.aggregation", "project.aggregation.why");

    PeopleForm() {
        aggregation.setLabel(getTranslation("project.aggregation"));
        aggregation.setItems(Aggregation.values());
        aggregation.setItemLabelGenerator(one -> getTranslation("project.aggregation." + one));
        add(new Why(overlap, "project.overlap", "project.overlap.why"),
                new Why(percent, "project.overlapPercent", "project.overlapPercent.why"),
                new Why(most, "project.mostAnnotators", "project.mostAnnotators.why"), aggregationWhy, new Why(lease, "project.lease", "project.lease.why"));
    }

    @Override
    void read(Project project) {
        overlap.setValue(project.labeling().overlap());
        percent.setValue(project.labeling().more().percent());
        most.setValue(Math.max(project.labeling().overlap(), project.labeling().more().mostAnnotators()));
        lease.setValue(project.labeling().leaseMinutes());
        aggregation.setValue(project.labeling().aggregation());
        aggregationWhy.setVisible(project.kind() == ProjectKind.TEXT); // stretches of series are agreed on by their medians
    }

    @Override
    Project write(Project project) {
        return project.withLabeling(project.labeling().withPeople(required(overlap), required(lease),
                new OverlapSettings(required(percent), required(most))).withAggregation(aggregation.getValue()));
    }
}
