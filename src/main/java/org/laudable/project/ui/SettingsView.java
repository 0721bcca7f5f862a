package org.laudable.project.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.tabs.TabSheet;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.PermitAll;
import java.util.List;
import java.util.Optional;
import org.laudable.project.Project;
import org.laudable.project.ProjectAccess;
import org.laudable.project.ProjectKind;
import org.laudable.project.Role;
import org.laudable.series.ui.NormalForm;
import org.laudable.ui.ProjectPage;
import org.laudable.webhook.WebhookService;
import org.laudable.webhook.ui.WebhookPanel;

/** A project's settings, by subject; for its managers. */
@Route("projects/:projectId/settings")
@PermitAll
public class SettingsView extends ProjectPage {
    private final transient WizardServices services;
    private final transient WebhookService webhooks;
    private transient Project project;

    SettingsView(ProjectAccess access, WizardServices services, WebhookService webhooks) {
        super(access, Role.MANAGER, "ui.settings");
        this.services = services;
        this.webhooks = webhooks;
    }

    @Override
    protected void build() {
        project = services.projects().find(projectId());
        TabSheet tabs = new TabSheet();
        tabs.addClassName("settings-tabs");
        boolean series = project.kind() == ProjectKind.SERIES;
        GeneralForm general = new GeneralForm();
        if (series) {
            general.describes("project.description.helpSeries");
        }
        tabs.add(getTranslation("project.section.general"), form(List.of(general), null));
        if (series) {
            tabs.add(getTranslation("series.section.search"), search());
        }
        tabs.add(getTranslation("project.section.classes"), padded(new ClassEditor(projectId(), services.projects(), services.classes(), services.notices())));
        tabs.add(getTranslation("project.guidelines"), guidelines());
        tabs.add(getTranslation("project.section.labeling"), form(List.of(new PeopleForm()), null));
        tabs.add(getTranslation("project.section.gold"), form(List.of(new GoldForm(services.gold().count(projectId()),
                series ? Optional.of("projects/" + projectId() + "/gold") : Optional.empty())), null));
        tabs.add(getTranslation("project.section.loop"), series ? form(List.of(new SeriesBudgetStep.SeriesBatchForm()), null)
                : form(List.of(new LoopForm()), "project.loop.note"));
        if (!series) {
            tabs.add(getTranslation("project.section.oracle"), form(List.of(new OracleForm(services.models().all())), "project.loop.note"));
        }
        tabs.add(getTranslation("project.section.budget"), form(List.of(new BudgetForm()), null));
        tabs.add(getTranslation("webhook.title"), padded(new WebhookPanel(webhooks, projectId(), services.notices())));
        tabs.add(getTranslation("project.section.danger"), padded(new DangerZone(project, services)));
        add(new H1(getTranslation("ui.settings")), tabs);
    }

    private Component form(List<SettingsForm> forms, String noteKey) {
        forms.forEach(form -> form.read(project));
        Button save = new Button(getTranslation("project.save"), click -> {
            Project changed = project;
            for (SettingsForm form : forms) {
                changed = form.write(changed);
            }
            project = services.projects().update(changed);
            services.notices().info(getTranslation("project.saved"));
        });
        save.addThemeVariants(ButtonVariant.PRIMARY);
        Div body = new Div();
        body.addClassName("settings-body");
        if (noteKey != null) {
            Paragraph note = new Paragraph(getTranslation(noteKey));
            note.addClassName("secondary");
            body.add(note);
        }
        forms.forEach(body::add);
        body.add(save);
        return body;
    }

    private Component search() {
        NormalForm form = new NormalForm();
        form.read(services.series().settings(projectId()));
        Button save = new Button(getTranslation("project.save"), click -> {
            services.series().saveSettings(projectId(), form.write());
            services.notices().info(getTranslation("project.saved"));
        });
        save.addThemeVariants(ButtonVariant.PRIMARY);
        Paragraph note = new Paragraph(getTranslation("series.search.note"));
        note.addClassName("secondary");
        Div body = new Div(note, form, save);
        body.addClassName("settings-body");
        return body;
    }

    private Component guidelines() {
        GuidelineEditor editor = new GuidelineEditor();
        editor.read(services.projects().guideline(projectId()));
        Button save = new Button(getTranslation("project.guidelines.save"), click -> {
            services.projects().saveGuideline(projectId(), editor.markdown());
            editor.read(services.projects().guideline(projectId()));
            services.notices().info(getTranslation("project.saved"));
        });
        save.addThemeVariants(ButtonVariant.PRIMARY);
        Div body = new Div(editor, save);
        body.addClassNames("settings-body", "full");
        return body;
    }

    private static Component padded(Component part) {
        Div body = new Div(part);
        body.addClassNames("settings-body", "full");
        return body;
    }
}
