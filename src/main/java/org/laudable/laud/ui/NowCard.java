package org.laudable.laud.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.progressbar.ProgressBar;
import java.util.Optional;
import org.laudable.budget.BudgetSummary;
import org.laudable.laud.RunView;
import org.laudable.loop.RunState;
import org.laudable.loop.ui.Figures;
import org.laudable.loop.ui.ProgressLine;

/** What is going on, what comes next, how far it is and what it has cost. */
final class NowCard extends Section {
    private static final int ENOUGH_TEXTS = 2_000;

    private final Figures figures;
    private final Span state = new Span();
    private final Paragraph next = new Paragraph();
    private final Paragraph why = new Paragraph();
    private final ProgressBar busy = new ProgressBar();
    private final ProgressLine main;
    private final ProgressLine embedding;
    private final ProgressLine audit;
    private final Span cost = new Span();
    private final Span answers = new Span();
    private final Paragraph started = new Paragraph();

    NowCard(Figures figures) {
        this.figures = figures;
        this.main = new ProgressLine(figures);
        this.embedding = new ProgressLine(figures);
        this.audit = new ProgressLine(figures);
        addClassNames("card", "run-now");
        getElement().setAttribute("aria-label", figures.text("run.now"));
        state.addClassName("chip");
        Div head = new Div(new H2(figures.text("run.now")), state);
        head.addClassName("run-card-head");
        next.getElement().setAttribute("aria-live", "polite");
        busy.setIndeterminate(true);
        busy.getElement().setAttribute("aria-hidden", "true");
        why.addClassName("secondary");
        started.addClassNames("secondary", "small");
        cost.addClassName("run-cost");
        answers.addClassName("secondary");
        Div money = new Div(new Span(figures.text("run.cost")), cost, answers);
        money.addClassName("run-money");
        add(head, next, why, busy, main, embedding, audit, money, started);
    }

    void show(RunView run) {
        state.setText(figures.text("run.state." + run.state()));
        state.getElement().getClassList().set("accent", run.state().active());
        state.getElement().getClassList().set("good", run.state() == RunState.FINISHED);
        state.getElement().getClassList().set("bad", run.state() == RunState.FAILED);
        state.getElement().getClassList().set("warn", run.state() == RunState.PAUSED);
        next.setText(sentence(run));
        String reason = reason(run);
        why.setText(reason);
        why.setVisible(!reason.isEmpty());
        busy.setVisible(run.state() == RunState.TRAINING);
        progress(run);
        audit.setVisible(run.audit().size() > 0);
        if (run.audit().size() > 0) {
            audit.show(figures.text("run.progress.audit"), run.audit().answered(), run.audit().size(), Optional.empty());
        }
        BudgetSummary budget = run.budget();
        String spent = figures.money(budget.settledMicros(), budget.currency());
        cost.setText(budget.capMicros().isEmpty() ? spent
                : figures.text("run.cost.of", spent, figures.money(budget.capMicros().getAsLong(), budget.currency())));
        answers.setText(figures.text("run.labels", figures.count(budget.labels())));
        started.setText(figures.text("run.startedBy", run.startedBy(), figures.when(run.createdAt())));
    }

    private void progress(RunView run) {
        RunView.Embedding e = run.embedding();
        main.setVisible(false);
        switch (run.state()) {
            case LABELING -> main.show(figures.text("run.progress.batch"), run.batch().answered(), run.batch().wanted(), run.batch().timeLeft());
            case CERTIFYING -> run.certificate().ifPresent(c -> main.show(figures.text("run.progress.certify"), c.checked(), c.size(), Optional.empty()));
            case FINISHING -> run.certificate().ifPresent(c -> main.show(figures.text("run.progress.label"), c.labelled(), c.accepted(), Optional.empty()));
            default -> { }
        }
        boolean embeds = run.state().active() && !e.complete() && e.total() > 0;
        embedding.setVisible(embeds);
        if (embeds) {
            embedding.show(figures.text("run.progress.embedding"), e.done(), e.total(), e.timeLeft());
        }
    }

    private String sentence(RunView run) {
        return switch (run.state()) {
            case PREPARING -> run.oracle().filter(oracle -> oracle.startItems() > 0).isPresent() ? figures.text("run.now.PREPARING.llm")
                    : run.audit().size() == 0 && run.embedding().total() == 0 ? figures.text("run.now.PREPARING.import")
                    : figures.text("run.now.PREPARING", figures.count(run.embedding().total() == 0 ? ENOUGH_TEXTS : Math.min(ENOUGH_TEXTS, run.embedding().total())));
            case LABELING -> labeling(run);
            case TRAINING -> run.round() == 0 ? figures.text("run.now.TRAINING.zero") : figures.text("run.now.TRAINING", run.round());
            case CERTIFYING -> run.certificate().map(c -> figures.text("run.now.CERTIFYING", figures.count(c.size()), figures.count(c.accepted())))
                    .orElseGet(() -> figures.text("run.now.CERTIFYING.draw"));
            case FINISHING -> figures.text("run.now.FINISHING", figures.count(run.certificate().map(RunView.Certificate::accepted).orElse(0L)));
            case FINISHED -> run.certificate().map(this::outcome).orElseGet(() -> figures.text("run.now.FINISHED.other"));
            case PAUSED -> run.error() == null ? figures.text("run.now.PAUSED") : run.error();
            case STOPPED -> figures.text("run.now.STOPPED");
            case FAILED -> figures.text("run.now.FAILED", run.error());
        };
    }

    private String labeling(RunView run) {
        int left = run.batch().wanted() - run.batch().answered();
        if (run.oracle().filter(oracle -> !oracle.oracle().equals("people")).isPresent()) {
            int waiting = run.oracle().get().waitingForPeople();
            return waiting >= left && waiting > 0 ? figures.text("run.now.LABELING.waits", figures.count(waiting), run.round())
                    : figures.text("run.now.LABELING.llm", run.round(), figures.count(left));
        }
        if (run.budget().exhausted()) {
            return figures.text("run.now.LABELING.budget", run.round());
        }
        return left == 1 ? figures.text("run.now.LABELING.one", run.round()) : figures.text("run.now.LABELING", run.round(), figures.count(left));
    }

    private String outcome(RunView.Certificate c) {
        String precision = figures.wholePercent(c.precision());
        return switch (c.outcome() == null ? "" : c.outcome()) {
            case "certified" -> figures.text("run.now.FINISHED.certified", figures.count(c.labelled()), figures.percent(c.lowerBound()));
            case "nothing-to-accept" -> figures.text("run.now.FINISHED.nothing-to-accept", precision);
            case "no-budget" -> figures.text("run.now.FINISHED.no-budget", precision, figures.count(c.moreAnswers() == null ? 0 : c.moreAnswers()));
            case "not-proved" -> c.moreAnswers() == null ? figures.text("run.now.FINISHED.not-proved", precision)
                    : figures.text("run.now.FINISHED.not-proved.more", precision, figures.count(c.moreAnswers()));
            default -> figures.text("run.now.FINISHED.other");
        };
    }

    /** A rule's own sentence has the figures in English; other languages get the rule in their words. */
    private String reason(RunView run) {
        if (run.stopRule() == null) {
            return "";
        }
        boolean english = figures.locale().getLanguage().equals("en");
        return english || run.stopRule().equals("person") ? run.stopReason() : figures.text("run.rule." + run.stopRule());
    }
}
