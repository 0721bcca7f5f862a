package org.laudable.project.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.laudable.Refused;
import org.laudable.dataset.DataImport;
import org.laudable.dataset.LabelValue;
import org.laudable.dataset.file.ColumnUse;
import org.laudable.project.ClassService.NewClass;
import org.laudable.project.Project;

/** Step 2: the classes, typed, pasted, or taken from the file's label column. */
final class ClassesStep extends WizardStep {
    private final WizardServices services;
    private final ClassEditor editor;

    ClassesStep(WizardServices services, Project project) {
        this.services = services;
        editor = new ClassEditor(project.id(), services.projects(), services.classes(), services.notices());
        Paragraph lead = new Paragraph(getTranslation("project.step.classes.lead"));
        lead.addClassName("secondary");
        add(new H2(getTranslation("project.step.classes.title")), lead);
        services.imports().ofProject(project.id()).stream().filter(file -> file.column(ColumnUse.LABEL).isPresent()).findFirst()
                .ifPresent(file -> add(offer(file)));
        add(editor);
    }

    @Override
    Project save(Project project, boolean complete) {
        if (complete && editor.active() < 2) {
            throw new Refused(getTranslation("project.step.classes.two"));
        }
        return project;
    }

    private Div offer(DataImport file) {
        String column = file.column(ColumnUse.LABEL).orElseThrow();
        Button take = new Button(getTranslation("project.step.classes.take", column), click -> take(file));
        take.addThemeVariants(ButtonVariant.PRIMARY);
        Paragraph text = new Paragraph(getTranslation("project.step.classes.offer", column));
        Div offer = new Div(text, take);
        offer.addClassName("offer");
        return offer;
    }

    private void take(DataImport file) {
        List<LabelValue> values = services.imports().labelValues(file.projectId(), file.id());
        if (values.size() < 2) {
            throw new Refused(getTranslation("project.step.classes.oneValue", file.column(ColumnUse.LABEL).orElse(""),
                    Optional.of(values).filter(all -> !all.isEmpty()).map(all -> all.getFirst().value()).orElse("–")));
        }
        Set<String> there = services.projects().classes(file.projectId()).stream()
                .map(c -> c.name().toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
        List<NewClass> fresh = values.stream().map(LabelValue::value)
                .filter(value -> value.length() <= 200 && there.add(value.toLowerCase(Locale.ROOT)))
                .sorted(String.CASE_INSENSITIVE_ORDER).map(value -> new NewClass(value, "")).toList();
        if (!fresh.isEmpty()) {
            services.classes().add(file.projectId(), fresh);
        }
        editor.show();
        services.notices().info(getTranslation("project.step.classes.taken", fresh.size()));
    }
}
