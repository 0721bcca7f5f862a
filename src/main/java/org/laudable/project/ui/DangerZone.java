package org.laudable.project.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import org.laudable.project.Project;
import org.laudable.project.ProjectState;

/** Copy the set-up, put the project away, delete it. */
final class DangerZone extends Div {
    private final Project project;
    private final WizardServices services;

    DangerZone(Project project, WizardServices services) {
        this.project = project;
        this.services = services;
        addClassName("danger-zone");
        Button copy = new Button(getTranslation("project.clone"), click -> askForName());
        Button archive = new Button(getTranslation(archived() ? "project.unarchive" : "project.archive"), click -> archive());
        Button delete = new Button(getTranslation("project.delete"), click -> confirmDeletion());
        delete.addThemeVariants(ButtonVariant.ERROR);
        add(part("project.clone", "project.clone.text", copy),
                part(archived() ? "project.unarchive" : "project.archive", archived() ? "project.unarchive.text" : "project.archive.text", archive),
                part("project.delete", "project.delete.text", delete));
    }

    private boolean archived() {
        return project.state() == ProjectState.ARCHIVED;
    }

    private Div part(String titleKey, String textKey, Button button) {
        Paragraph text = new Paragraph(getTranslation(textKey));
        text.addClassName("secondary");
        Div words = new Div(new H3(getTranslation(titleKey)), text);
        Div part = new Div(words, button);
        part.addClassName("danger-part");
        return part;
    }

    private void archive() {
        if (archived()) {
            services.projects().unarchive(project.id());
            UI.getCurrent().navigate("projects/" + project.id());
            return;
        }
        services.projects().archive(project.id());
        UI.getCurrent().navigate("projects");
        services.notices().undoable(getTranslation("project.archive.done", project.name()),
                () -> {
                    services.projects().unarchive(project.id());
                    UI.getCurrent().navigate("projects/" + project.id());
                });
    }

    private void askForName() {
        TextField name = new TextField(getTranslation("project.clone.name"));
        name.setValue(getTranslation("project.clone.of", project.name()));
        name.setWidthFull();
        Dialog dialog = new Dialog(getTranslation("project.clone"), name);
        Button create = new Button(getTranslation("project.clone.create"), click -> {
            Project copy = services.projects().cloneSetup(project.id(), name.getValue());
            dialog.close();
            UI.getCurrent().navigate("projects/new/" + copy.id());
        });
        create.addThemeVariants(ButtonVariant.PRIMARY);
        dialog.getFooter().add(new Button(getTranslation("project.cancel"), click -> dialog.close()), create);
        dialog.open();
    }

    private void confirmDeletion() {
        Dialog dialog = new Dialog(getTranslation("project.delete.title", project.name()));
        dialog.setMaxWidth("520px");
        TextField typed = new TextField(getTranslation("project.delete.type", project.name()));
        typed.setWidthFull();
        typed.setValueChangeMode(ValueChangeMode.EAGER);
        Button delete = new Button(getTranslation("project.delete.forever"), click -> {
            services.projects().delete(project.id(), typed.getValue());
            dialog.close();
            UI.getCurrent().navigate("projects");
            services.notices().info(getTranslation("project.delete.done", project.name()));
        });
        delete.addThemeVariants(ButtonVariant.PRIMARY, ButtonVariant.ERROR);
        delete.setEnabled(false);
        typed.addValueChangeListener(change -> delete.setEnabled(change.getValue().strip().equals(project.name().strip())));
        Div body = new Div(new Paragraph(getTranslation("project.delete.warning")), new Paragraph(getTranslation("project.delete.export")),
                new ExportLinks(project.id()), typed);
        body.addClassName("dialog-body");
        dialog.add(body);
        dialog.getFooter().add(new Button(getTranslation("project.cancel"), click -> dialog.close()), delete);
        dialog.open();
    }
}
