package org.laudable.laud.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.PermitAll;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.laudable.Refused;
import org.laudable.laud.ForecastService;
import org.laudable.laud.ModelForecasts;
import org.laudable.laud.RestLabeling;
import org.laudable.laud.RunForecast;
import org.laudable.laud.RunService;
import org.laudable.laud.TaskModelTrial;
import org.laudable.laud.TaskModels;
import org.laudable.llm.UsableModels;
import org.laudable.laud.RunView;
import org.laudable.live.ProjectEvents;
import org.laudable.loop.RunControl;
import org.laudable.loop.ui.CurveChart;
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
import org.laudable.project.ProjectKind;
import org.laudable.project.ProjectService;
import org.laudable.project.Role;
import org.laudable.security.CurrentUser;
import org.laudable.security.User;
import org.laudable.ui.Notices;
import org.laudable.ui.ProjectPage;

/** The text loop at work: learning curve, what goes on now, quality per class, rounds. Live by push. */
@Route("projects/:projectId/run")
@PermitAll
class RunPage extends ProjectPage {
    private static final int ENOUGH_AUDIT_ANSWERS = 50;
    private static final Duration AT_MOST_EVERY = Duration.ofSeconds(1);

    private final RunService runs;
    private final RunControl control;
    private final ProjectService projects;
    private final ModelForecasts forecasts;
    private final ForecastService outlooks;
    private final TaskModels taskModels;
    private final RestLabeling rest;
    private final UsableModels usable;
    private final ModelService files;
    private final ProjectEvents events;
    private final Notices notices;
    private final User user;
    private Figures figures;
    private RunControls controls;
    private StartPanel start;
    private Optional<Panels> panels = Optional.empty();
    private final Div body = new Div();
    private Runnable unsubscribe = () -> { };

    RunPage(ProjectAccess access, RunService runs, RunControl control, ProjectService projects, ModelForecasts forecasts, ForecastService outlooks,
            TaskModels taskModels, RestLabeling rest, UsableModels usable, ModelService files, ProjectEvents events, Notices notices, CurrentUser currentUser) {
        super(access, Role.REVIEWER, "ui.run");
        this.runs = runs;
        this.control = control;
        this.projects = projects;
        this.forecasts = forecasts;
        this.outlooks = outlooks;
        this.taskModels = taskModels;
        this.rest = rest;
        this.usable = usable;
        this.files = files;
        this.events = events;
        this.notices = notices;
        this.user = currentUser.require();
        addClassName("run-page");
        body.addClassName("run-body");
    }

    @Override
    protected Optional<String> elsewhere() {
        return projects.find(projectId()).kind() == ProjectKind.SERIES ? Optional.of("projects/" + projectId() + "/run/series") : Optional.empty();
    }

    /** The parts of a page that has a run; they stay and take new figures, so nothing jumps. */
    private record Panels(NowCard now, CurveChart chart, AheadLine ahead, Paragraph basis, RestCard rest, OracleCard oracle, TaskModelsCard models, QualityCards quality, RoundsCard rounds, ModelPanel files) {

        void show(RunView run, RestLabeling.Now passes, Optional<RunForecast> forecast, Figures figures) {
            now.show(run, passes.embeds());
            rest.show(passes);
            int answered = run.audit().answered();
            chart.show(run.rounds().stream().map(r -> new CurveChart.Point(r.number(), r.labels(), r.costMicros() / 1e6,
                    r.sinceStart().toSeconds(), r.reported(), r.accuracy(), r.macroF1())).toList(),
                    forecast.map(it -> AheadLine.fan(run, it)).orElse(List.of()), run.settings().target(), answered < ENOUGH_AUDIT_ANSWERS, run.budget().currency());
            ahead.show(forecast, run.budget().currency());
            basis.setText(answered == 0 ? "" : answered < ENOUGH_AUDIT_ANSWERS ? figures.text("run.curve.doubt", figures.count(answered))
                    : figures.text("run.curve.basis", figures.count(run.audit().reporting())));
            oracle.show(run);
            quality.show(run);
            rounds.show(run);
        }
    }

