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
import org.laudable.project.Project;
import org.laudable.project.SeriesClassNames;
import org.laudable.series.SeriesImport;
import org.laudable.series.ui.SeriesDrop;
import org.laudable.series.ui.SeriesImportList;
import org.laudable.series.ui.SeriesPlanPanel;

/** Step 1 for time series: a name and files. The project comes into being with the first file, or when the person goes on. */
final class SeriesDataStep extends WizardStep {
    private final WizardServices services;
    private final Consumer<Project> created;
    private final GeneralForm general = new GeneralForm();
    private final SeriesDrop drop;
    private final Div data = new Div();
    private final AtomicReference<String> typed = new AtomicReference<>("");
    private final AtomicLong projectId = new AtomicLong();
    private final SeriesClassNames classNames;
    private SeriesPlanPanel plan;

    /** @param created told when the project has come into being */
    SeriesDataStep(WizardServices services, Optional<Project> project, Consumer<Project> created) {
        this.services = services;
        this.created = created;
        classNames = new SeriesClassNames(getTranslation("series.class.ANOMALY"), getTranslation("series.class.NORMAL"), getTranslation("series.class.EXPECTED"));
        drop = new SeriesDrop(this::receive, services.notices(), this::arrived);
        Paragraph lead = new Paragraph(getTranslation("project.step.series.lead"));
        lead.addClassName("secondary");
        general.describes("project.description.helpSeries");
        add(new H2(getTranslation("project.step.data.title")), general, lead, drop, data);
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
            saved = services.projects().createSeries(general.typedName(), general.typedDescription(), classNames);
            projectId.set(saved.id());
            created.accept(saved);
        } else if (!general.write(project).equals(project)) {
            saved = services.projects().update(general.write(project));
        }
        if (plan != null) {
            plan.save();
        }
        if (complete) {
            check(saved);
        }
        return saved;
    }

    private void check(Project project) {
        if (services.seriesImports().ofProject(project.id()).isEmpty()) {
            throw new Refused(getTranslation("project.step.series.noFile"));
        }
        if (plan != null && !plan.usable()) {
            throw new Refused(getTranslation("project.step.series.noSeries"));
        }
    }

    /** Shows what has arrived; the drop stays, for more files may be on their way. */
    private void showData() {
        data.removeAll();
        plan = null;
        Optional<SeriesImport> draft = projectId.get() == 0 ? Optional.empty() : services.seriesImports().draft(projectId.get());
        List<SeriesImport> files = projectId.get() == 0 ? List.of() : services.seriesImports().ofProject(projectId.get());
        if (draft.isEmpty() && !files.isEmpty()) {
            data.add(new SeriesImportList(projectId.get(), true, services.seriesImports(), services.jobs(), services.events(), this::showData));
            return;
        }
        draft.ifPresent(one -> {
            plan = new SeriesPlanPanel(services.seriesImports(), one, this::showData);
            Button other = new Button(getTranslation("project.step.series.discard"), click -> {
                services.seriesImports().discard(projectId.get(), one.id());
                showData();
            });
            other.addThemeVariants(ButtonVariant.TERTIARY);
            data.add(plan, other);
        });
    }

    private void arrived() {
        services.projects().mine().stream().filter(project -> project.id() == projectId.get()).findFirst().ifPresent(project -> {
            if (general.typedName().isEmpty()) {
                general.name().setValue(project.name());
            }
            created.accept(project);
        });
        showData();
    }

    /** Runs in the upload's request. */
    private SeriesImport receive(String fileName, InputStream bytes) throws IOException {
        return projectId.get() == 0 ? services.seriesImports().uploadFirst(() -> projectFor(fileName), fileName, bytes)
                : services.seriesImports().upload(projectId.get(), fileName, bytes);
    }

    /** A file without a project yet brings it into being, named like the file. */
    private synchronized long projectFor(String fileName) {
        if (projectId.get() == 0) {
            int dot = fileName.indexOf('.', 1);
            String base = (dot > 0 ? fileName.substring(0, dot) : fileName).strip();
            String name = typed.get().isBlank() ? base.isEmpty() ? fileName : base : typed.get();
            projectId.set(services.projects().createSeries(name.substring(0, Math.min(120, name.length())), "", classNames).id());
        }
        return projectId.get();
    }
}
