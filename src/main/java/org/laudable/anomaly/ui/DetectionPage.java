package org.laudable.anomaly.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.tabs.Tab;
import com.vaadin.flow.component.tabs.Tabs;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.PermitAll;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.laudable.anomaly.DetectionService;
import org.laudable.anomaly.DetectionView;
import org.laudable.anomaly.JudgeService;
import org.laudable.anomaly.JudgeView;
import org.laudable.anomaly.YieldService;
import org.laudable.anomaly.YieldView;
import org.laudable.live.ProjectEvents;
import org.laudable.llm.UsableModels;
import org.laudable.loop.RunControl;
import org.laudable.loop.ui.CurveChart;
import org.laudable.loop.ui.FigureTable;
import org.laudable.loop.ui.Figures;
import org.laudable.loop.ui.LiveRefresh;
import org.laudable.loop.ui.RunActions;
import org.laudable.loop.ui.RunControls;
import org.laudable.model.KeptModel;
import org.laudable.model.LoadedStart;
import org.laudable.model.ModelService;
import org.laudable.model.ui.ModelPanel;
import org.laudable.model.ui.StartPanel;
import org.laudable.project.ProjectAccess;
import org.laudable.project.ProjectService;
import org.laudable.project.Role;
import org.laudable.security.CurrentUser;
import org.laudable.security.User;
import org.laudable.ui.Notices;
import org.laudable.ui.ProjectPage;

/** The series loop at work: what goes on now, quality by answers, rounds, and how the agent learns. Live by push. */
@Route("projects/:projectId/run/series")
@PermitAll
class DetectionPage extends ProjectPage {
    private static final Duration AT_MOST_EVERY = Duration.ofSeconds(1);
    private static final int ENOUGH_MEASURED = 12;

    private final DetectionService runs;
    private final RunControl control;
    private final JudgeService judges;
    private final YieldService yields;
    private final UsableModels models;
    private final ModelService files;
    private final ProjectService projects;
    private final ProjectEvents events;
    private final Notices notices;
    private final User user;
    private Figures figures;
    private RunControls controls;
    private StartPanel start;
    private Optional<Panels> panels = Optional.empty();
    private final Div body = new Div();
    private Runnable unsubscribe = () -> { };

    DetectionPage(ProjectAccess access, DetectionService runs, RunControl control, JudgeService judges, YieldService yields, UsableModels models, ModelService files,
            ProjectService projects, ProjectEvents events, Notices notices, CurrentUser currentUser) {
        super(access, Role.REVIEWER, "ui.run");
        this.runs = runs;
        this.control = control;
        this.judges = judges;
        this.yields = yields;
        this.models = models;
        this.files = files;
        this.projects = projects;
        this.events = events;
        this.notices = notices;
        this.user = currentUser.require();
        addClassName("run-page");
        body.addClassName("run-body");
    }

    /** The parts of a page that has a run; they stay and take new figures, so nothing jumps. */
    private record Panels(DetectionNow now, CurveChart chart, YieldLines ahead, Paragraph basis, NotSearchedCard unfit, JudgeCard judge, DetectionRounds rounds, TrainingTab training, ModelPanel files) {

        void show(DetectionView run, Optional<YieldView> yield, Figures figures) {
            now.show(run);
            yield.ifPresent(it -> ahead.show(it, run.budget().currency()));
            int measured = run.quality().measured();
            chart.show(run.rounds().stream().map(r -> new CurveChart.Point(r.number(), r.answers(), r.costMicros() / 1e6, r.sinceStart().toSeconds(),
                    r.quality().measured(), r.quality().agreement(), r.quality().precision())).toList(), List.of(), null, measured < ENOUGH_MEASURED,
                    run.budget().currency());
            basis.setText(measured == 0 ? "" : figures.text(measured < ENOUGH_MEASURED ? "anomaly.curve.doubt" : "anomaly.curve.basis", figures.count(measured)));
            unfit.show(run);
            rounds.show(run);
            training.show(run);
        }
    }

    /** Series in which nothing is searched, and why; hidden while there is none. */
    private static final class NotSearchedCard extends Section {
        private final Figures figures;
        private final FigureTable table;

        NotSearchedCard(Figures figures) {
            this.figures = figures;
            addClassName("card");
            table = new FigureTable(figures.text("anomaly.unfit"), 0, figures.text("anomaly.training.series"), figures.text("anomaly.unfit.why"));
            add(new H2(figures.text("anomaly.unfit")), table);
        }

        void show(DetectionView run) {
            setVisible(!run.fitting().unfit().isEmpty());
            table.clear();
            run.fitting().unfit().forEach(one -> table.row(FigureTable.text(one.name()), FigureTable.text(figures.text("anomaly.unfit." + one.why()))));
        }
    }

    @Override
    protected void build() {
        figures = new Figures(this, UI.getCurrent().getLocale());
        Div head = new Div(new H1(figures.text("run.title")));
        head.addClassName("page-head");
        controls = new RunControls(figures, new RunActions(control, projectId(), notices, figures, "anomaly.run.stopped", own()));
        if (role() == Role.MANAGER) {
            head.add(controls);
        }
        panels = Optional.empty();
        start = new StartPanel(figures, projectId(), files, notices);
        body.removeAll();
        add(head, body);
        show(read());
    }

