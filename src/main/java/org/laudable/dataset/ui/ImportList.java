package org.laudable.dataset.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.progressbar.ProgressBar;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.laudable.dataset.DataImport;
import org.laudable.dataset.ImportService;
import org.laudable.dataset.ImportState;
import org.laudable.jobs.Job;
import org.laudable.jobs.JobService;
import org.laudable.live.ProjectEvents;

/** The files of a project: how far each is, and the report of how it went; live. */
public final class ImportList extends Div {
    private final long projectId;
    private final boolean manager;
    private final ImportService imports;
    private final JobService jobs;
    private final ProjectEvents events;
    private final Consumer<DataImport> openDraft;
    private Runnable unsubscribe = () -> { };

    /**
     * @param manager   whether the person may act, not only look
     * @param openDraft what a draft's button does
     */
    public ImportList(long projectId, boolean manager, ImportService imports, JobService jobs, ProjectEvents events,
            Consumer<DataImport> openDraft) {
        this.projectId = projectId;
        this.manager = manager;
        this.imports = imports;
        this.jobs = jobs;
        this.events = events;
        this.openDraft = openDraft;
        addClassName("import-list");
        show();
    }

    @Override
    protected void onAttach(AttachEvent attached) {
        UI ui = attached.getUI();
        unsubscribe = events.subscribe(projectId, kind -> {
            if (kind == ProjectEvents.Kind.IMPORT) {
                ui.access(this::show);
            }
        });
    }

    @Override
    protected void onDetach(DetachEvent detached) {
        unsubscribe.run();
    }

    /** Reads the list again. */
    public void show() {
        removeAll();
        List<DataImport> all = imports.ofProject(projectId);
        if (all.isEmpty()) {
            Div empty = new Div(new Paragraph(getTranslation("dataset.imports.empty")));
            empty.addClassName("empty");
            add(empty);
        }
        all.forEach(one -> add(card(one)));
    }

    private Component card(DataImport one) {
        Span name = new Span(one.fileName());
        name.addClassName("file-name");
        Span state = new Span(getTranslation("dataset.import." + one.state()));
        state.addClassNames("chip", switch (one.state()) {
            case DONE -> "good";
            case FAILED -> "bad";
            case CANCELLED -> "warn";
            default -> "accent";
        });
        When when = new When(one.createdAt());
        when.addClassNames("small", "secondary");
        Div head = new Div(name, state, when, actions(one));
        head.addClassName("import-head");
        Div card = new Div(head);
        card.addClassName("import-card");
        if (one.state() == ImportState.RUNNING || one.state() == ImportState.WAITING) {
            card.add(progress(one));
        }
        if (one.rowsRead() > 0) {
            Paragraph counts = new Paragraph(getTranslation("dataset.import.counts", one.rowsIn(), one.rowsMerged(), one.rowsRefused()));
            counts.addClassName("num");
            card.add(counts);
        }
        if (!one.unknownLabels().isEmpty()) {
            String values = one.unknownLabels().entrySet().stream().limit(8)
                    .map(entry -> "%s (%d)".formatted(entry.getKey(), entry.getValue())).collect(Collectors.joining(", "));
            card.add(note(getTranslation("dataset.import.unknown", values), "warn"));
        }
        if (one.error() != null && one.stopped()) {
            card.add(note(one.error(), "bad"));
        }
        if (one.state() == ImportState.CANCELLED) {
            card.add(note(getTranslation("dataset.import.cancelledNote"), "warn"));
        }
        return card;
    }

    private Component progress(DataImport one) {
        ProgressBar bar = new ProgressBar();
        Optional<Job> job = Optional.ofNullable(one.jobId()).flatMap(jobs::find);
        long total = job.map(Job::total).orElse(0L);
        long done = job.map(Job::done).orElse(0L);
        bar.setIndeterminate(total <= 0);
        if (total > 0) {
            bar.setValue(Math.min(1.0, done / (double) total));
        }
        bar.getElement().setAttribute("aria-label", getTranslation("dataset.import.progress", one.fileName()));
        Span left = new Span(job.flatMap(found -> found.timeLeft(Instant.now())).map(this::timeLeft)
                .orElse(getTranslation("dataset.import.begins")));
        left.addClassNames("small", "secondary");
        Div progress = new Div(bar, left);
        progress.addClassName("import-progress");
        return progress;
    }

    private String timeLeft(Duration left) {
        return left.toSeconds() < 90 ? getTranslation("dataset.import.secondsLeft", Math.max(1, left.toSeconds()))
                : getTranslation("dataset.import.minutesLeft", (left.toSeconds() + 59) / 60);
    }

    private Component actions(DataImport one) {
        Div actions = new Div();
        actions.addClassName("row-actions");
        if (!manager) {
            return actions;
        }
        if (one.rowsRefused() > 0) {
            Anchor refused = new Anchor("/api/v1/projects/%d/imports/%d/refused.csv".formatted(projectId, one.id()),
                    getTranslation("dataset.import.refusedFile"));
            refused.getElement().setAttribute("download", true);
            refused.setRouterIgnore(true);
            actions.add(refused);
        }
        switch (one.state()) {
            case DRAFT -> actions.add(button("dataset.import.discard", () -> imports.discard(projectId, one.id())),
                    new Button(getTranslation("dataset.import.open"), click -> openDraft.accept(one)));
            case WAITING, RUNNING -> actions.add(button("dataset.import.cancel", () -> imports.cancel(projectId, one.id())));
            case FAILED, CANCELLED -> {
                if (one.refuseAll() && one.rowsRefused() > 0) {
                    actions.add(button("dataset.import.goodRows", () -> imports.resumeWithGoodRows(projectId, one.id())));
                } else {
                    actions.add(button("dataset.import.resume", () -> imports.resume(projectId, one.id())));
                }
            }
            case DONE -> { }
        }
        return actions;
    }

    private Button button(String key, Runnable deed) {
        Button button = new Button(getTranslation(key), click -> {
            deed.run();
            show();
        });
        button.addThemeVariants(ButtonVariant.SMALL);
        return button;
    }

    private static Paragraph note(String text, String kind) {
        Paragraph note = new Paragraph(text);
        note.addClassNames("note", kind.toLowerCase(Locale.ROOT));
        return note;
    }
}
