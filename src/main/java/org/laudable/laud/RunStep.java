package org.laudable.laud;

import org.laudable.jobs.JobContext;
import org.laudable.loop.RunState;

/** What a run does in one state. Both methods find out from the tables; running twice does no harm. */
interface RunStep {

    /** Whether this step serves runs in the state. */
    boolean serves(RunState state);

    /** Whether there is something to do now; cheap, called whenever an answer comes. */
    boolean due(RunRow run);

    /**
     * Does it, in short transactions of its own, with the run's lock held.
     *
     * @return whether the run has moved on, so that the next step should be looked at
     */
    boolean run(RunRow run, JobContext job);
}
