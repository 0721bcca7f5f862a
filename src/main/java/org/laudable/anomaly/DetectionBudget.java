package org.laudable.anomaly;

import jakarta.enterprise.context.ApplicationScoped;
import org.laudable.budget.BudgetService;
import org.laudable.budget.BudgetSummary;
import org.laudable.project.ProjectDirectory;

/** What a run may still ask for its money. */
@ApplicationScoped
class DetectionBudget {
    /** Without a cap so many answers a series are reckoned with: how long the loop learns before it only finds. */
    private static final int USUAL_ANSWERS = 30;

    private final BudgetService budgets;
    private final ProjectDirectory projects;

    DetectionBudget(BudgetService budgets, ProjectDirectory projects) {
        this.budgets = budgets;
        this.projects = projects;
    }

    BudgetSummary summary(long projectId) {
        return budgets.summary(projectId);
    }

    /** Whether no further question can be paid. */
    boolean spent(long projectId) {
        long price = projects.get(projectId).budget().mostPerAnswer();
        BudgetSummary summary = budgets.summary(projectId);
        return price > 0 && summary.capMicros().isPresent()
                && summary.settledMicros() + summary.reservedMicros() + price > summary.capMicros().getAsLong();
    }

    /** How many answers each of so many series will get in all. */
    int answersPerSeries(long projectId, int series) {
        long price = projects.get(projectId).budget().mostPerAnswer();
        BudgetSummary summary = budgets.summary(projectId);
        if (price == 0 || summary.capMicros().isEmpty()) {
            return USUAL_ANSWERS;
        }
        return (int) Math.clamp(summary.capMicros().getAsLong() / price / Math.max(1, series), 1, 10_000);
    }
}