    @Override
    protected void build() {
        figures = new Figures(this, UI.getCurrent().getLocale());
        Div head = new Div(new H1(figures.text("run.title")));
        head.addClassName("page-head");
        controls = new RunControls(figures, new RunActions(control, projectId(), notices, figures, "run.stopped", own()));
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
    private record Read(Optional<RunView> run, RestLabeling.Now rest, Optional<RunForecast> forecast, List<TaskModelTrial> models, List<KeptModel> files, Optional<LoadedStart> start) {}

    private Read read() {
        boolean manager = role() == Role.MANAGER;
        Optional<RunView> run = runs.current(projectId());
        return new Read(run, rest.now(projectId()), outlooks.current(projectId()).filter(it -> run.isPresent() && it.runId() == run.get().id()), run.isEmpty() ? List.of() : taskModels.of(projectId()),
                manager && run.isPresent() ? files.list(projectId()) : List.of(), manager ? files.start(projectId()) : Optional.empty());
    }

    private void show(Read read) {
        Optional<RunView> run = read.run();
        controls.show(run.map(r -> new RunControls.Now(r.state(), r.leftState(), r.round())));
        start.show(read.start(), run.map(RunView::state).filter(state -> !state.ended()).isEmpty());
        if (run.isEmpty()) {
            body.removeAll();
            body.add(empty());
            if (role() == Role.MANAGER) {
                body.add(start);
            }
            return;
        }
        if (panels.isEmpty()) {
            panels = Optional.of(panels());
        }
        panels.get().show(run.get(), read.rest(), read.forecast(), figures);
        panels.get().models().show(read.models(), run.get().budget().currency());
        panels.get().files().show(read.files());
    }

    private Div empty() {
        Paragraph text = new Paragraph(figures.text("run.empty.text", figures.count(projects.find(projectId()).labeling().batchSize())));
        Div empty = new Div(new H2(figures.text("run.empty.title")), text);
        if (role() != Role.MANAGER) {
            empty.add(new Paragraph(figures.text("run.empty.manager")));
        }
        empty.addClassName("empty");
        return empty;
    }

    private Panels panels() {
        RoundsCard rounds = new RoundsCard(figures);
        CurveChart chart = new CurveChart(figures, "run.curve", rounds::choose);
        RadioButtonGroup<String> axis = new RadioButtonGroup<>();
        axis.setItems("labels", "cost", "time");
        axis.setItemLabelGenerator(name -> figures.text("run.curve." + name));
        axis.setValue("labels");
        axis.setAriaLabel(figures.text("run.curve.axis"));
        axis.addValueChangeListener(change -> chart.setAxis(change.getValue()));
        axis.addClassName("run-axis");
        Div head = new Div(new H2(figures.text("run.curve")), axis);
        head.addClassName("run-card-head");
        Paragraph basis = new Paragraph();
        basis.addClassNames("secondary", "small", "run-basis");
        AheadLine ahead = new AheadLine(figures);
        Section curve = new Section(head, chart, ahead, basis);
        curve.addClassNames("card", "run-curve");
        NowCard now = new NowCard(figures);
        if (role() != Role.MANAGER) {
            Paragraph looking = new Paragraph(figures.text("run.lookingOnly"));
            looking.addClassNames("secondary", "small");
            now.add(looking);
        }
        Div top = new Div(now, curve);
        top.addClassName("run-top");
        QualityCards quality = new QualityCards(figures);
        body.removeAll();
        RestCard restCard = new RestCard(figures, role() == Role.MANAGER, projectId(), rest, action -> {
            attempt(action);
            show(read());
        });
        OracleCard oracle = new OracleCard(figures, role() == Role.MANAGER, this::askModelAgain, this::capForModel);
        TaskModelsCard models = new TaskModelsCard(figures, role() == Role.MANAGER, projectId(), taskModels, usable.all(), this::attempt);
        ModelPanel modelFiles = new ModelPanel(figures, projectId(), files, notices);
        body.add(top, restCard, oracle, quality, models, modelFiles, rounds);
        if (role() == Role.MANAGER) {
            body.addComponentAtIndex(body.getComponentCount() - 1, start);
        }
        return new Panels(now, chart, ahead, basis, restCard, oracle, models, quality, rounds, modelFiles);
    }

    private RunActions.Own own() {
        return new RunActions.Own() {
            @Override
            public void start() {
                RunPage.this.start();
            }

            @Override
            public void finish() {
                runs.finish(projectId());
                notices.info(figures.text("run.finishing"));
            }

            @Override
            public void refresh() {
                show(read());
            }
        };
    }

    /** A language model's cost is said before anything is spent. */
    private void start() {
        Optional<ModelForecasts.Forecast> forecast = forecasts.of(projectId());
        if (forecast.isEmpty()) {
            runs.start(projectId());
            notices.info(figures.text("run.started"));
            return;
        }
        Dialog dialog = new Dialog();
        dialog.setHeaderTitle(figures.text("run.forecast.title"));
        dialog.add(new ForecastText(forecast.get()));
        dialog.addClassName("run-dialog");
        dialog.setMaxWidth("560px");
        Button go = new Button(figures.text("run.start"), click -> {
            dialog.close();
            try {
                runs.start(projectId());
                notices.info(figures.text("run.started"));
            } catch (Refused e) {
                notices.error(e.getMessage());
            }
            show(read());
        });
        go.addThemeVariants(ButtonVariant.PRIMARY);
        dialog.getFooter().add(new Button(figures.text("run.cancel"), click -> dialog.close()), go);
        dialog.open();
    }

    private void attempt(Runnable action) {
        try {
            action.run();
        } catch (Refused e) {
            notices.error(e.getMessage());
        }
    }

    private void askModelAgain() {
        notices.info(figures.text("run.oracle.again.done", figures.count(runs.askModelAgain(projectId()))));
    }

    private void capForModel(Long micros) {
        runs.capForModels(projectId(), micros);
        show(read());
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
