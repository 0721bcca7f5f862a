package org.laudable.laud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.security.ForbiddenException;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.laudable.engine.evaluation.LearningForecast.Estimate;
import org.laudable.project.ProjectDirectory;
import org.laudable.security.ActingAs;
import org.laudable.security.User;
import org.laudable.testing.Sample;

/** The forecast from a run's own rows. */
@QuarkusTest
class ForecastServiceTest {
    private static final int AUDIT = 100;

    @Inject ForecastService forecasts;
    @Inject RunRepository runs;
    @Inject ProjectDirectory projects;
    @Inject Sample sample;
    private User manager;
    private long project;
    private long run;
    private List<Long> audit;
    private List<Long> classes;

    @BeforeEach
    void a_run_with_an_audit_sample_answered() {
        manager = sample.person("manager");
        project = sample.project(manager, "a", "b");
        classes = sample.classIds(project);
        audit = sample.items(project, IntStream.range(0, AUDIT).mapToObj(i -> "audited text " + i).toList());
        sample.items(project, IntStream.range(0, 20).mapToObj(i -> "text of the pool " + i).toList());
        for (long item : audit) {
            sample.execute("update item set split = 'AUDIT', audit_half = case when id % 2 = 0 then 'REPORT' else 'CHOOSE' end where id = ?", item);
            sample.execute("insert into resolution (project_id, item_id, outcome, class_id, origin) values (?, ?, 'LABEL', ?, 'PERSON')",
                    project, item, classes.getFirst());
        }
        sample.execute("update project set stopping = '{\"budget\": false, \"targetAccuracy\": 0.95, \"stable\": false}'::jsonb where id = ?", project);
        sample.execute("update budget set settled_micros = 20000000 where project_id = ?", project);
        run = runs.insert(project, RunSettings.of(projects.get(project), "en"), manager.id()).orElseThrow();
    }

    @Test
    void three_rounds_are_too_few_and_it_says_how_many_there_are() {
        rounds(50, 75, 100);

        RunForecast seen = seen();

        assertTrue(seen.outlook().isEmpty());
        assertEquals(3, seen.rounds());
        assertEquals(AUDIT, seen.auditAnswers());
        assertEquals(RunForecast.Advice.TOO_EARLY, seen.advice());
    }

    @Test
    void a_curve_short_of_its_target_tells_labels_and_money_to_it() {
        rounds(0, 50, 100, 150, 200);

        RunForecast seen = seen();
        Estimate more = seen.more().orElseThrow();

        assertEquals(200, seen.labels());
        assertEquals(0.9, seen.outlook().orElseThrow().now().middle(), 0.02);
        assertTrue(more.low() > 0 && more.low() < more.middle() && more.middle() < more.high(), more.toString());
        assertEquals(200_000, seen.microsPerLabel());
        assertEquals(200, seen.outlook().get().fan().getFirst().labels());
        assertTrue(seen.outlook().get().fan().getLast().labels() >= 600, "the next 400 labels at the least");
        assertEquals(RunForecast.Advice.OUT_OF_TEXTS, seen.advice());
    }

    @Test
    void money_that_ends_before_the_target_is_said() {
        rounds(0, 50, 100, 150, 200);
        sample.execute("update project set cap_micros = 21000000 where id = ?", project);

        assertEquals(RunForecast.Advice.OUT_OF_BUDGET, seen().advice());
    }

    @Test
    void annotators_do_not_see_it() {
        User annotator = sample.person("annotator");
        sample.member(project, annotator, "ANNOTATOR");

        assertThrows(ForbiddenException.class, () -> ActingAs.person(annotator, () -> forecasts.current(project)));
    }

    private RunForecast seen() {
        return ActingAs.person(manager, () -> forecasts.current(project)).orElseThrow();
    }

    /** Models whose error is a tenth at 200 labels and falls by a power law. */
    private void rounds(int... labels) {
        for (int number = 0; number < labels.length; number++) {
            sample.execute("insert into round (run_id, number, state, labels) values (?, ?, 'DONE', ?)", run, number, labels[number]);
            int wrong = (int) Math.round(AUDIT * Math.min(0.6, 0.1 * Math.pow((labels[number] + 10) / 210.0, -0.45)));
            for (int i = 0; i < AUDIT; i++) {
                sample.execute("insert into audit_prediction (run_id, round_number, item_id, class_id, confidence) values (?, ?, ?, ?, 0.9)",
                        run, number, audit.get(i), i < wrong ? classes.getLast() : classes.getFirst());
            }
        }
    }
}
