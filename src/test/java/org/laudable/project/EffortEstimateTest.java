package org.laudable.project;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class EffortEstimateTest {

    @Test
    void answers_cover_the_audit_sample_and_every_class_as_often_as_the_overlap_says() {
        EffortEstimate estimate = EffortEstimate.of(project(2, BudgetSettings.DEFAULTS), 25);
        assertEquals(2 * (200 + 6 * 25), estimate.fewestLabels());
        assertEquals(2 * (200 + 16 * 25), estimate.mostLabels());
        assertEquals(0, estimate.mostMicros());
    }

    @Test
    void cost_follows_the_rate() {
        EffortEstimate perLabel = EffortEstimate.of(project(1, new BudgetSettings("EUR", null, RateKind.PER_LABEL, 50_000, 120)), 25);
        assertEquals(350 * 50_000, perLabel.fewestMicros());
        EffortEstimate perHour = EffortEstimate.of(project(1, new BudgetSettings("EUR", null, RateKind.PER_HOUR, 15_000_000, 120)), 25);
        assertEquals(15_000_000, perHour.mostMicros());
    }

    private static Project project(int overlap, BudgetSettings budget) {
        return new Project(1, 0, ProjectKind.TEXT, "Foods", "", ProjectState.DRAFT, new LabelingSettings(overlap, 15, 200, 25),
                LoopSettings.DEFAULTS, budget, 7, Instant.EPOCH);
    }
}
