package org.laudable.project.ui;

import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import org.laudable.project.Project;
import org.laudable.series.ui.NormalForm;

/** Step 2 for time series: what is normal there, what a missed anomaly costs, what questions are for. */
final class SeriesNormalStep extends WizardStep {
    private final WizardServices services;
    private final NormalForm form = new NormalForm();

    SeriesNormalStep(WizardServices services, Project project) {
        this.services = services;
        form.read(services.series().settings(project.id()));
        Paragraph lead = new Paragraph(getTranslation("project.step.normal.lead"));
        lead.addClassName("secondary");
        add(new H2(getTranslation("project.step.normal.title")), lead, form);
    }

    @Override
    Project save(Project project, boolean complete) {
        services.series().saveSettings(project.id(), form.write());
        return project;
    }
}
