package org.laudable.laud;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.OptionalLong;
import org.laudable.budget.BudgetService;
import org.laudable.budget.BudgetSummary;
import org.laudable.project.Project;
import org.laudable.project.ProjectDirectory;

/** What a run may still ask for its money; a part is kept back to certify the model's own labels. */
@ApplicationScoped
class RunBudget {
    /** At most this share of the cap is kept back for the certification. */
    private static final int KEPT_BACK_ONE_IN = 4;
    private static final int FEW_LABELS = 10;

    private final BudgetService budgets;
    private final ProjectDirectory projects;

    RunBudget(BudgetService budgets, ProjectDirectory projects) {
        this.budgets = budgets;
        this.projects = projects;
    }

    /**
     * Where the money stands.
     *
     * @param price    micros that one answer reserves at most; 0: answers are free and nothing is ever spent
     * @param keptBack micros kept for the certification
     */
    record Standing(BudgetSummary summary, long price, long keptBack) {

        /** Whether there is a cap that answers can reach. */
        boolean limited() {
            return price > 0 && summary.capMicros().isPresent();
        }

        /** Whether no further training question can be paid. */
        boolean spentForTraining() {
            return limited() && summary.settledMicros() + summary.reservedMicros() + price > summary.capMicros().getAsLong() - keptBack;
        }

        /** Whether no question at all can be paid, and no answer is on its way. */
        boolean spent() {
            return limited() && summary.reservedMicros() == 0 && summary.settledMicros() + price > summary.capMicros().getAsLong();
        }

        /** Settled cost from which the 'budget' rule fires. */
        OptionalLong stopAt() {
            return limited() ? OptionalLong.of(summary.capMicros().getAsLong() - keptBack - price + 1) : OptionalLong.empty();
        }

        /** Answers that can still be paid. */
        long affordable() {
            return limited() ? Math.max(0, summary.capMicros().getAsLong() - summary.settledMicros()) / price : Long.MAX_VALUE;
        }
    }

    Standing of(RunRow run) {
        Project project = projects.get(run.projectId());
        BudgetSummary summary = budgets.summary(run.projectId());
        long most = project.budget().mostPerAnswer();
        if (most == 0 || summary.capMicros().isEmpty()) {
            return new Standing(summary, most, 0);
        }
        long usual = summary.labels() >= FEW_LABELS ? summary.settledMicros() / summary.labels() : most;
        long certify = usual * project.labeling().overlap() * run.settings().certifySample();
        return new Standing(summary, most, Math.min(certify, summary.capMicros().getAsLong() / KEPT_BACK_ONE_IN));
    }

    /** How many answers the whole run may cost. */
    int labels(RunRow run) {
        Standing standing = of(run);
        return standing.limited() ? (int) Math.min(Integer.MAX_VALUE, standing.summary().capMicros().getAsLong() / standing.price()) : Integer.MAX_VALUE;
    }
}
