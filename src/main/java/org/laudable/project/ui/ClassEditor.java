package org.laudable.project.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import java.util.List;
import org.laudable.project.ClassService;
import org.laudable.project.ClassService.NewClass;
import org.laudable.project.LabelClass;
import org.laudable.project.PastedClasses;
import org.laudable.project.ProjectService;
import org.laudable.ui.Icon;
import org.laudable.ui.Notices;

/** The classes of a project, edited in place; every change is saved at once. */
final class ClassEditor extends Div {
    private static final String KEYS = "123456789abcdefghijklmnopqrstuvwxyz";

    private final long projectId;
    private final ProjectService projects;
    private final ClassService classes;
    private final Notices notices;
    private final Div list = new Div();
    private final Div retired = new Div();

    ClassEditor(long projectId, ProjectService projects, ClassService classes, Notices notices) {
        this.projectId = projectId;
        this.projects = projects;
        this.classes = classes;
        this.notices = notices;
        addClassName("class-editor");
        list.addClassName("class-list");
        add(list, adding(), pasting(), retired);
        show();
    }

    int active() {
        return (int) projects.classes(projectId).stream().filter(c -> !c.retired()).count();
    }

    void show() {
        list.removeAll();
        retired.removeAll();
        List<LabelClass> all = projects.classes(projectId);
        List<LabelClass> used = all.stream().filter(c -> !c.retired()).toList();
        for (int i = 0; i < used.size(); i++) {
            list.add(row(used.get(i), i));
        }
        if (used.isEmpty()) {
            list.add(new Paragraph(getTranslation("project.classes.empty")));
        }
        List<LabelClass> gone = all.stream().filter(LabelClass::retired).toList();
        if (!gone.isEmpty()) {
            retired.add(new H3(getTranslation("project.classes.retired")));
            gone.forEach(one -> retired.add(retiredRow(one)));
        }
    }

    private Component row(LabelClass one, int place) {
        Span key = new Span(place < KEYS.length() ? KEYS.substring(place, place + 1) : "·");
        key.addClassName("keycap");
        TextField name = new TextField();
        name.setAriaLabel(getTranslation("project.classes.name"));
        name.setValue(one.name());
        name.setMaxLength(200);
        TextField description = new TextField();
        description.setAriaLabel(getTranslation("project.classes.descriptionOf", one.name()));
        description.setPlaceholder(getTranslation("project.classes.description"));
        description.setValue(one.description());
        name.addValueChangeListener(change -> saved(() -> classes.rename(projectId, one.id(), name.getValue(), description.getValue())));
        description.addValueChangeListener(change -> saved(() -> classes.rename(projectId, one.id(), name.getValue(), description.getValue())));
        Button remove = new Button(Icon.CLOSE.create(), click -> remove(one));
        remove.addThemeVariants(ButtonVariant.TERTIARY);
        remove.setAriaLabel(getTranslation("project.classes.remove", one.name()));
        Div row = new Div(key, name, description, remove);
        row.addClassName("class-row");
        return row;
    }

    private Component retiredRow(LabelClass one) {
        Span name = new Span(one.name());
        name.addClassName("secondary");
        Button restore = new Button(getTranslation("project.classes.restore"),
                click -> saved(() -> classes.restore(projectId, one.id())));
        restore.addThemeVariants(ButtonVariant.SMALL);
        Div row = new Div(name, restore);
        row.addClassName("retired-row");
        return row;
    }

    private Component adding() {
        TextField name = new TextField();
        name.setPlaceholder(getTranslation("project.classes.new"));
        name.setAriaLabel(getTranslation("project.classes.new"));
        TextField description = new TextField();
        description.setPlaceholder(getTranslation("project.classes.description"));
        description.setAriaLabel(getTranslation("project.classes.description"));
        Runnable add = () -> {
            if (!name.getValue().isBlank()) {
                saved(() -> classes.add(projectId, List.of(new NewClass(name.getValue(), description.getValue()))));
                name.clear();
                description.clear();
                name.focus();
            }
        };
        name.addKeyPressListener(Key.ENTER, press -> add.run());
        description.addKeyPressListener(Key.ENTER, press -> add.run());
        Button button = new Button(getTranslation("project.classes.add"), click -> add.run());
        Div row = new Div(new Span(), name, description, button);
        row.addClassNames("class-row", "new");
        return row;
    }

    private Component pasting() {
        TextArea text = new TextArea();
        text.setAriaLabel(getTranslation("project.classes.paste"));
        text.setPlaceholder(getTranslation("project.classes.paste.example"));
        text.setMinRows(4);
        text.setWidthFull();
        Button button = new Button(getTranslation("project.classes.paste.add"), click -> {
            saved(() -> classes.add(projectId, PastedClasses.parse(text.getValue())));
            text.clear();
        });
        Div body = new Div(text, button);
        body.addClassName("paste");
        return new Details(getTranslation("project.classes.paste"), body);
    }

    private void remove(LabelClass one) {
        if (classes.usage(projectId, one.id()).used()) {
            new ClassRemoval(projectId, one, projects, classes, this::show).open();
            return;
        }
        saved(() -> classes.remove(projectId, one.id()));
        notices.undoable(getTranslation("project.classes.removed", one.name()),
                () -> saved(() -> classes.add(projectId, List.of(new NewClass(one.name(), one.description())))));
    }

    private void saved(Runnable change) {
        try {
            change.run();
        } finally {
            show();
        }
    }
}
