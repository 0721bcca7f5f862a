package org.laudable.laud;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.laudable.jobs.JobContext;
import org.laudable.live.ProjectEvents;
import org.laudable.loop.Note;

/**
 * The zero-shot start by a language model (ENGINES §1.2): it is asked about the first texts of the random order, and its
 * word on them is the prior from which labels spread to the others. What it leaves open keeps the embedded prior.
 */
@ApplicationScoped
class ZeroShotByModel {
    private static final String PURPOSE = "ZERO_SHOT";

    private final PoolRepository pool;
    private final ModelAnswers answers;
    private final ModelOracle oracle;
    private final ModelLabeling labeling;
    private final ProjectEvents events;

    ZeroShotByModel(PoolRepository pool, ModelAnswers answers, ModelOracle oracle, ModelLabeling labeling, ProjectEvents events) {
        this.pool = pool;
        this.answers = answers;
        this.oracle = oracle;
        this.labeling = labeling;
        this.events = events;
    }

    /** Asks what is left to ask; true once the start can begin, false if it was paused or cancelled. */
    boolean complete(RunRow run, JobContext job) {
        if (!run.settings().oracle().startsByModel()) {
            return true;
        }
        if (answers.count(run.id(), PURPOSE) == 0) {
            List<PoolRepository.PoolItem> first = pool.pool(run.projectId(), Integer.MIN_VALUE, run.settings().oracle().zeroShotItems());
            List<RankedItem> items = new ArrayList<>();
            for (PoolRepository.PoolItem item : first) {
                items.add(new RankedItem(items.size(), item.id(), null, null, null, null));
            }
            answers.claim(run, PURPOSE, items, oracle.modelId(run), oracle.promptVersion(run));
        }
        answers.askAgain(run, PURPOSE, Integer.MAX_VALUE);
        List<ModelAnswer> open = answers.open(run.id(), PURPOSE);
        int wave = oracle.waveSize(run);
        for (int from = 0; from < open.size(); from += wave) {
            if (job.cancelled()) {
                return false;
            }
            ModelOracle.Wave asked = oracle.ask(run, open.subList(from, Math.min(open.size(), from + wave)));
            events.publish(run.projectId(), ProjectEvents.Kind.RUN);
            if (asked.blocked().isPresent()) {
                labeling.pause(run, asked.blocked().get());
                return false;
            }
            if (asked.answered() == 0) {
                labeling.pause(run, Note.of("run.note.noAnswers"));
                return false;
            }
        }
        return true;
    }
}
