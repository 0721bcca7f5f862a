package org.laudable.anomaly.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.router.Route;
import io.quarkus.security.ForbiddenException;
import jakarta.annotation.security.PermitAll;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.laudable.Refused;
import org.laudable.anomaly.Anomaly;
import org.laudable.anomaly.AnomalyBoard;
import org.laudable.anomaly.AnomalyDetail;
import org.laudable.anomaly.AnomalyService;
import org.laudable.anomaly.AnomalyState;
import org.laudable.anomaly.Decision;
import org.laudable.anomaly.JudgeService;
import org.laudable.anomaly.JudgeView;
import org.laudable.live.ProjectEvents;
import org.laudable.llm.Estimate;
import org.laudable.llm.ui.EstimateText;
import org.laudable.loop.ui.Figures;
import org.laudable.loop.ui.LiveRefresh;
import org.laudable.project.Meaning;
import org.laudable.project.ProjectAccess;
import org.laudable.project.Role;
import org.laudable.security.CurrentUser;
import org.laudable.security.OnBehalf;
import org.laudable.security.User;
import org.laudable.series.ui.SeriesChart;
import org.laudable.ui.Notices;
import org.laudable.ui.ProjectPage;

/** What was found: ranked by what needs eyes, with its chart and its story; decided on here. Live by push. */
@Route("projects/:projectId/anomalies")
@PermitAll
class AnomaliesPage extends ProjectPage implements AnomalyCard.Acts {
    private static final Logger LOG = Logger.getLogger(AnomaliesPage.class);
    private static final Duration AT_MOST_EVERY = Duration.ofSeconds(1);

    private final AnomalyService service;
    private final JudgeService judges;
    private final ProjectEvents events;
    private final Notices notices;
    private final User user;
    private AnomalyWords words;
    private final Paragraph summary = new Paragraph();
    private final Div body = new Div();
    private Optional<Panels> panels = Optional.empty();
    private AnomalyBoard board;
    private long chosen;
    private long charted;
    private Runnable unsubscribe = () -> { };

    AnomaliesPage(ProjectAccess access, AnomalyService service, JudgeService judges, ProjectEvents events, Notices notices, CurrentUser currentUser) {
        super(access, Role.REVIEWER, "anomaly.title");
        this.service = service;
        this.judges = judges;
        this.events = events;
        this.notices = notices;
        this.user = currentUser.require();
        addClassName("anomalies-page");
        body.addClassName("run-body");
        summary.addClassName("secondary");
    }

    /** The parts of a page that has series; they stay and take new figures, so nothing jumps. */
    private record Panels(AnomalyFilter filter, AnomalyList list, SeriesChart chart, AnomalyCard card, Div side, SeriesTimeline timeline, CostSlider cost) {}

    @Override
    protected void build() {
        words = new AnomalyWords(new Figures(this, UI.getCurrent().getLocale()));
        Div head = new Div(new H1(words.text("anomaly.title")));
        head.addClassName("page-head");
        panels = Optional.empty();
        chosen = asked();
        charted = 0;
        body.removeAll();
        add(head, summary, body);
        show(service.board(projectId()));
    }

    /** A link may name an anomaly: ?anomaly=12. */
    private long asked() {
        return queried("anomaly").orElse(0L);
    }

    private void show(AnomalyBoard now) {
        boolean changed = !now.equals(board);
        board = now;
        if (now.state() == null || now.series().isEmpty()) {
            summary.setVisible(false);
            body.removeAll();
            body.add(empty());
            return;
        }
        if (panels.isEmpty()) {
            panels = Optional.of(panels());
            changed = true;
        }
        if (!changed) {
            return;
        }
        summary.setVisible(true);
        summary.setText(summary(now));
        Panels p = panels.get();
        p.filter().show(now.anomalies());
        p.cost().show(now.missCost());
        list();
        if (charted != 0) {
            p.chart().refresh();
        }
    }

    private List<Anomaly> listed() {
        return board.anomalies().stream().filter(panels.orElseThrow().filter()::lets).toList();
    }

