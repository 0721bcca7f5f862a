package org.laudable.anomaly;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import org.laudable.labeling.Purpose;
import org.laudable.labeling.TaskQueue;
import org.laudable.loop.Run;
import org.laudable.loop.RunState;
import org.laudable.loop.Runs;

/** Ends a run for good: open questions leave the queue; models, anomalies and answers stay. */
@ApplicationScoped
class DetectionEnd {
    private final Runs runs;
    private final TaskQueue queue;

    DetectionEnd(Runs runs, TaskQueue queue) {
        this.runs = runs;
        this.queue = queue;
    }

    @Transactional
    void end(Run run, RunState state) {
        clearQueue(run);
        runs.move(run.id(), state);
    }

    /** Questions that nobody holds leave the queue. */
    @Transactional
    void clearQueue(Run run) {
        queue.withdrawUnheld(run.projectId(), Purpose.TRAIN);
    }
}
