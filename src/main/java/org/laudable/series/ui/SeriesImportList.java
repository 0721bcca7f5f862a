package org.laudable.series.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.progressbar.ProgressBar;
import java.util.List;
import java.util.Optional;
import org.laudable.dataset.ImportState;
import org.laudable.dataset.ui.When;
import org.laudable.jobs.Job;
import org.laudable.jobs.JobService;
import org.laudable.live.ProjectEvents;
import org.laudable.series.SeriesImport;
import org.laudable.series.SeriesImportService;

/** The imports of series of a project: how far each is and what was left out; live. */
public final class SeriesImportList extends Div {
    private static final int SHOWN_REFUSALS = 200;

    private final long projectId;
    private final boolean manager;
    private final transient SeriesImportService imports;
    private final transient JobService jobs;
    private final transient ProjectEvents events;
    private final transient Runnable openDraft;
    private transient Runnable unsubscribe = () -> { };

    /**
     * @param manager   whether the person may act, not only look
     * @param openDraft what a draft's button does
     */
    public SeriesImportList(long projectId, boolean manager, SeriesImportService imports, JobService jobs, ProjectEvents events, Runnable openDraft) {
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
        List<SeriesImport> all = imports.ofProject(projectId);
        if (all.isEmpty()) {
            Div empty = new Div(new Paragraph(getTranslation("series.imports.empty")));
            empty.addClassName("empty");
            add(empty);
        }
        all.forEach(one -> add(card(one)));
    }

    private Component card(SeriesImport one) {
        Span name = new Span(one.files().size() == 1 ? one.files().getFirst().name()
                : getTranslation("series.imports.files", one.files().getFirst().name(), one.files().size() - 1));
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
        if (one.seriesIn() > 0 || one.state() == ImportState.DONE) {
            Paragraph counts = new Paragraph(getTranslation("series.imports.counts", one.seriesIn(), one.pointsIn(), one.refused().size()));
            counts.addClassName("num");
            card.add(counts);
        }
        if (one.error() != null && one.stopped()) {
            card.add(note(one.error(), "bad"));
        }
        if (one.state() == ImportState.CANCELLED) {
            card.add(note(getTranslation("series.imports.cancelledNote"), "warn"));
        }
        if (!one.refused().isEmpty()) {
            card.add(refused(one));
        }
        return card;
    }

    private Component refused(SeriesImport one) {
        UnorderedList list = new UnorderedList();
        list.addClassName("findings");
        one.refused().stream().limit(SHOWN_REFUSALS).forEach(refusal -> list.add(new ListItem(refusal.path() + ": " + refusal.reason())));
        return new Details(getTranslation("series.imports.leftOut", one.refused().size()), list);
    }

    private Component progress(SeriesImport one) {
        Optional<Job> job = Optional.ofNullable(one.jobId()).flatMap(jobs::find);
        ProgressBar bar = new ProgressBar();
        bar.getElement().setAttribute("aria-label", getTranslation("dataset.import.progress", one.files().getFirst().name()));
        Optional<Job> measured = job.filter(running -> running.total() > 0);
        if (measured.isPresent()) {
            bar.setValue(Math.clamp(measured.get().done() / (double) measured.get().total(), 0, 1));
        } else {
            bar.setIndeterminate(true);
        }
        Span message = new Span(job.map(Job::message).filter(text -> text != null && !text.isBlank()).orElse(getTranslation("dataset.import.begins")));
        message.addClassNames("small", "secondary");
        Div progress = new Div(bar, message);
        progress.addClassName("import-progress");
        return progress;
    }

    private Component actions(SeriesImport one) {
        Div actions = new Div();
        actions.addClassName("row-actions");
        if (!manager) {
            return actions;
        }
        switch (one.state()) {
            case DRAFT -> actions.add(button("dataset.import.discard", () -> imports.discard(projectId, one.id())),
                    new Button(getTranslation("dataset.import.open"), click -> openDraft.run()));
            case WAITING, RUNNING -> actions.add(button("dataset.import.cancel", () -> imports.cancel(projectId, one.id())));
            case FAILED, CANCELLED -> actions.add(button("dataset.import.resume", () -> imports.resume(projectId, one.id())));
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
        note.addClassNames("note", kind);
        return note;
    }
}
