package org.laudable.project.ui;

import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import org.laudable.project.Project;

/** Name and description. */
final class GeneralForm extends SettingsForm {
    private final TextField name = new TextField();
    private final TextArea description = new TextArea();

    GeneralForm() {
        name.setLabel(getTranslation("project.name"));
        name.setRequiredIndicatorVisible(true);
        name.setMaxLength(120);
        name.setWidthFull();
        name.setValueChangeMode(ValueChangeMode.LAZY); // a file may be dropped while the cursor is still in the field
        description.setLabel(getTranslation("project.description"));
        description.setHelperText(getTranslation("project.description.help"));
        description.setMaxLength(2_000);
        description.setWidthFull();
        add(name, description);
    }

    @Override
    void read(Project project) {
        name.setValue(project.name());
        description.setValue(project.description());
    }

    @Override
    Project write(Project project) {
        return project.withGeneral(name.getValue().strip(), description.getValue().strip());
    }

    /** Says in other words what the description is for. */
    void describes(String key) {
        description.setHelperText(getTranslation(key));
    }

    TextField name() {
        return name;
    }

    String typedName() {
        return name.getValue().strip();
    }

    String typedDescription() {
        return description.getValue().strip();
    }
}
