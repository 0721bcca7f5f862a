package org.laudable.labeling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.security.ForbiddenException;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.laudable.Refused;
import org.laudable.project.Meaning;
import org.laudable.security.ActingAs;
import org.laudable.security.User;
import org.laudable.testing.Sample;

/** Windows of series with a known answer: who is measured by them, and what is right. */
@QuarkusTest
class GoldWindowsTest {
    @Inject Sample sample;
    @Inject TaskQueue queue;
    @Inject LabelingService labeling;
    @Inject GoldWindows gold;
    @Inject GoldService scores;
    @Inject Assignment assignment;

    /** A series of 1,000 points. A reviewer has judged windows at 100, 200, …; the first so many are gold. */
    private record Plant(long project, long series, User manager, User reviewer, User ann, List<Long> classes, List<Long> windows) {
        long anomaly() {
            return classes.get(Meaning.ANOMALY.ordinal());
        }

        long normal() {
            return classes.get(Meaning.NORMAL.ordinal());
        }
    }

    private Plant plant(int judged, int asked, Meaning meaning) {
        User manager = sample.person("manager");
        User reviewer = sample.person("reviewer");
        User ann = sample.person("ann");
        long project = sample.project(manager);
        sample.execute("update project set kind = 'SERIES', gold_onboarding = ?, gold_pass_percent = 80 where id = ?", judged, project);
        sample.member(project, reviewer, "REVIEWER");
        sample.member(project, ann, "ANNOTATOR");
        List<Long> classes = IntStream.range(0, Meaning.values().length).mapToObj(i -> sample.number(
                "insert into label_class (project_id, ordinal, name, meaning) values (?, ?, ?, ?) returning id", project, i,
                Meaning.values()[i].name(), Meaning.values()[i].name())).toList();
        long series = sample.number("""
                insert into series (project_id, name, points, step_seconds, starts_at, ends_at)
                values (?, ?, 2000, 60, '2030-01-01', '2030-01-02') returning id""", project, "pump " + UUID.randomUUID());
        sample.execute("insert into series_channel (series_id, ordinal, name) values (?, 0, 'flow')", series);
        Plant plant = new Plant(project, series, manager, reviewer, ann, classes, new java.util.ArrayList<>());
        int[] points = IntStream.range(1, judged + asked + 1).map(i -> 100 * i).toArray();
        queue.enqueueWindows(project, null, 1, IntStream.of(points).mapToObj(point -> new NewWindow(series, point, point - 50, point,
                Purpose.TRAIN, -point, "VAE alarmed", plant.anomaly(), 0.8f, "model v1")).toList());
        for (int i = 0; i < judged; i++) {
            long item = sample.number("select id from item where series_id = ? and point = ?", series, points[i]);
            sample.execute("update task set state = 'DONE' where item_id = ?", item);
            sample.execute("""
                    insert into resolution (project_id, item_id, outcome, class_id, origin, interval_from, interval_to, annotators)
                    values (?, ?, 'LABEL', ?, 'REVIEWER', ?, ?, array[?]::bigint[])""", project, item, classes.get(meaning.ordinal()), points[i] - 40,
                    points[i], reviewer.id());
            plant.windows().add(item);
            ActingAs.person(reviewer, () -> gold.choose(project, item));
        }
        return plant;
    }

    private List<TaskView> lease(Plant plant) {
        return ActingAs.person(plant.ann(), () -> labeling.lease(new LeaseWish(plant.project(), UUID.randomUUID(), 1, 0, List.of()))).tasks();
    }

    private void answer(Plant plant, TaskView task, long classId, Interval interval) {
        ActingAs.person(plant.ann(), () -> labeling.answer(new Answer(UUID.randomUUID(), task.id(), AnswerKind.LABEL, classId, null, 2_000,
                Instant.now(), null, interval)));
    }

    private boolean isGold(TaskView task) {
        return sample.number("select count(*) from task where id = ? and purpose = 'GOLD'", task.id()) == 1;
    }

    private GoldScore score(Plant plant) {
        return ActingAs.person(plant.manager(), () -> scores.scores(plant.project())).get(plant.ann().id());
    }