    /** What the page shows, read at one moment. */
    private record Read(Optional<DetectionView> run, Optional<YieldView> yield, JudgeView judge, boolean choice, List<KeptModel> files, Optional<LoadedStart> start) {}

    private Read read() {
        boolean manager = role() == Role.MANAGER;
        Optional<DetectionView> run = runs.current(projectId());
        return new Read(run, yields.current(projectId()), judges.view(projectId()), !models.all().isEmpty(),
                manager && run.isPresent() ? files.list(projectId()) : List.of(), manager ? files.start(projectId()) : Optional.empty());
    }

    private void show(Read read) {
        Optional<DetectionView> run = read.run();
        controls.show(run.map(r -> new RunControls.Now(r.state(), r.leftState(), r.round() + 1)));
        start.show(read.start(), run.map(DetectionView::state).filter(state -> !state.ended()).isEmpty());
        if (run.isEmpty()) {
            body.removeAll();
            JudgeCard judge = judgeCard();
            body.add(empty(), judge);
            if (role() == Role.MANAGER) {
                body.add(start);
            }
            judge.show(read.judge(), read.choice());
            return;
        }
        if (panels.isEmpty()) {
            panels = Optional.of(panels());
        }
        panels.get().show(run.get(), read.yield(), figures);
        panels.get().judge().show(read.judge(), read.choice());
        panels.get().files().show(read.files());
    }

    private JudgeCard judgeCard() {
        return new JudgeCard(figures, role() == Role.MANAGER, new JudgeCard.Acts() {
            @Override
            public void choose() {
                new JudgeDialog(figures, judges, projectId(), judges.view(projectId()).settings(), models.all(), () -> show(read())).open();
            }

            @Override
            public void retry() {
                judges.retry(projectId());
                show(read());
            }
        });
    }

    private Div empty() {
        Paragraph text = new Paragraph(figures.text("anomaly.run.empty", figures.count(projects.find(projectId()).labeling().batchSize())));
        Div empty = new Div(new H2(figures.text("run.empty.title")), text);
        if (role() != Role.MANAGER) {
            empty.add(new Paragraph(figures.text("run.empty.manager")));
        }
        empty.addClassName("empty");
        return empty;
    }

    private Panels panels() {
        DetectionRounds rounds = new DetectionRounds(figures);
        CurveChart chart = new CurveChart(figures, "anomaly.curve", rounds::choose);
        Paragraph basis = new Paragraph();
        basis.addClassNames("secondary", "small", "run-basis");
        Div head = new Div(new H2(figures.text("anomaly.curve")));
        head.addClassName("run-card-head");
        YieldLines ahead = new YieldLines(figures);
        Section curve = new Section(head, chart, ahead, basis);
        curve.addClassNames("card", "run-curve");
        DetectionNow now = new DetectionNow(figures);
        if (role() != Role.MANAGER) {
            Paragraph looking = new Paragraph(figures.text("run.lookingOnly"));
            looking.addClassNames("secondary", "small");
            now.add(looking);
        }
        Div top = new Div(now, curve);
        top.addClassName("run-top");
        NotSearchedCard unfit = new NotSearchedCard(figures);
        TrainingTab training = new TrainingTab(figures);
        JudgeCard judge = judgeCard();
        ModelPanel modelFiles = new ModelPanel(figures, projectId(), files, notices);
        Div overview = new Div(top, unfit, judge, modelFiles, rounds);
        if (role() == Role.MANAGER) {
            overview.addComponentAtIndex(overview.getComponentCount() - 1, start);
        }
        overview.addClassName("run-body");
        Tab run = new Tab(figures.text("anomaly.tab.run"));
        Tab learning = new Tab(figures.text("anomaly.tab.training"));
        Tabs tabs = new Tabs(run, learning);
        training.setVisible(false);
        tabs.addSelectedChangeListener(change -> {
            overview.setVisible(change.getSelectedTab() == run);
            training.setVisible(change.getSelectedTab() == learning);
        });
        body.removeAll();
        body.add(tabs, overview, training);
        return new Panels(now, chart, ahead, basis, unfit, judge, rounds, training, modelFiles);
    }

    private RunActions.Own own() {
        return new RunActions.Own() {
            @Override
            public void start() {
                runs.start(projectId());
                notices.info(figures.text("run.started"));
            }

            @Override
            public void finish() {
                runs.finish(projectId());
                notices.info(figures.text("anomaly.run.finishing"));
            }

            @Override
            public void refresh() {
                show(read());
            }
        };
    }

    @Override
    protected void onAttach(AttachEvent event) {
        super.onAttach(event);
        LiveRefresh refresh = LiveRefresh.of(AT_MOST_EVERY, event.getUI(), this, user, this::read, this::show, figures.text("run.gone"));
        unsubscribe = events.subscribe(projectId(), kind -> {
            if (kind == ProjectEvents.Kind.RUN || kind == ProjectEvents.Kind.ANSWERS || kind == ProjectEvents.Kind.IMPORT) {
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
