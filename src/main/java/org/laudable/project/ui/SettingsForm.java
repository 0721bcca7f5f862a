package org.laudable.project.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.IntegerField;
import org.laudable.Refused;
import org.laudable.project.Project;

/** A part of a project's settings as fields; the same in the set-up and on the settings page. */
abstract class SettingsForm extends Div {
    SettingsForm() {
        addClassName("settings-form");
    }

    /** Shows a project's settings. */
    abstract void read(Project project);

    /** The project with what was typed. */
    abstract Project write(Project project);

    final IntegerField number(String key, int least, int most) {
        IntegerField field = new IntegerField(getTranslation(key));
        field.setMin(least);
        field.setMax(most);
        field.setStepButtonsVisible(true);
        return field;
    }

    final int required(IntegerField field) {
        if (field.getValue() == null || field.isInvalid()) {
            throw new Refused(getTranslation("project.form.number", field.getLabel()));
        }
        return field.getValue();
    }
}
