package org.laudable.jobs.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.PollEvent;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.progressbar.ProgressBar;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.shared.Registration;
import jakarta.annotation.security.RolesAllowed;
import java.text.NumberFormat;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import org.laudable.jobs.Job;
import org.laudable.jobs.JobBoard;
import org.laudable.jobs.JobState;
import org.laudable.security.CurrentUser;

/** The newest work in the background, of all projects: what runs, what failed and why, to cancel or to try again. */
@Route("admin/jobs")
@RolesAllowed(CurrentUser.ADMIN)
class JobsView extends Div implements HasDynamicTitle {
    private static final int SHOWN = 100;
    private static final int POLL_MILLIS = 2_000;

    private final JobBoard jobs;
    private final Clock clock;
    private final UnorderedList rows = new UnorderedList();
    private final Div empty = new Div();
    private List<Job> shown = List.of();
    private Registration polling;

    JobsView(JobBoard jobs, Clock clock) {
        this.jobs = jobs;
        this.clock = clock;
        addClassName("page");
        rows.addClassNames("rows", "jobs");
        empty.addClassName("empty");
        empty.setText(getTranslation("jobs.none"));
        Div head = new Div(new H1(getTranslation("ui.jobs")));
        head.addClassName("page-head");
        add(head, rows, empty);
    }

    @Override
    public String getPageTitle() {
        return getTranslation("ui.jobs");
    }

    @Override
    protected void onAttach(AttachEvent event) {
        super.onAttach(event);
        event.getUI().setPollInterval(POLL_MILLIS);
        polling = event.getUI().addPollListener(this::refresh);
        show(newest());
    }

    @Override
    protected void onDetach(DetachEvent event) {
        polling.remove();
        event.getUI().setPollInterval(-1);
        super.onDetach(event);
    }

    private void refresh(PollEvent poll) {
        List<Job> newest = newest();
        if (!newest.equals(shown)) {
            show(newest);
        }
    }

    private List<Job> newest() {
        return jobs.newest(SHOWN);
    }

    private void show(List<Job> newest) {
        shown = newest;
        rows.removeAll();
        newest.forEach(job -> rows.add(row(job)));
        rows.setVisible(!newest.isEmpty());
        empty.setVisible(newest.isEmpty());
    }

    private ListItem row(Job job) {
        Span kind = new Span(kind(job.kind()));
        kind.addClassName("name");
        Span when = new Span("#" + job.id() + " · " + ago(job.createdAt()));
        when.addClassNames("secondary", "small");
        when.setTitle(exact(job.createdAt()));
        Div what = new Div(kind, when);
        what.addClassName("who");
        Span state = new Span(getTranslation("jobs.state." + job.state()));
        state.addClassNames("chip", colour(job.state()));
        ListItem row = new ListItem(what, progress(job), state, action(job));
        if (job.error() != null) {
            Div error = new Div(job.error());
            error.addClassName("job-error");
            row.add(error);
        }
        return row;
    }

    private Div progress(Job job) {
        Div progress = new Div();
        progress.addClassName("progress");
        if (job.state() == JobState.RUNNING) {
            ProgressBar bar = new ProgressBar();
            bar.setIndeterminate(job.share().isEmpty());
            job.share().ifPresent(bar::setValue);
            bar.getElement().setAttribute("aria-label", getTranslation("jobs.progress"));
            progress.add(bar);
        }
        NumberFormat number = NumberFormat.getIntegerInstance(getLocale());
        String figures = job.state().ended() ? "" : job.total() == null ? (job.done() > 0 ? number.format(job.done()) : "")
                : getTranslation("jobs.of", job.done(), job.total());
        String left = job.timeLeft(clock.instant()).map(rest -> " · " + getTranslation("jobs.left", words(rest))).orElse("");
        Span text = new Span(String.join(" · ", List.of(job.message(), figures).stream().filter(part -> !part.isBlank()).toList()) + left);
        text.addClassNames("secondary", "small");
        progress.add(text);
        return progress;
    }

    private Button action(Job job) {
        boolean ended = job.state().ended();
        Button button = new Button(getTranslation(ended ? "jobs.retry" : "jobs.cancel"), click -> {
            if (ended) {
                jobs.retry(job.id());
            } else {
                jobs.cancel(job.id());
            }
            show(newest());
        });
        button.addThemeVariants(ButtonVariant.SMALL);
        button.setVisible(job.state() != JobState.DONE);
        return button;
    }

    private String kind(String kind) {
        String key = "jobs.kind." + kind;
        String text = getTranslation(key);
        return text.equals(key) ? kind : text;
    }

    private String ago(Instant at) {
        Duration age = Duration.between(at, clock.instant());
        return age.toSeconds() < 60 ? getTranslation("jobs.now")
                : age.toHours() < 48 ? getTranslation("jobs.ago", words(age)) : exact(at);
    }

    private String words(Duration duration) {
        return duration.toMinutes() < 1 ? getTranslation("jobs.seconds", duration.toSeconds())
                : duration.toHours() < 2 ? getTranslation("jobs.minutes", duration.toMinutes())
                        : getTranslation("jobs.hours", duration.toHours());
    }

    private String exact(Instant at) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM).withLocale(getLocale())
                .withZone(ZoneId.systemDefault()).format(at);
    }

    private static String colour(JobState state) {
        return switch (state) {
            case DONE -> "good";
            case FAILED -> "bad";
            case RUNNING -> "accent";
            case WAITING, CANCELLED -> "plain";
        };
    }
}
