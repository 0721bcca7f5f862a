package org.laudable.laud;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import org.laudable.jobs.JobContext;
import org.laudable.loop.RunState;

/** PREPARING: the audit sample is drawn and asked at once; with enough texts embedded the zero-shot round begins. */
@ApplicationScoped
class PrepareStep implements RunStep {
    /** From so many embedded texts on the zero-shot model can begin (ENGINES §1.2). */
    static final int ENOUGH = 2_000;

    private final RunRepository runs;
    private final RoundRepository rounds;
    private final AuditSample audit;
    private final ZeroShotByModel zeroShot;

    PrepareStep(RunRepository runs, RoundRepository rounds, AuditSample audit, ZeroShotByModel zeroShot) {
        this.runs = runs;
        this.rounds = rounds;
        this.audit = audit;
        this.zeroShot = zeroShot;
    }

    @Override
    public boolean serves(RunState state) {
        return state == RunState.PREPARING;
    }

    @Override
    public boolean due(RunRow run) {
        return !runs.importing(run.projectId()) && (audit.missing(run.projectId(), run.settings().auditSize()) > 0 || enough(run));
    }

    private static boolean enough(RunRow run) {
        return run.embeddedAt() != null || run.embedTotal() > 0 && run.embedded() >= Math.min(ENOUGH, run.embedTotal());
    }

    @Override
    public boolean run(RunRow run, JobContext job) {
        boolean ready = QuarkusTransaction.requiringNew().call(() -> {
            RunRow now = runs.lock(run.id()).orElseThrow();
            if (now.state() != RunState.PREPARING || runs.importing(now.projectId())) {
                return false;
            }
            audit.draw(now.projectId(), now.settings().auditSize());
            audit.ask(now);
            return enough(now);
        });
        if (!ready || !zeroShot.complete(run, job)) {
            return false;
        }
        return QuarkusTransaction.requiringNew().call(() -> {
            RunRow now = runs.lock(run.id()).orElseThrow();
            if (now.state() != RunState.PREPARING || runs.importing(now.projectId())) {
                return false;
            }
            rounds.open(now.id(), 0, RoundRow.State.TRAINING, 0);
            runs.move(now.id(), RunState.TRAINING);
            return true;
        });
    }
}
