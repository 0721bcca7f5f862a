package org.laudable.laud;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import org.laudable.labeling.Purpose;
import org.laudable.labeling.TaskQueue;
import org.laudable.loop.RunState;

/** Ends a run for good: open questions leave the queue, suggestions stay. */
@ApplicationScoped
class RunEnd {
    private final RunRepository runs;
    private final RankingRepository ranking;
    private final TaskQueue queue;
    private final RoundTrainer trainer;
    private final SweepRepository sweeps;

    RunEnd(RunRepository runs, RankingRepository ranking, TaskQueue queue, RoundTrainer trainer, SweepRepository sweeps) {
        this.runs = runs;
        this.ranking = ranking;
        this.queue = queue;
        this.trainer = trainer;
        this.sweeps = sweeps;
    }

    @Transactional
    void end(RunRow run, RunState state) {
        clearQueue(run.projectId());
        ranking.clear(run.id());
        sweeps.endWithRun(run.id());
        runs.move(run.id(), state);
        Thread.ofVirtual().start(() -> trainer.forget(run.id())); // waits for a training that may be under way
    }

    /** Questions that nobody holds leave the queue. */
    @Transactional
    void clearQueue(long projectId) {
        for (Purpose purpose : new Purpose[] {Purpose.TRAIN, Purpose.AUDIT, Purpose.CERTIFY}) {
            queue.withdrawUnheld(projectId, purpose);
        }
    }
}
