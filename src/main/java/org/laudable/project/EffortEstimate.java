package org.laudable.project;

/**
 * What a project may take before anything is known about its data: a rule of thumb from two measured data sets, 25
 * classes (400 labels to .96 accuracy) and 77 classes (800 to .93). The run page replaces it with a forecast.
 *
 * @param fewestLabels answers from people, the audit sample among them
 * @param hours        of people's work at {@link #SECONDS_PER_LABEL}, for the middle of the range
 * @param fewestMicros cost in millionths of the project's currency; 0 if work is not counted in money
 */
public record EffortEstimate(long fewestLabels, long mostLabels, double hours, long fewestMicros, long mostMicros) {
    public static final int SECONDS_PER_LABEL = 6;
    private static final int FEWEST_PER_CLASS = 6;
    private static final int MOST_PER_CLASS = 16;
    private static final int FEWEST = 40;

    /** @param classes in use */
    public static EffortEstimate of(Project project, int classes) {
        int overlap = project.labeling().overlap();
        long audit = project.labeling().auditSize();
        long fewest = overlap * (audit + Math.max(FEWEST, (long) FEWEST_PER_CLASS * classes));
        long most = overlap * (audit + Math.max(FEWEST, (long) MOST_PER_CLASS * classes));
        return new EffortEstimate(fewest, most, (fewest + most) / 2.0 * SECONDS_PER_LABEL / 3600, cost(project.budget(), fewest),
                cost(project.budget(), most));
    }

    private static long cost(BudgetSettings budget, long labels) {
        return switch (budget.rateKind()) {
            case NONE -> 0;
            case PER_LABEL -> Math.multiplyExact(labels, budget.rateMicros());
            case PER_HOUR -> Math.round(labels * (double) SECONDS_PER_LABEL / 3600 * budget.rateMicros());
        };
    }
}
