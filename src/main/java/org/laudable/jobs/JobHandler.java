package org.laudable.jobs;

/**
 * Work of one kind done in the background. Jobs run at least once: a handler must be able to start again after a kill
 * at any point, and goes on from what it committed.
 */
public interface JobHandler {

    /** The kind it serves, as given to {@link JobService#submit}: 'dataset.import', 'loop.advance', … */
    String kind();

    /**
     * Does the work, in transactions of its own. Returns early when {@link JobContext#cancelled()}.
     *
     * @throws Exception to be tried again later (up to {@link #maxAttempts()}), then shown as failed with its message
     */
    void run(JobContext job) throws Exception;

    /** How often a failing job is tried. */
    default int maxAttempts() {
        return 3;
    }

    /**
     * Its tries are used up, or too many in a row were cut off: the handler notes that with what the job is about. Outside any
     * transaction, once per job that fails; again if the process dies before the job is written down as failed.
     *
     * @param why in a sentence
     */
    default void givenUp(JobContext job, String why) {}
}