    private void list() {
        Panels p = panels.orElseThrow();
        List<Anomaly> listed = listed();
        if (listed.stream().noneMatch(a -> a.id() == chosen)) {
            chosen = board.anomalies().stream().anyMatch(a -> a.id() == chosen) ? chosen : listed.isEmpty() ? 0 : listed.getFirst().id();
        }
        p.list().show(listed, chosen);
        p.timeline().show(board, board.anomalies());
        choose(chosen);
    }

    private String summary(AnomalyBoard now) {
        Figures f = words.figures();
        long open = now.counts().getOrDefault(AnomalyState.SUGGESTED, 0L) + now.counts().getOrDefault(AnomalyState.PROPAGATED, 0L);
        String first = words.text(now.learned() ? "anomaly.summary" : "anomaly.summary.early", f.count(open),
                f.count(now.counts().getOrDefault(AnomalyState.CONFIRMED, 0L)));
        String quality = now.quality().measured() == 0 ? words.text("anomaly.summary.unmeasured")
                : words.text("anomaly.summary.quality", f.count(now.quality().measured()), f.figure(now.quality().agreement()));
        return first + " " + quality + " " + words.text("anomaly.summary.alarms", String.format(f.locale(), now.alarmsADay() < 10 ? "%.1f" : "%.0f", now.alarmsADay()));
    }

    private Div empty() {
        Div empty = new Div(new H2(words.text("anomaly.empty.title")), new Paragraph(words.text("anomaly.empty.text")),
                new Anchor("projects/" + projectId() + "/run/series", words.text("anomaly.empty.run")));
        empty.addClassName("empty");
        return empty;
    }

    private Panels panels() {
        AnomalyFilter filter = new AnomalyFilter(words, this::list);
        AnomalyList list = new AnomalyList(words, id -> {
            choose(id);
            panels.ifPresent(p -> p.list().show(listed(), id));
        });
        SeriesChart chart = new SeriesChart();
        chart.onAnomaly(id -> {
            choose(id);
            panels.ifPresent(p -> p.list().show(listed(), id));
        });
        Section chartCard = new Section(chart);
        chartCard.addClassNames("card", "anomaly-chart");
        AnomalyCard card = new AnomalyCard(words, "projects/" + projectId() + "/label",
                role() == Role.MANAGER ? Optional.of(judges.view(projectId())).filter(JudgeView::usable).flatMap(JudgeView::model) : Optional.empty(), this);
        Div side = new Div(chartCard, card);
        side.addClassName("anomaly-side");
        Div main = new Div(list, side);
        main.addClassName("anomaly-main");
        SeriesTimeline timeline = new SeriesTimeline(words, "projects/" + projectId() + "/series", id -> {
            choose(id);
            panels.ifPresent(p -> p.list().show(listed(), id));
        });
        CostSlider cost = new CostSlider(words, role() == Role.MANAGER, missCost -> service.preview(projectId(), missCost), this::keep);
        body.removeAll();
        body.add(filter, main, timeline, cost);
        return new Panels(filter, list, chart, card, side, timeline, cost);
    }

    private void choose(long id) {
        Panels p = panels.orElseThrow();
        chosen = id;
        Optional<AnomalyDetail> detail = id == 0 ? Optional.empty() : service.detail(projectId(), id);
        p.side().setVisible(detail.isPresent());
        detail.ifPresent(d -> {
            p.card().show(d, board.learned());
            findSimilar(id);
            if (charted != id) {
                charted = id;
                Anomaly a = d.anomaly();
                p.chart().show(a.seriesId());
                if (!a.drives().isEmpty()) {
                    p.chart().showChannels(a.drives().stream().map(Anomaly.Drive::ordinal).toList());
                }
                p.chart().stressAnomaly(id);
                focus(a.seriesId(), a.from(), a.to());
            }
        });
    }

