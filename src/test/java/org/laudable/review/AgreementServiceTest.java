package org.laudable.review;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.security.ForbiddenException;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.laudable.Refused;
import org.laudable.dataset.Origin;
import org.laudable.labeling.Answer;
import org.laudable.labeling.AnswerKind;
import org.laudable.labeling.LabelingService;
import org.laudable.labeling.LeaseWish;
import org.laudable.labeling.NewTask;
import org.laudable.labeling.Purpose;
import org.laudable.labeling.TaskQueue;
import org.laudable.labeling.TaskView;
import org.laudable.security.ActingAs;
import org.laudable.security.User;
import org.laudable.testing.Sample;

@QuarkusTest
class AgreementServiceTest {
    @Inject Sample sample;
    @Inject TaskQueue queue;
    @Inject LabelingService labeling;
    @Inject AgreementService agreement;
    @Inject ConfusionService confusions;

    @Test
    void figures_come_from_the_answers_as_they_stand() {
        User manager = sample.person("manager");
        User ann = sample.person("ann");
        User ben = sample.person("ben");
        long project = sample.project(manager, "apples", "pears", "plums");
        sample.member(project, ann, "ANNOTATOR");
        sample.member(project, ben, "ANNOTATOR");
        sample.execute("update project set overlap = 2 where id = ?", project);
        List<Long> classes = sample.classIds(project);
        List<Long> items = sample.items(project, IntStream.range(0, 10).mapToObj(i -> i + " " + UUID.randomUUID()).toList());
        queue.enqueue(project, null, null, items.stream().map(item -> new NewTask(item, Purpose.TRAIN, -item, "", null, null, null)).toList());
        for (int i = 0; i < 10; i++) {
            say(project, ann, AnswerKind.LABEL, classes.get(i % 2));
            say(project, ben, i == 9 ? AnswerKind.NONE : AnswerKind.LABEL, i == 9 ? null : classes.get(i < 2 ? 2 : i % 2));
        }
        for (int i = 0; i < 4; i++) {
            sample.execute("""
                    insert into prediction (item_id, project_id, run_id, model_version, class_id, confidence, margin)
                    values (?, ?, 1, 1, ?, 0.9, 0.5)""", items.get(i), project, classes.getFirst());
        }

        AgreementReport report = ActingAs.person(manager, () -> agreement.report(project));
        assertEquals(10, report.items());
        assertEquals(.7, report.percent().value(), 1e-9);
        assertTrue(report.alpha().value() < .7 && report.alpha().value() > .4, report.alpha().toString());
        assertEquals(.7, report.pairs().getFirst().percent().value(), 1e-9);
        assertNull(report.overlap());
        assertEquals(3, report.confused().size());
        AgreementReport.Confused first = report.confused().stream().filter(one -> classes.get(0).equals(one.first())).findFirst().orElseThrow();
        assertEquals(classes.get(2), first.second());
        assertEquals(items.getFirst(), first.examples().getFirst().itemId());
        assertEquals(1, report.weeks().stream().mapToInt(week -> week.percent().items()).filter(n -> n == 10).count());
        AgreementReport.Against model = report.models().getFirst();
        assertEquals(Origin.MODEL, model.origin());
        assertEquals(8, model.percent().items());
        assertEquals(3 / 8.0, model.percent().value(), 1e-9);
        assertEquals(List.of(10, 10), report.annotators().stream().map(AgreementReport.Annotator::answers).toList());
        assertThrows(ForbiddenException.class, () -> ActingAs.person(ann, () -> agreement.report(project)));
    }

    @Test
    void what_any_two_confuse_is_counted_over_the_items_both_have_said_a_class_of() {
        User manager = sample.person("manager");
        User ann = sample.person("ann");
        User ben = sample.person("ben");
        long project = sample.project(manager, "apples", "pears", "plums");
        sample.member(project, ann, "ANNOTATOR");
        sample.member(project, ben, "ANNOTATOR");
        sample.execute("update project set overlap = 2 where id = ?", project);
        List<Long> classes = sample.classIds(project);
        List<Long> items = sample.items(project, IntStream.range(0, 6).mapToObj(i -> i + " " + UUID.randomUUID()).toList());
        queue.enqueue(project, null, null, items.stream().map(item -> new NewTask(item, Purpose.TRAIN, -item, "", null, null, null)).toList());
        for (int i = 0; i < 6; i++) {
            say(project, ann, AnswerKind.LABEL, classes.getFirst());
            say(project, ben, i == 5 ? AnswerKind.NONE : AnswerKind.LABEL, i == 5 ? null : classes.get(i < 3 ? 0 : 1));
        }
        sample.execute("""
                insert into prediction (item_id, project_id, run_id, model_version, class_id, confidence, margin)
                values (?, ?, 1, 1, ?, 0.9, 0.5)""", items.getFirst(), project, classes.getLast());

        List<Rater> raters = ActingAs.person(manager, () -> confusions.raters(project));
        assertEquals(List.of("ann", "ben", ""), raters.stream().map(Rater::name).toList());
        Confusion people = ActingAs.person(manager, () -> confusions.between(project, raters.get(0), raters.get(1)));
        assertEquals(Arrays.asList(classes.get(0), classes.get(1), null), people.classes());
        assertArrayEquals(new int[][] {{3, 2, 1}, {0, 0, 0}, {0, 0, 0}}, people.times());
        assertEquals(List.of(6, 6, 3), List.of(people.items(), people.shown(), people.equal()));
        Confusion model = ActingAs.person(manager, () -> confusions.between(project, raters.get(2), raters.get(1)));
        assertEquals(List.of(classes.get(0), classes.get(2)), model.classes());
        assertArrayEquals(new int[][] {{0, 0}, {1, 0}}, model.times());
        assertThrows(Refused.class, () -> ActingAs.person(manager, () -> confusions.between(project, raters.get(0), raters.get(0))));
        assertThrows(Refused.class, () -> ActingAs.person(manager, () -> confusions.between(project, raters.get(0), new Rater(Origin.PERSON, manager.id(), "manager"))));
        assertThrows(ForbiddenException.class, () -> ActingAs.person(ann, () -> confusions.raters(project)));
    }

    private void say(long project, User user, AnswerKind kind, Long classId) {
        ActingAs.person(user, () -> {
            TaskView task = labeling.lease(new LeaseWish(project, UUID.randomUUID(), 1, 0, List.of())).tasks().getFirst();
            return labeling.answer(new Answer(UUID.randomUUID(), task.id(), kind, classId, null, 1_000, Instant.now(), 1));
        });
    }

    @Test
    void a_project_nobody_answered_has_no_figures() {
        User manager = sample.person("manager");
        long project = sample.project(manager, "apples", "pears");
        AgreementReport report = ActingAs.person(manager, () -> agreement.report(project));
        assertEquals(0, report.items());
        assertTrue(report.annotators().isEmpty() && report.models().isEmpty());
    }
}
