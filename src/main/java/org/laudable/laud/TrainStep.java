package org.laudable.laud;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.laudable.engine.linear.FloatMatrix;
import org.laudable.engine.text.StopReason;
import org.laudable.jobs.JobContext;
import org.laudable.labeling.Purpose;
import org.laudable.labeling.TaskQueue;
import org.laudable.loop.Note;
import org.laudable.loop.RunState;

/**
 * TRAINING: a model from all labels so far, its predictions, and then, in one transaction, the round's end: figures,
 * the next round's questions, or the reason to stop. People label on meanwhile.
 */
@ApplicationScoped
class TrainStep implements RunStep {
    private final RunRepository runs;
    private final RoundRepository rounds;
    private final RoundTrainer trainer;
    private final PredictionRepository predictions;
    private final QueueFill fill;
    private final TaskQueue queue;
    private final RunBudget budget;
    private final StopRules stopRules;

    TrainStep(RunRepository runs, RoundRepository rounds, RoundTrainer trainer, PredictionRepository predictions, QueueFill fill,
            TaskQueue queue, RunBudget budget, StopRules stopRules) {
        this.runs = runs;
        this.rounds = rounds;
        this.trainer = trainer;
        this.predictions = predictions;
        this.fill = fill;
        this.queue = queue;
        this.budget = budget;
        this.stopRules = stopRules;
    }

    @Override
    public boolean serves(RunState state) {
        return state == RunState.TRAINING;
    }

    @Override
    public boolean due(RunRow run) {
        return true;
    }

    @Override
    public boolean run(RunRow run, JobContext job) {
        int round = run.roundNumber();
        long began = System.nanoTime();
        long cost = budget.of(run).summary().settledMicros();
        TrainedRound trained = trainer.train(run, round, fill.depth(run));
        save(run, round, trained);
        long millis = (System.nanoTime() - began) / 1_000_000;
        boolean moved = QuarkusTransaction.requiringNew().call(() -> complete(run.id(), round, trained, cost, millis));
        runs.find(run.id()).filter(next -> moved && next.state() == RunState.LABELING).ifPresent(next -> trainer.prepareNext(next, trained));
        return moved;
    }

    private void save(RunRow run, int round, TrainedRound trained) {
        LoopSession session = trained.session();
        FloatMatrix p = trained.model().poolProbabilities();
        List<PredictionRepository.Prediction> chunk = new ArrayList<>();
        for (int i = 0; i < p.rows(); i++) {
            chunk.add(PredictionRepository.Prediction.of(session.itemIds()[i], p, i, session.schema().ids()));
            if (chunk.size() == PredictionRepository.CHUNK || i + 1 == p.rows()) {
                predictions.save(run.projectId(), run.id(), round, chunk);
                chunk = new ArrayList<>();
            }
        }
    }

    private boolean complete(long runId, int round, TrainedRound trained, long cost, long millis) {
        RunRow run = runs.lock(runId).orElseThrow();
        boolean paused = run.state() == RunState.PAUSED && run.leftState() == RunState.TRAINING;
        if (run.roundNumber() != round || run.state() != RunState.TRAINING && !paused) {
            return false; // stopped, or finished by another process, meanwhile
        }
        predictions.saveAudit(runId, round, trained.audit());
        rounds.done(runId, round, trained.labels(), trained.metrics().paidLabels() - trained.answers(), cost, trained.metrics(),
                trained.provenance(), trained.fixedSample(), millis);
        runs.round(runId, round + 1);
        runs.batchReady(runId, round, trained.labels());
        Optional<StopReason> stop = round == 0 || run.stopRule() != null ? Optional.empty() : stopRules.check(run);
        stop.ifPresent(reason -> runs.stopReason(runId, reason.rule(), Note.of("run.rule." + reason.rule(), reason.figures().toArray())));
        RunState next = stop.isPresent() || run.stopRule() != null ? RunState.CERTIFYING : RunState.LABELING;
        if (next == RunState.LABELING) {
            rounds.open(runId, round + 1, RoundRow.State.ASKING, trained.answers());
            fill.renew(run, trained.ranking());
            queue.describe(run.projectId(), trained.auditAsIf().stream().map(item -> item.task(Purpose.AUDIT)).toList());
        } else {
            queue.withdrawUnheld(run.projectId(), Purpose.TRAIN);
        }
        if (paused) {
            queue.withdrawUnheld(run.projectId(), Purpose.TRAIN);
            runs.goOnFrom(runId, next);
            return false;
        }
        runs.move(runId, next);
        fill.fill(runId);
        return true;
    }
}
