package org.laudable.loop;

import org.laudable.jobs.JobContext;
import org.laudable.project.ProjectKind;

/** The loop of one kind of project. Its methods find out from the tables; calling them twice does no harm. */
public interface Loop {

    ProjectKind kind();

    /** Cheap work beside the steps, done whenever the run is looked at: submit its side jobs, fill its queue. */
    void attend(Run run);

    /** Whether a step is to be done now; cheap, asked whenever an answer comes. */
    boolean due(Run run);

    /**
     * Does the step, in short transactions of its own, with the run's lock held.
     *
     * @return whether the run has moved on, so that the next step should be looked at
     * @throws CannotGoOn if trying again helps only once a person has changed something
     */
    boolean advance(Run run, JobContext job);

    /** Takes the questions that nobody holds out of the queue. In the caller's transaction, with the run's row locked. */
    void clearQueue(Run run);

    /** The (locked) run goes on after a pause: asks again what a pause took out of the queue for good. */
    default void resumed(Run run) {}

    /** Ends the (locked) run for good, as stopped or finished. */
    void end(Run run, RunState state);
}
