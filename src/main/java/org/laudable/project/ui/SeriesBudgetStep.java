package org.laudable.project.ui;

import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.IntegerField;
import org.laudable.project.LabelingSettings;
import org.laudable.project.Project;

/** Step 4 for time series: how often the detector learns, and what answers may cost. */
final class SeriesBudgetStep extends WizardStep {
    private final WizardServices services;
    private final SeriesBatchForm batch = new SeriesBatchForm();
    private final BudgetForm budget = new BudgetForm();

    SeriesBudgetStep(WizardServices services, Project project) {
        this.services = services;
        batch.read(project);
        budget.read(project);
        Paragraph lead = new Paragraph(getTranslation("project.step.engine.lead"));
        lead.addClassName("secondary");
        add(new H2(getTranslation("project.step.engine.title")), lead, batch, budget);
    }

    @Override
    Project save(Project project, boolean complete) {
        Project changed = budget.write(batch.write(project));
        return changed.equals(project) ? project : services.projects().update(changed);
    }

    /** How many answers make a round. */
    static final class SeriesBatchForm extends SettingsForm {
        private final IntegerField batch = number("series.batch", 1, 1_000);

        SeriesBatchForm() {
            add(new Why(batch, "series.batch", "series.batch.why"));
        }

        @Override
        void read(Project project) {
            batch.setValue(project.labeling().batchSize());
        }

        @Override
        Project write(Project project) {
            LabelingSettings before = project.labeling();
            return project.withLabeling(before.withSizes(before.auditSize(), required(batch)));
        }
    }
}
