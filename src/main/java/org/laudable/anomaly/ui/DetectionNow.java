package org.laudable.anomaly.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Composite;
import java.util.Optional;
import org.laudable.anomaly.DetectionView;
import org.laudable.loop.RunState;
import org.laudable.loop.ui.Figures;
import org.laudable.loop.ui.ProgressLine;
import org.laudable.loop.ui.RunNow;

/** What goes on in a run over series, with its progress: the fitting, the training, the batch. */
final class DetectionNow extends Composite<RunNow> {
    private final Figures figures;
    private final ProgressLine fitting;
    private final ProgressLine batch;
    private final ProgressLine training;

    DetectionNow(Figures figures) {
        this.figures = figures;
        this.fitting = new ProgressLine(figures);
        this.batch = new ProgressLine(figures);
        this.training = new ProgressLine(figures);
    }

    @Override
    protected RunNow initContent() {
        return new RunNow(figures, fitting, training, batch);
    }

    void add(Component more) {
        getContent().add(more);
    }

    void show(DetectionView run) {
        String reason = run.stopReason() == null || run.state().active() ? "" : figures.note(run.stopReason());
        getContent().show(new RunNow.Said(run.state(), sentence(run), reason, run.budget(), run.startedBy(), run.createdAt()));
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
            case PAUSED -> run.error() == null ? figures.text("run.now.PAUSED") : figures.note(run.error());
            case STOPPED -> figures.text("anomaly.now.STOPPED");
            case FAILED -> figures.text("run.now.FAILED", figures.note(run.error()));
            default -> figures.text("anomaly.now.FINISHED");
        };
    }
}
