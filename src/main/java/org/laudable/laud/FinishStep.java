package org.laudable.laud;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.laudable.jobs.JobContext;
import org.laudable.labeling.Resolutions;
import org.laudable.labeling.ResolvedItem;
import org.laudable.live.ProjectEvents;
import org.laudable.loop.RunState;

/** FINISHING: the certified model labels what it is sure enough of; the rest keeps its suggestions. */
@ApplicationScoped
class FinishStep implements RunStep {
    private static final int CHUNK = 5_000;

    private final RunRepository runs;
    private final CertifyRepository certify;
    private final Resolutions resolutions;
    private final RunEnd ending;
    private final ProjectEvents events;

    FinishStep(RunRepository runs, CertifyRepository certify, Resolutions resolutions, RunEnd ending, ProjectEvents events) {
        this.runs = runs;
        this.certify = certify;
        this.resolutions = resolutions;
        this.ending = ending;
        this.events = events;
    }

    @Override
    public boolean serves(RunState state) {
        return state == RunState.FINISHING;
    }

    @Override
    public boolean due(RunRow run) {
        return true;
    }

    @Override
    public boolean run(RunRow run, JobContext job) {
        CertificationState state = run.certification();
        long after = 0;
        List<ResolvedItem> chunk = next(run, state, after);
        while (!chunk.isEmpty()) {
            if (job.cancelled() || runs.find(run.id()).map(r -> r.state() != RunState.FINISHING).orElse(true)) {
                return false;
            }
            resolutions.assignByModel(run.projectId(), run.id(), state.modelVersion(), chunk);
            events.publish(run.projectId(), ProjectEvents.Kind.RUN);
            after = chunk.getLast().itemId();
            chunk = next(run, state, after);
        }
        return QuarkusTransaction.requiringNew().call(() -> {
            RunRow now = runs.lock(run.id()).orElseThrow();
            if (now.state() != RunState.FINISHING) {
                return false;
            }
            ending.end(now, RunState.FINISHED);
            return true;
        });
    }

    private List<ResolvedItem> next(RunRow run, CertificationState state, long after) {
        return certify.toLabel(run, state.modelVersion(), state.thresholds(), after, CHUNK);
    }
}
