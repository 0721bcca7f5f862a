package org.laudable.project.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import org.laudable.project.Project;

/** Step 4: how the engine asks and stops, and what it may cost. */
final class EngineStep extends WizardStep {
    private final WizardServices services;
    private final LoopForm loop = new LoopForm();
    private final OracleForm oracle;
    private final BudgetForm budget = new BudgetForm();

    EngineStep(WizardServices services, Project project) {
        this.services = services;
        oracle = new OracleForm(services.models().all());
        oracle.read(project);
        loop.read(project);
        budget.read(project);
        Paragraph lead = new Paragraph(getTranslation("project.step.engine.lead"));
        lead.addClassName("secondary");
        Div left = new Div(new H3(getTranslation("project.section.loop")), loop);
        Div right = new Div(new H3(getTranslation("project.section.budget")), budget,
                new H3(getTranslation("project.section.oracle")), oracle);
        Div columns = new Div(left, right);
        columns.addClassName("two-columns");
        add(new H2(getTranslation("project.step.engine.title")), lead, columns);
    }

    @Override
    Project save(Project project, boolean complete) {
        Project changed = oracle.write(budget.write(loop.write(project)));
        return changed.equals(project) ? project : services.projects().update(changed);
    }
}
