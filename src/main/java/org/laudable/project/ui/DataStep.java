package org.laudable.project.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.laudable.Refused;
import org.laudable.dataset.DataImport;
import org.laudable.dataset.ImportState;
import org.laudable.dataset.file.ColumnUse;
import org.laudable.dataset.ui.FileDrop;
import org.laudable.dataset.ui.FilePreviewPanel;
import org.laudable.dataset.ui.ImportList;
import org.laudable.project.Project;

/** Step 1: a name and a file. The project comes into being with the file, or when the person goes on. */
final class DataStep extends WizardStep {
    private final WizardServices services;
    private final Consumer<Project> created;
    private final GeneralForm general = new GeneralForm();
    private final Div data = new Div();
    private final AtomicReference<String> typed = new AtomicReference<>("");
    private final AtomicLong projectId = new AtomicLong();
    private FilePreviewPanel preview;

    /** @param created told when the project has come into being */
    DataStep(WizardServices services, Optional<Project> project, Consumer<Project> created) {
        this.services = services;
        this.created = created;
        add(new H2(getTranslation("project.step.data.title")), general, data);
        data.addClassName("wizard-data");
        general.name().addValueChangeListener(change -> typed.set(general.typedName()));
        project.ifPresent(known -> {
            projectId.set(known.id());
            general.read(known);
        });
        showData();
    }

    @Override
    Project save(Project project, boolean complete) {
        Project saved = project;
        if (project == null) {
            saved = services.projects().create(general.typedName(), general.typedDescription());
            projectId.set(saved.id());
            created.accept(saved);
        } else if (!general.write(project).equals(project)) {
            saved = services.projects().update(general.write(project));
        }
        if (preview != null) {
            preview.save();
        }
        if (complete) {
            check(saved);
        }
        return saved;
    }

    private void check(Project project) {
        if (services.imports().ofProject(project.id()).isEmpty()) {
            throw new Refused(getTranslation("project.step.data.noFile"));
        }
        if (preview != null && !preview.has(ColumnUse.TEXT)) {
            throw new Refused(getTranslation("project.step.data.noText"));
        }
    }

    private void showData() {
        data.removeAll();
        preview = null;
        List<DataImport> files = projectId.get() == 0 ? List.of() : services.imports().ofProject(projectId.get());
        Optional<DataImport> draft = files.stream().filter(file -> file.state() == ImportState.DRAFT).findFirst();
        if (draft.isPresent()) {
            preview = new FilePreviewPanel(services.imports(), draft.get());
            Button other = new Button(getTranslation("project.step.data.otherFile"), click -> {
                services.imports().discard(projectId.get(), draft.get().id());
                showData();
            });
            other.addThemeVariants(ButtonVariant.TERTIARY);
            data.add(preview, other);
            return;
        }
        if (!files.isEmpty()) {
            data.add(new ImportList(projectId.get(), true, services.imports(), services.jobs(), services.events(), file -> showData()));
            return;
        }
        Paragraph lead = new Paragraph(getTranslation("project.step.data.lead"));
        lead.addClassName("secondary");
        data.add(lead, new FileDrop(this::receive, services.notices(), file -> {
            services.projects().mine().stream().filter(project -> project.id() == file.projectId()).findFirst().ifPresent(project -> {
                if (general.typedName().isEmpty()) {
                    general.name().setValue(project.name());
                }
                created.accept(project);
            });
            showData();
        }));
    }

    /** Runs in the upload's request. */
    private DataImport receive(String fileName, InputStream bytes) throws IOException {
        return projectId.get() == 0 ? services.imports().uploadFirst(() -> projectFor(fileName), fileName, bytes)
                : services.imports().upload(projectId.get(), fileName, bytes);
    }

    /** A file without a project yet brings it into being, named like the file. */
    private synchronized long projectFor(String fileName) {
        if (projectId.get() == 0) {
            int dot = fileName.lastIndexOf('.');
            String base = (dot > 0 ? fileName.substring(0, dot) : fileName).strip();
            String name = typed.get().isBlank() ? base.isEmpty() ? fileName : base : typed.get();
            projectId.set(services.projects().create(name.substring(0, Math.min(120, name.length())), "").id());
        }
        return projectId.get();
    }
}
