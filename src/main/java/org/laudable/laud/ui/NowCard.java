package org.laudable.laud.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Composite;
import com.vaadin.flow.component.progressbar.ProgressBar;
import java.util.Optional;
import org.laudable.laud.RunView;
import org.laudable.loop.RunState;
import org.laudable.loop.ui.Figures;
import org.laudable.loop.ui.ProgressLine;
import org.laudable.loop.ui.RunNow;

/** What goes on in a text run, with its progress: the batch, the embedding, the audit sample. */
final class NowCard extends Composite<RunNow> {
    private static final int ENOUGH_TEXTS = 2_000;

    private final Figures figures;
    private final ProgressBar busy = new ProgressBar();
    private final ProgressLine main;
    private final ProgressLine embedding;
    private final ProgressLine audit;

    NowCard(Figures figures) {
        this.figures = figures;
        this.main = new ProgressLine(figures);
        this.embedding = new ProgressLine(figures);
        this.audit = new ProgressLine(figures);
        busy.setIndeterminate(true);
        busy.getElement().setAttribute("aria-hidden", "true");
    }

    @Override
    protected RunNow initContent() {
        return new RunNow(figures, busy, main, embedding, audit);
    }

    void add(Component more) {
        getContent().add(more);
    }

    /** @param embedsBelow whether the page has the embedding's progress elsewhere, with its pace */
    void show(RunView run, boolean embedsBelow) {
        getContent().show(new RunNow.Said(run.state(), sentence(run), run.stopReason() == null ? "" : figures.note(run.stopReason()), run.budget(), run.startedBy(), run.createdAt()));
        busy.setVisible(run.state() == RunState.TRAINING);
        progress(run, embedsBelow);
        audit.setVisible(run.audit().size() > 0);
        if (run.audit().size() > 0) {
            audit.show(figures.text("run.progress.audit"), run.audit().answered(), run.audit().size(), Optional.empty());
        }
    }

    private void progress(RunView run, boolean embedsBelow) {
        RunView.Embedding e = run.embedding();
        main.setVisible(false);
        switch (run.state()) {
            case LABELING -> main.show(figures.text("run.progress.batch"), run.batch().answered(), run.batch().wanted(), run.batch().timeLeft());
            case CERTIFYING -> run.certificate().ifPresent(c -> main.show(figures.text("run.progress.certify"), c.checked(), c.size(), Optional.empty()));
            case FINISHING -> run.certificate().ifPresent(c -> main.show(figures.text("run.progress.label"), c.labelled(), c.accepted(), Optional.empty()));
            default -> { }
        }
        boolean embeds = !embedsBelow && run.state().active() && !e.complete() && e.total() > 0;
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
            case PAUSED -> run.error() == null ? figures.text("run.now.PAUSED") : figures.note(run.error());
            case STOPPED -> figures.text("run.now.STOPPED");
            case FAILED -> figures.text("run.now.FAILED", figures.note(run.error()));
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
}