    @Test
    void a_gold_window_looks_like_any_other_and_gives_no_verdict() {
        Plant plant = plant(1, 1, Meaning.ANOMALY);
        TaskView known = lease(plant).getFirst();
        assertTrue(isGold(known));
        assertEquals(new Window(plant.series(), 100, 50, 100), known.window(), "the detector's suggestion, not the known stretch");
        assertEquals("VAE alarmed", known.reason());
        assertEquals(plant.anomaly(), known.suggestion().classId());
        answer(plant, known, plant.normal(), null);
        assertEquals(plant.anomaly(), sample.number("select class_id from resolution where item_id = ? and superseded_at is null", plant.windows().getFirst()));
    }

    /** Known is 60 to 100. */
    @Test
    void an_anomaly_is_right_where_its_stretch_overlaps_by_half() {
        assertEquals(1, rightWith(new Interval(60, 100, null)));
        assertEquals(1, rightWith(null), "the suggested 50 to 100 overlaps by .8");
        assertEquals(1, rightWith(new Interval(60, 80, null)), "exactly half");
        assertEquals(0, rightWith(new Interval(60, 79, null)));
        assertEquals(0, rightWith(new Interval(20, 101, null)), "40 of 81");
        assertEquals(0, rightWith(new Interval(300, 340, null)), "apart");
    }

    private int rightWith(Interval drawn) {
        Plant plant = plant(1, 1, Meaning.ANOMALY);
        answer(plant, lease(plant).getFirst(), plant.anomaly(), drawn);
        assertEquals(1, score(plant).answers());
        return score(plant).right();
    }

    @Test
    void what_is_normal_has_no_stretch_to_compare_and_another_verdict_is_wrong() {
        Plant plant = plant(2, 1, Meaning.NORMAL);
        answer(plant, lease(plant).getFirst(), plant.normal(), new Interval(1, 3, null));
        assertEquals(1, score(plant).right());
        answer(plant, lease(plant).getFirst(), plant.anomaly(), null);
        assertEquals(1, score(plant).right());
        assertEquals(2, score(plant).answers());
    }

    @Test
    void who_fails_is_paused_told_and_named_to_the_manager_until_work_is_handed_out_again() {
        Plant plant = plant(3, 2, Meaning.ANOMALY);
        for (int i = 0; i < 3; i++) {
            answer(plant, lease(plant).getFirst(), plant.normal(), null);
        }
        assertTrue(lease(plant).isEmpty());
        assertEquals(1, sample.number("select count(*) from notification where account_id = ? and kind = 'PAUSED'", plant.ann().id()));
        assertEquals(1, sample.number("select count(*) from notification where account_id = ? and kind = 'GOLD_FAILED'", plant.manager().id()));
        ActingAs.person(plant.manager(), () -> assignment.resume(plant.project(), plant.ann().id()));
        assertFalse(isGold(lease(plant).getFirst()));
    }

    @Test
    void reviewers_and_managers_choose_among_judged_windows() {
        Plant plant = plant(2, 1, Meaning.ANOMALY);
        List<GoldWindow> listed = ActingAs.person(plant.reviewer(), () -> gold.list(plant.project(), 10));
        assertEquals(2, listed.size(), "what nobody judged is not offered");
        assertTrue(listed.stream().allMatch(GoldWindow::gold));
        ActingAs.person(plant.manager(), () -> gold.drop(plant.project(), plant.windows().getFirst()));
        assertEquals(1, ActingAs.person(plant.manager(), () -> scores.count(plant.project())));
        long open = sample.number("select id from item where project_id = ? and point = 300", plant.project());
        assertThrows(Refused.class, () -> ActingAs.person(plant.reviewer(), () -> gold.choose(plant.project(), open)));
        assertThrows(ForbiddenException.class, () -> ActingAs.person(plant.ann(), () -> gold.list(plant.project(), 10)));
        assertThrows(ForbiddenException.class, () -> ActingAs.person(plant.ann(), () -> gold.choose(plant.project(), plant.windows().getFirst())));
        assertThrows(ForbiddenException.class, () -> ActingAs.person(plant.ann(), () -> gold.drop(plant.project(), plant.windows().getLast())));
    }

    @Test
    void an_annotator_sees_their_own_score_and_nobody_elses() {
        Plant plant = plant(1, 1, Meaning.ANOMALY);
        answer(plant, lease(plant).getFirst(), plant.anomaly(), null);
        Optional<GoldScore> mine = ActingAs.person(plant.ann(), () -> scores.mine(plant.project()));
        assertEquals(plant.ann().id(), mine.orElseThrow().accountId());
        assertEquals(1, mine.orElseThrow().right());
        assertNull(ActingAs.person(plant.reviewer(), () -> scores.mine(plant.project())).orElse(null), "reviewers are not measured");
    }
}
