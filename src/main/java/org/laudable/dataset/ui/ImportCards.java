package org.laudable.dataset.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.progressbar.ProgressBar;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.laudable.dataset.ImportState;
import org.laudable.jobs.Job;
import org.laudable.jobs.JobService;
import org.laudable.live.ProjectEvents;

/** The imports of a project, of texts or of series, a card each: how far it is and how it went; live. */
public abstract class ImportCards extends Div {
    private final long projectId;
    private final boolean manager;
    private final JobService jobs;
    private final ProjectEvents events;
    private final String empty;
    private final String cancelled;
    private Runnable unsubscribe = () -> { };

    /**
     * What every import says of itself.
     *
     * @param name    its file, or the first one and how many more
     * @param jobId   the job that carries it in; null for a draft
     * @param error   why it failed; null otherwise
     * @param report  what came in and what did not
     * @param actions what a manager can do with it
     */
    public record Card(String name, ImportState state, Instant createdAt, Long jobId, String error, List<Component> report, List<Component> actions) {}

    /**
     * @param manager   whether the person may act, not only look
     * @param empty     key of the sentence where there is no import yet
     * @param cancelled key of what a cancelled import left behind
     */
    protected ImportCards(long projectId, boolean manager, JobService jobs, ProjectEvents events, String empty, String cancelled) {
        this.projectId = projectId;
        this.manager = manager;
        this.jobs = jobs;
        this.events = events;
        this.empty = empty;
        this.cancelled = cancelled;
        addClassName("import-list");
    }

    /** Newest first, read anew. */
    protected abstract List<Card> read();

    protected final long projectId() {
        return projectId;
    }

    @Override
    protected void onAttach(AttachEvent attached) {
        UI ui = attached.getUI();
        show();
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
    public final void show() {
        removeAll();
        List<Card> all = read();
        if (all.isEmpty()) {
            Div nothing = new Div(new Paragraph(getTranslation(empty)));
            nothing.addClassName("empty");
            add(nothing);
        }
        all.forEach(one -> add(card(one)));
    }

    private Component card(Card one) {
        Span name = new Span(one.name());
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
        Div actions = new Div();
        actions.addClassName("row-actions");
        if (manager) {
            actions.add(one.actions());
        }
        Div head = new Div(name, state, when, actions);
        head.addClassName("import-head");
        Div card = new Div(head);
        card.addClassName("import-card");
        if (one.state() == ImportState.RUNNING || one.state() == ImportState.WAITING) {
            card.add(progress(one));
        }
        card.add(one.report());
        if (one.error() != null && (one.state() == ImportState.FAILED || one.state() == ImportState.CANCELLED)) {
            card.add(note(one.error(), "bad"));
        }
        if (one.state() == ImportState.CANCELLED) {
            card.add(note(getTranslation(cancelled), "warn"));
        }
        return card;
    }

    private Component progress(Card one) {
        Optional<Job> job = Optional.ofNullable(one.jobId()).flatMap(jobs::find);
        ProgressBar bar = new ProgressBar();
        bar.getElement().setAttribute("aria-label", getTranslation("dataset.import.progress", one.name()));
        OptionalDouble share = job.map(Job::share).orElse(OptionalDouble.empty());
        bar.setIndeterminate(share.isEmpty());
        share.ifPresent(bar::setValue);
        Span left = new Span(job.flatMap(this::said).orElse(getTranslation("dataset.import.begins")));
        left.addClassNames("small", "secondary");
        Div progress = new Div(bar, left);
        progress.addClassName("import-progress");
        return progress;
    }

    /** What the job says it is at, and how long it still takes; empty: neither is known yet. */
    private Optional<String> said(Job job) {
        List<String> parts = Stream.concat(Optional.ofNullable(job.message()).filter(text -> !text.isBlank()).stream(),
                job.timeLeft(Instant.now()).map(this::timeLeft).stream()).toList();
        return parts.isEmpty() ? Optional.empty() : Optional.of(String.join(" · ", parts));
    }

    private String timeLeft(Duration left) {
        return left.toSeconds() < 90 ? getTranslation("dataset.import.secondsLeft", Math.max(1, left.toSeconds()))
                : getTranslation("dataset.import.minutesLeft", (left.toSeconds() + 59) / 60);
    }

    /** A small button that does this and reads the list again. */
    protected final Button button(String key, Runnable deed) {
        Button button = new Button(getTranslation(key), click -> {
            deed.run();
            show();
        });
        button.addThemeVariants(ButtonVariant.SMALL);
        return button;
    }

    /** A sentence that is set apart. */
    protected static Paragraph note(String text, String kind) {
        Paragraph note = new Paragraph(text);
        note.addClassNames("note", kind);
        return note;
    }

    /** A sentence of figures. */
    protected static Paragraph counts(String text) {
        Paragraph counts = new Paragraph(text);
        counts.addClassName("num");
        return counts;
    }
}
