package org.laudable.laud;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import org.laudable.jobs.JobContext;
import org.laudable.loop.RunState;

/** FINISHING: the certified model labels what it is sure enough of; the rest keeps its suggestions. */
@ApplicationScoped
class FinishStep implements RunStep {
    private final RunRepository runs;
    private final SweepRepository repository;
    private final Sweeps sweeps;
    private final RunEnd ending;

    FinishStep(RunRepository runs, SweepRepository repository, Sweeps sweeps, RunEnd ending) {
        this.runs = runs;
        this.repository = repository;
        this.sweeps = sweeps;
        this.ending = ending;
    }

    @Override
    public boolean serves(RunState state) {
        return state == RunState.FINISHING;
    }

    @Override
    public boolean due(RunRow run) {
        return repository.unfinished(run.id()).isEmpty();
    }

    @Override
    public boolean run(RunRow run, JobContext job) {
        CertificationState state = run.certification();
        boolean labelled = repository.newest(run.id(), Sweep.Kind.LABEL).filter(sweep -> sweep.state() == Sweep.State.DONE).isPresent();
        if (!labelled) {
            sweeps.begin(run, Sweep.Kind.LABEL, state.modelVersion(), state.thresholds(), null, null);
            return false;
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
}
