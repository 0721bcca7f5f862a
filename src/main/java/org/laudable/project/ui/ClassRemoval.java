package org.laudable.project.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import org.laudable.Refused;
import org.laudable.project.ClassService;
import org.laudable.project.ClassUsage;
import org.laudable.project.LabelClass;
import org.laudable.project.ProjectService;

/** Asks what becomes of a class's labels before it goes. */
final class ClassRemoval extends Dialog {

    ClassRemoval(long projectId, LabelClass leaving, ProjectService projects, ClassService classes, Runnable done) {
        ClassUsage usage = classes.usage(projectId, leaving.id());
        setHeaderTitle(getTranslation("project.removal.title", leaving.name()));
        setMaxWidth("520px");
        RadioButtonGroup<Boolean> choice = new RadioButtonGroup<>();
        choice.addThemeName("vertical");
        choice.setItems(false, true);
        choice.setItemLabelGenerator(move -> getTranslation(move ? "project.removal.move" : "project.removal.retire"));
        choice.setValue(false);
        choice.setAriaLabel(getTranslation("project.removal.title", leaving.name()));
        ComboBox<LabelClass> into = new ComboBox<>(getTranslation("project.removal.into"));
        into.setItems(projects.classes(projectId).stream().filter(c -> !c.retired() && c.id() != leaving.id()).toList());
        into.setItemLabelGenerator(LabelClass::name);
        into.setVisible(false);
        into.setWidthFull();
        choice.addValueChangeListener(change -> into.setVisible(change.getValue()));
        Div body = new Div(new Paragraph(getTranslation("project.removal.text", usage.labels(), usage.answers(), usage.known())), choice, into);
        body.addClassName("dialog-body");
        add(body);
        Button cancel = new Button(getTranslation("project.cancel"), click -> close());
        Button confirm = new Button(getTranslation("project.removal.confirm"), click -> {
            if (!choice.getValue()) {
                classes.retire(projectId, leaving.id());
            } else {
                if (into.getValue() == null) {
                    throw new Refused(getTranslation("project.removal.chooseInto"));
                }
                classes.merge(projectId, leaving.id(), into.getValue().id());
            }
            close();
            done.run();
        });
        confirm.addThemeVariants(ButtonVariant.PRIMARY);
        getFooter().add(cancel, confirm);
    }
}
