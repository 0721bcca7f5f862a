package org.laudable.streaming.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.PermitAll;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.laudable.Refused;
import org.laudable.live.ProjectEvents;
import org.laudable.loop.ui.Figures;
import org.laudable.loop.ui.LiveRefresh;
import org.laudable.project.Meaning;
import org.laudable.project.ProjectAccess;
import org.laudable.project.Role;
import org.laudable.security.CurrentUser;
import org.laudable.security.User;
import org.laudable.streaming.LiveAnomaly;
import org.laudable.streaming.LiveApprovals;
import org.laudable.streaming.LiveBoard;
import org.laudable.streaming.LiveHarvest;
import org.laudable.streaming.LiveService;
import org.laudable.ui.Notices;
import org.laudable.ui.ProjectPage;

/** Series scored as their points come: which model does it, how each series stands, what was found. Live by push. */
@Route("projects/:projectId/live")
@PermitAll
class LivePage extends ProjectPage {
    private static final Duration AT_MOST_EVERY = Duration.ofMillis(500);

    private final LiveService live;
    private final LiveApprovals approvals;
    private final LiveHarvest harvest;
    private final ProjectEvents events;
    private final Notices notices;
    private final User user;
    private final Div body = new Div();
    private Figures figures;
    private Optional<Panels> panels = Optional.empty();
    private Runnable unsubscribe = () -> { };

    LivePage(ProjectAccess access, LiveService live, LiveApprovals approvals, LiveHarvest harvest, ProjectEvents events, Notices notices, CurrentUser currentUser) {
        super(access, Role.REVIEWER, "live.title");
        this.live = live;
        this.approvals = approvals;
        this.harvest = harvest;
        this.events = events;
        this.notices = notices;
        this.user = currentUser.require();
        addClassName("live-page");
        body.addClassName("run-body");
    }

    private record Panels(ModelCard model, SeriesTable series, FoundList found) {

        void show(LiveBoard board, List<String> choices) {
            model.show(board, choices);
            series.show(board);
            found.show(board);
        }
    }

    /** What the page shows, read at one moment. */
    private record Read(LiveBoard board, List<String> choices) {}

    @Override
    protected void build() {
        figures = new Figures(this, UI.getCurrent().getLocale());
        Div head = new Div(new H1(figures.text("live.title")));
        head.addClassName("page-head");
        Paragraph note = new Paragraph(figures.text("live.note"));
        note.addClassName("secondary");
        panels = Optional.empty();
        body.removeAll();
        add(head, note, body);
        show(read());
    }

    private Read read() {
        return new Read(live.board(projectId()), role() == Role.MANAGER ? approvals.choices(projectId()) : List.of());
    }

    private void show(Read read) {
        LiveBoard board = read.board();
        if (board.model() == null && board.next() == null && board.series().isEmpty() && read.choices().isEmpty()) {
            panels = Optional.empty();
            body.removeAll();
            body.add(empty());
            return;
        }
        if (panels.isEmpty()) {
            ModelCard model = new ModelCard(figures, role() == Role.MANAGER, this::approve, this::end);
            FoundList found = new FoundList(figures, role() == Role.MANAGER, this::judge, this::takeIn);
            SeriesTable series = new SeriesTable(figures);
            body.removeAll();
            body.add(model, found, series);
            panels = Optional.of(new Panels(model, series, found));
        }
        panels.get().show(board, read.choices());
    }

    private Div empty() {
        Div empty = new Div(new H2(figures.text("live.empty.title")), new Paragraph(figures.text("live.empty.text")),
                new Anchor("projects/" + projectId() + "/run/series", figures.text("live.empty.run")));
        empty.addClassName("empty");
        return empty;
    }

    private void approve(String version) {
        doing(() -> approvals.approve(projectId(), version), figures.text("live.model.asked", version));
    }

    private void end() {
        doing(() -> approvals.end(projectId()), figures.text("live.model.ended"));
    }

    private void judge(LiveAnomaly anomaly, Meaning meaning) {
        try {
            live.judge(projectId(), anomaly.id(), meaning, null);
            notices.undoable(figures.text("live.judged." + meaning), () -> doing(() -> live.judge(projectId(), anomaly.id(), anomaly.meaning(), anomaly.comment()), null));
        } catch (Refused e) {
            notices.error(e.getMessage());
        }
        show(read());
    }

    private void takeIn() {
        doing(() -> notices.info(figures.text("live.takenIn", figures.count(harvest.takeIn(projectId())))), null);
    }

    /** @param done what is said then; null: nothing */
    private void doing(Runnable work, String done) {
        try {
            work.run();
            if (done != null) {
                notices.info(done);
            }
        } catch (Refused e) {
            notices.error(e.getMessage());
        }
        show(read());
    }

    @Override
    protected void onAttach(AttachEvent event) {
        super.onAttach(event);
        LiveRefresh refresh = LiveRefresh.of(AT_MOST_EVERY, event.getUI(), this, user, this::read, this::show, figures.text("run.gone"));
        unsubscribe = events.subscribe(projectId(), kind -> {
            if (kind == ProjectEvents.Kind.LIVE) {
                refresh.news();
            }
        });
    }

    @Override
    protected void onDetach(DetachEvent event) {
        unsubscribe.run();
        super.onDetach(event);
    }
}
