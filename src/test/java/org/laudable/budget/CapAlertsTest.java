package org.laudable.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.laudable.notification.NotificationKind;
import org.laudable.notification.NotificationService;
import org.laudable.security.ActingAs;
import org.laudable.security.User;
import org.laudable.testing.Sample;

/** A cap announces itself before it holds. */
@QuarkusTest
class CapAlertsTest {
    private static final long EURO = 1_000_000;

    @Inject BudgetService budget;
    @Inject NotificationService notifications;
    @Inject Sample sample;
    private User manager;
    private long project;

    @BeforeEach
    void a_project_with_a_cap_of_ten() {
        manager = sample.person("manager");
        project = sample.project(manager, "a", "b");
        sample.execute("update project set cap_micros = ?, rate_kind = 'PER_LABEL', rate_micros = ? where id = ?", 10 * EURO, EURO, project);
    }

    @Test
    void half_four_fifths_and_all_are_announced_once_each() {
        for (int i = 0; i < 10; i++) {
            spend(EURO);
        }

        assertEquals(List.of("CAP_NEAR 50", "CAP_NEAR 80", "CAP_REACHED 100"), alerts());
    }

    @Test
    void a_step_over_two_marks_announces_the_higher_one_only() {
        spend(9 * EURO);

        assertEquals(List.of("CAP_NEAR 80"), alerts());
    }

    @Test
    void a_raised_cap_is_announced_anew() {
        spend(8 * EURO);
        sample.execute("update project set cap_micros = ? where id = ?", 20 * EURO, project);
        spend(EURO);
        assertEquals(List.of("CAP_NEAR 80"), alerts());

        spend(EURO);

        assertEquals(List.of("CAP_NEAR 80", "CAP_NEAR 50"), alerts());
    }

    @Test
    void what_is_left_and_pays_for_no_question_is_all_spent() {
        spend(9 * EURO + EURO / 2);

        assertTrue(budget.reserve(project, Source.PERSON, null, null, EURO).isEmpty());
        assertTrue(budget.reserve(project, Source.PERSON, null, null, EURO).isEmpty());

        assertEquals(List.of("CAP_NEAR 80", "CAP_REACHED 100"), alerts());
    }

    @Test
    void money_that_is_only_held_for_now_is_not_spent() {
        long held = budget.reserve(project, Source.PERSON, null, null, 10 * EURO).orElseThrow();

        assertTrue(budget.reserve(project, Source.PERSON, null, null, EURO).isEmpty());
        budget.release(held);

        assertEquals(List.of(), alerts());
        assertTrue(budget.reserve(project, Source.PERSON, null, null, EURO).isPresent());
    }

    @Test
    void a_call_too_dear_for_the_rest_is_no_end_while_people_can_go_on() {
        spend(7 * EURO);

        assertTrue(budget.reserve(project, Source.LLM, null, null, 4 * EURO).isEmpty());

        assertEquals(List.of("CAP_NEAR 50"), alerts());
    }

    private void spend(long micros) {
        budget.settle(budget.reserve(project, Source.PERSON, null, null, micros).orElseThrow(), micros);
    }

    /** In the order they came. */
    private List<String> alerts() {
        return ActingAs.person(manager, () -> notifications.mine(0, 50)).reversed().stream()
                .filter(told -> told.kind() == NotificationKind.CAP_NEAR || told.kind() == NotificationKind.CAP_REACHED)
                .map(told -> told.kind() + " " + told.args().get("percent")).toList();
    }
}
