package org.laudable.anomaly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.security.ForbiddenException;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.laudable.security.ActingAs;
import org.laudable.security.User;
import org.laudable.testing.Sample;

/** What a series project's own answers promise. */
@QuarkusTest
class YieldServiceTest {
    @Inject YieldService yields;
    @Inject Sample sample;
    private User manager;
    private long project;
    private long series;
    private long anomaly;
    private long normal;
    private int point;

    @BeforeEach
    void a_project_of_one_series() {
        manager = sample.person("manager");
        project = sample.project(manager, "anomaly", "normal");
        List<Long> classes = sample.classIds(project);
        anomaly = classes.getFirst();
        normal = classes.getLast();
        sample.execute("update project set kind = 'SERIES' where id = ?", project);
        sample.execute("update label_class set meaning = 'ANOMALY' where id = ?", anomaly);
        sample.execute("update label_class set meaning = 'NORMAL' where id = ?", normal);
        series = sample.number("""
                insert into series (project_id, name, points, step_seconds, starts_at, ends_at) values (?, 'machine', 100000, 60, now(), now()) returning id""", project);
    }

    @Test
    void before_twenty_answers_it_tells_what_was_found_and_nothing_of_what_will_be() {
        answer(anomaly, 6);
        answer(normal, 13);

        YieldView seen = seen(manager);

        assertEquals(19, seen.answers());
        assertEquals(6, seen.found());
        assertTrue(seen.outlook().isEmpty());
        assertEquals(YieldView.Advice.TOO_EARLY, seen.advice());
    }

    @Test
    void answers_that_still_find_something_say_go_on_and_what_an_anomaly_costs() {
        for (int i = 0; i < 20; i++) {
            answer(anomaly, 1);
            answer(normal, 3);
        }
        sample.execute("update budget set settled_micros = 8000000 where project_id = ?", project);

        YieldView seen = seen(manager);

        assertEquals(YieldView.Advice.GO_ON, seen.advice());
        assertEquals(25, 100 * seen.outlook().orElseThrow().rate().middle(), 5);
        assertEquals(100_000, seen.microsPerAnswer());
        assertEquals(400_000, seen.microsPerAnomaly().orElseThrow(), 100_000);
        sample.execute("update project set cap_micros = 10000000 where id = ?", project);
        assertEquals(YieldView.Advice.OUT_OF_BUDGET, seen(manager).advice());
    }

    @Test
    void a_long_row_of_normal_windows_says_stop() {
        answer(anomaly, 10);
        answer(normal, 300);

        assertEquals(YieldView.Advice.LITTLE_LEFT, seen(manager).advice());
    }

    @Test
    void annotators_and_strangers_do_not_see_it() {
        User annotator = sample.person("annotator");
        sample.member(project, annotator, "ANNOTATOR");

        assertThrows(ForbiddenException.class, () -> seen(annotator));
        assertThrows(ForbiddenException.class, () -> seen(sample.person("stranger")));
    }

    private YieldView seen(User user) {
        return ActingAs.person(user, () -> yields.current(project)).orElseThrow();
    }

    private void answer(long classId, int times) {
        for (int i = 0; i < times; i++) {
            long item = sample.items(project, List.of("window " + point)).getFirst();
            sample.execute("update item set series_id = ?, point = ? where id = ?", series, point++, item);
            sample.execute("insert into resolution (project_id, item_id, outcome, class_id, origin) values (?, ?, 'LABEL', ?, 'PERSON')", project, item, classId);
        }
    }
}
