package org.laudable.anomaly.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import java.util.Optional;
import org.laudable.anomaly.DetectionView;
import org.laudable.budget.BudgetSummary;
import org.laudable.loop.RunState;
import org.laudable.loop.ui.Figures;
import org.laudable.loop.ui.ProgressLine;

/** What is going on, what comes next, how far it is and what it has cost. */
final class DetectionNow extends Section {
    private final Figures figures;
    private final Span state = new Span();
    private final Paragraph next = new Paragraph();
    private final Paragraph why = new Paragraph();
    private final ProgressLine fitting;
    private final ProgressLine batch;
    private final ProgressLine training;
    private final Span cost = new Span();
    private final Span answers = new Span();
    private final Paragraph started = new Paragraph();

    DetectionNow(Figures figures) {
        this.figures = figures;
        this.fitting = new ProgressLine(figures);
        this.batch = new ProgressLine(figures);
        this.training = new ProgressLine(figures);
        addClassNames("card", "run-now");
        getElement().setAttribute("aria-label", figures.text("run.now"));
        state.addClassName("chip");
        Div head = new Div(new H2(figures.text("run.now")), state);
        head.addClassName("run-card-head");
        next.getElement().setAttribute("aria-live", "polite");
        why.addClassName("secondary");
        started.addClassNames("secondary", "small");
        cost.addClassName("run-cost");
        answers.addClassName("secondary");
        Div money = new Div(new Span(figures.text("run.cost")), cost, answers);
        money.addClassName("run-money");
        add(head, next, why, fitting, training, batch, money, started);
    }

    void show(DetectionView run) {
        state.setText(figures.text("run.state." + run.state()));
        state.getElement().getClassList().set("accent", run.state().active());
        state.getElement().getClassList().set("good", run.state() == RunState.FINISHED);
        state.getElement().getClassList().set("bad", run.state() == RunState.FAILED);
        state.getElement().getClassList().set("warn", run.state() == RunState.PAUSED);
        next.setText(sentence(run));
        String reason = run.stopRule() == null || run.state().active() ? "" : figures.text("anomaly.rule." + run.stopRule());
        why.setText(reason);
        why.setVisible(!reason.isEmpty());
        DetectionView.Fitting f = run.fitting();
        fitting.setVisible(!f.complete() && run.state().active());
        if (fitting.isVisible()) {
            fitting.show(f.now().map(name -> figures.text("anomaly.run.fitting.now", name)).orElse(figures.text("anomaly.run.fitting")), f.done(),
                    f.total(), f.timeLeft());
        }
        training.setVisible(false);
        run.live().ifPresent(live -> training.show(figures.text("anomaly.run.live", live.series(), figures.text("anomaly.phase." + live.phase())),
                live.step(), live.steps(), Optional.empty()));
        batch.setVisible(false);
        if (run.state() == RunState.LABELING) {
            batch.show(figures.text("run.progress.batch"), run.batch().answered(), run.batch().wanted(), run.batch().timeLeft());
        }
        BudgetSummary budget = run.budget();
        String spent = figures.money(budget.settledMicros(), budget.currency());
        cost.setText(budget.capMicros().isEmpty() ? spent
                : figures.text("run.cost.of", spent, figures.money(budget.capMicros().getAsLong(), budget.currency())));
        answers.setText(figures.text("run.labels", figures.count(budget.labels())));
        started.setText(figures.text("run.startedBy", run.startedBy(), figures.when(run.createdAt())));
    }

    private String sentence(DetectionView run) {
        if (run.waitsFor() > 0 && run.state().active()) {
            return run.waitsFor() == 1 ? figures.text("anomaly.now.waits.one") : figures.text("anomaly.now.waits", run.waitsFor());
        }
        int missing = run.batch().wanted() - run.batch().answered();
        return switch (run.state()) {
            case PREPARING -> run.fitting().total() == 0 ? figures.text("anomaly.now.PREPARING.import") : figures.text("anomaly.now.PREPARING");
            case LABELING -> missing == 1 ? figures.text("anomaly.now.LABELING.one", run.round()) : figures.text("anomaly.now.LABELING", run.round(), missing);
            case TRAINING -> figures.text("anomaly.now.TRAINING", run.round());
            case PAUSED -> figures.text("run.now.PAUSED");
            case STOPPED -> figures.text("anomaly.now.STOPPED");
            case FAILED -> figures.text("run.now.FAILED", run.error());
            default -> figures.text("anomaly.now.FINISHED");
        };
    }
}
