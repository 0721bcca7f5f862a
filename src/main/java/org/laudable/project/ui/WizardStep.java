package org.laudable.project.ui;

import com.vaadin.flow.component.html.Div;
import org.laudable.project.Project;

/** One step of a project's set-up. */
abstract class WizardStep extends Div {
    WizardStep() {
        addClassName("wizard-step");
    }

    /**
     * Saves what was typed; throws a refusal if it is not enough to go on.
     *
     * @param complete whether the person goes on; false: they only save what is there
     * @return the project as it is now
     */
    abstract Project save(Project project, boolean complete);
}
