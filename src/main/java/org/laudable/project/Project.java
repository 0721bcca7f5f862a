package org.laudable.project;

import java.time.Instant;

/**
 * A project with all its settings, as read at one moment.
 *
 * @param version of the settings; a change is refused if somebody else changed them since
 * @param seed    decides everything random in the project, so that a run can be repeated
 */
public record Project(long id, int version, ProjectKind kind, String name, String description, ProjectState state,
        LabelingSettings labeling, LoopSettings loop, BudgetSettings budget, long seed, Instant createdAt) {

    public Project withGeneral(String newName, String newDescription) {
        return new Project(id, version, kind, newName, newDescription, state, labeling, loop, budget, seed, createdAt);
    }

    public Project withLabeling(LabelingSettings settings) {
        return new Project(id, version, kind, name, description, state, settings, loop, budget, seed, createdAt);
    }

    public Project withLoop(LoopSettings settings) {
        return new Project(id, version, kind, name, description, state, labeling, settings, budget, seed, createdAt);
    }

    public Project withBudget(BudgetSettings settings) {
        return new Project(id, version, kind, name, description, state, labeling, loop, settings, seed, createdAt);
    }
}
