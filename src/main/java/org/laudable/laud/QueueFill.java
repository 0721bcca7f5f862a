package org.laudable.laud;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import org.laudable.labeling.Purpose;
import org.laudable.labeling.TaskQueue;
import org.laudable.loop.RunState;

/** Moves questions from the newest ranking into the queue, so that nobody waits for a model. */
@ApplicationScoped
class QueueFill {
    private final TaskQueue queue;
    private final RankingRepository ranking;
    private final RunRepository runs;
    private final RunBudget budget;

    QueueFill(TaskQueue queue, RankingRepository ranking, RunRepository runs, RunBudget budget) {
        this.queue = queue;
        this.ranking = ranking;
        this.runs = runs;
        this.budget = budget;
    }

    /** How many questions a ranking should hold: what the queue wants, and as many again for while the next model is trained. */
    int depth(RunRow run) {
        return 2 * Math.max(queue.demand(run.projectId()), run.settings().batchSize());
    }

    /** Whether the queue is half empty. */
    boolean low(RunRow run) {
        return !run.settings().oracle().asksModel() && queue.open(run.projectId(), Purpose.TRAIN) * 2 <= queue.demand(run.projectId());
    }

    boolean rankingEmpty(RunRow run) {
        return ranking.left(run.id()) == 0;
    }

    /** Replaces what nobody holds by a new ranking. */
    @Transactional
    void renew(RunRow run, List<RankedItem> newest) {
        if (!run.settings().oracle().asksModel()) { // what people verify stays theirs
            queue.withdrawUnheld(run.projectId(), Purpose.TRAIN);
        }
        ranking.replace(run.id(), newest);
    }

    /** Fills the queue from the ranking while the run asks people training questions; returns how many were added. */
    @Transactional
    int fill(long runId) {
        RunRow run = runs.lock(runId).orElseThrow();
        boolean asks = !run.settings().oracle().asksModel() && (run.state() == RunState.LABELING || run.state() == RunState.TRAINING) && run.stopRule() == null;
        if (!asks || budget.of(run).spentForTraining()) {
            return 0;
        }
        long room = queue.demand(run.projectId()) - queue.open(run.projectId(), Purpose.TRAIN);
        int added = 0;
        while (room > added) {
            List<RankedItem> next = ranking.take(run.id(), (int) room - added);
            if (next.isEmpty()) {
                break;
            }
            added += queue.enqueue(run.projectId(), run.id(), run.roundNumber(), next.stream().map(item -> item.task(Purpose.TRAIN)).toList());
        }
        return added;
    }
}