    /** In the background: a series that is not in memory takes seconds. */
    private void findSimilar(long id) {
        UI ui = UI.getCurrent();
        long project = projectId();
        Thread.ofVirtual().name("similar").start(() -> {
            AtomicReference<List<AnomalyDetail.Similar>> found = new AtomicReference<>();
            try {
                OnBehalf.of(user, () -> found.set(service.similar(project, id)));
                ui.access(() -> panels.filter(p -> chosen == id).ifPresent(p -> p.card().showSimilar(found.get())));
            } catch (ForbiddenException | UIDetachedException e) {
                LOG.debugf(e, "Nobody waits for what is like anomaly %d", id);
            }
        });
    }

    private void focus(long seriesId, int from, int to) {
        int around = Math.max(120, 3 * (to - from));
        int points = board.series().stream().filter(s -> s.id() == seriesId).mapToInt(AnomalyBoard.SeriesLine::points).findFirst().orElse(to);
        panels.orElseThrow().chart().focusOn(Math.max(0, from - around), Math.min(points, to + around));
    }

    @Override
    public void look(long seriesId, int from, int to) {
        Panels p = panels.orElseThrow();
        p.chart().show(seriesId);
        focus(seriesId, from, to);
        charted = -1;
    }

    @Override
    public void decide(long anomalyId, Meaning meaning, String comment) {
        try {
            Decision decision = service.decide(projectId(), anomalyId, meaning, comment);
            notices.undoable(words.text("anomaly.decided." + meaning), () -> undo(decision));
        } catch (Refused e) {
            notices.error(e.getMessage());
        }
        show(service.board(projectId()));
        choose(chosen);
    }

    /** Says what it will cost, then asks in the background. */
    @Override
    public void explain(Anomaly anomaly) {
        try {
            Estimate estimate = judges.explanation(projectId(), anomaly);
            Paragraph caps = new Paragraph(EstimateText.caps(this, estimate, null));
            caps.addClassName("secondary");
            Dialog dialog = new Dialog();
            dialog.setHeaderTitle(words.text("anomaly.explain.title"));
            dialog.setMaxWidth("520px");
            dialog.add(new Paragraph(EstimateText.line(this, estimate, "anomaly.judge.forecast")), caps);
            Button go = new Button(words.text("llm.prompts.go"), click -> {
                dialog.close();
                ask(anomaly);
            });
            go.addThemeVariants(ButtonVariant.PRIMARY);
            dialog.getFooter().add(new Button(words.text("ui.cancel"), click -> dialog.close()), go);
            dialog.open();
        } catch (Refused e) {
            notices.error(e.getMessage());
        }
    }

    private void ask(Anomaly anomaly) {
        UI ui = UI.getCurrent();
        long project = projectId();
        notices.info(words.text("anomaly.explain.asked"));
        Thread.ofVirtual().name("explain").start(() -> {
            try {
                try {
                    OnBehalf.of(user, () -> judges.explain(project, anomaly));
                } catch (Refused e) {
                    ui.access(() -> notices.error(e.getMessage()));
                }
            } catch (ForbiddenException | UIDetachedException e) {
                LOG.debugf(e, "Nobody waits for what is said of anomaly %d", anomaly.id());
            }
        });
    }

    private void undo(Decision decision) {
        try {
            service.undo(decision);
        } catch (Refused e) {
            notices.error(e.getMessage());
        }
        show(service.board(projectId()));
    }

    private void keep(double missCost) {
        try {
            service.missCost(projectId(), missCost);
            notices.info(words.text("anomaly.cost.saved"));
        } catch (Refused e) {
            notices.error(e.getMessage());
        }
        show(service.board(projectId()));
    }

    @Override
    protected void onAttach(AttachEvent event) {
        super.onAttach(event);
        LiveRefresh refresh = LiveRefresh.of(AT_MOST_EVERY, event.getUI(), this, user, () -> service.board(projectId()), this::show, words.text("run.gone"));
        unsubscribe = events.subscribe(projectId(), kind -> {
            if (kind != ProjectEvents.Kind.MEMBERS && kind != ProjectEvents.Kind.LIVE) {
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
