package org.laudable.laud;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.laudable.jobs.JobContext;
import org.laudable.labeling.Purpose;
import org.laudable.labeling.TaskQueue;
import org.laudable.loop.Note;
import org.laudable.loop.RunState;

/**
 * LABELING: keeps the queue filled, and closes the round once enough answers are in. Which items they belong to does not
 * matter: a batch closes by its count.
 */
@ApplicationScoped
class LabelStep implements RunStep {
    private final RunRepository runs;
    private final RoundRepository rounds;
    private final PoolRepository pool;
    private final RoundTrainer trainer;
    private final QueueFill fill;
    private final RankingRepository ranking;
    private final TaskQueue queue;
    private final RunBudget budget;
    private final AuditSample audit;
    private final ModelLabeling models;
    /** Rounds whose pool was found to have no further question; forgotten on a restart and found out again. */
    private final Set<String> exhausted = ConcurrentHashMap.newKeySet();

    LabelStep(RunRepository runs, RoundRepository rounds, PoolRepository pool, RoundTrainer trainer, QueueFill fill,
            RankingRepository ranking, TaskQueue queue, RunBudget budget, AuditSample audit, ModelLabeling models) {
        this.runs = runs;
        this.rounds = rounds;
        this.pool = pool;
        this.trainer = trainer;
        this.fill = fill;
        this.ranking = ranking;
        this.queue = queue;
        this.budget = budget;
        this.audit = audit;
        this.models = models;
    }

    @Override
    public boolean serves(RunState state) {
        return state == RunState.LABELING;
    }

    @Override
    public boolean due(RunRow run) {
        int answered = answered(run);
        if (answered >= run.settings().batchSize()) {
            return true;
        }
        if (run.settings().oracle().asksModel()) {
            return models.due(run, exhausted.contains(key(run)) && models.awaitsAnswers(run));
        }
        if (budget.of(run).spentForTraining()) {
            return run.settings().stopping().budget();
        }
        return fill.low(run) && (!exhausted.contains(key(run)) || !fill.rankingEmpty(run)
                || queue.open(run.projectId(), Purpose.TRAIN) == 0);
    }

    /** Answers of the round so far; an undone one counts no more. */
    private int answered(RunRow run) {
        int before = rounds.find(run.id(), run.roundNumber()).map(RoundRow::answersBefore).orElse(0);
        return Math.max(0, pool.answers(run.projectId()) - before);
    }

    private boolean budgetEndsRound(RunRow run) {
        return !run.settings().oracle().asksModel() && run.settings().stopping().budget() && budget.of(run).spentForTraining();
    }

    private static String key(RunRow run) {
        return run.id() + "/" + run.roundNumber();
    }

    @Override
    public boolean run(RunRow run, JobContext job) {
        int answered = answered(run);
        if (answered >= run.settings().batchSize()) {
            return close(run);
        }
        if (run.settings().oracle().asksModel()) {
            return askModel(run, job);
        }
        if (budgetEndsRound(run)) {
            return answered > 0 ? close(run) : end(run, "budget");
        }
        if (!fill.low(run)) {
            return false;
        }
        if (QuarkusTransaction.requiringNew().call(() -> fill.fill(run.id())) > 0) {
            return false;
        }
        return askMore(run, answered);
    }

    /** The ranking is used up: ranks again; if nothing is left to ask, the round ends with what it has. */
    private boolean askMore(RunRow run, int answered) {
        List<RankedItem> more = trainer.rankAgain(run, fill.depth(run));
        int added = QuarkusTransaction.requiringNew().call(() -> {
            RunRow now = runs.lock(run.id()).orElseThrow();
            if (now.state() != RunState.LABELING || now.roundNumber() != run.roundNumber()) {
                return 1;
            }
            ranking.replace(run.id(), more);
            audit.ask(now);
            return fill.fill(run.id());
        });
        if (added > 0) {
            return false;
        }
        exhausted.add(key(run));
        if (queue.open(run.projectId(), Purpose.TRAIN) > 0 || budget.of(run).spentForTraining()) {
            return false;
        }
        return answered > 0 ? close(run) : end(run, StopRules.EXHAUSTED);
    }

    private boolean askModel(RunRow run, JobContext job) {
        return switch (models.work(run, job)) {
            case COMPLETE -> close(run);
            case WAITING, INTERRUPTED -> false;
            case NOTHING_RANKED -> models.rankMore(run) || leftOver(run);
        };
    }

    /** Nothing is left to ask: the round ends with what it has, unless people or a provider still owe answers. */
    private boolean leftOver(RunRow run) {
        exhausted.add(key(run));
        if (models.awaitsAnswers(run)) {
            return false;
        }
        return answered(run) > 0 ? close(run) : end(run, StopRules.EXHAUSTED);
    }

    private boolean close(RunRow run) {
        return QuarkusTransaction.requiringNew().call(() -> {
            RunRow now = runs.lock(run.id()).orElseThrow();
            if (now.state() != RunState.LABELING || now.roundNumber() != run.roundNumber()) {
                return false;
            }
            rounds.close(now.id(), now.roundNumber());
            runs.batchComplete(now.id(), now.roundNumber());
            runs.move(now.id(), RunState.TRAINING);
            if (budgetEndsRound(now)) {
                queue.withdrawUnheld(now.projectId(), Purpose.TRAIN);
            }
            return true;
        });
    }

    private boolean end(RunRow run, String rule) {
        return QuarkusTransaction.requiringNew().call(() -> {
            RunRow now = runs.lock(run.id()).orElseThrow();
            if (now.state() != RunState.LABELING) {
                return false;
            }
            runs.stopReason(now.id(), rule, Note.of("run.rule." + rule));
            queue.withdrawUnheld(now.projectId(), Purpose.TRAIN);
            runs.move(now.id(), RunState.CERTIFYING);
            return true;
        });
    }
}
