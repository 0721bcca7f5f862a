package org.laudable.labeling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.security.ForbiddenException;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
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

@QuarkusTest
class WindowTest {
    @Inject Sample sample;
    @Inject TaskQueue queue;
    @Inject LabelingService labeling;
    @Inject WindowVerdicts verdicts;
    @Inject TaskRepository tasks;
    @Inject LeaseRepository leases;
    @Inject LimitRepository limits;
    @Inject TaskViews views;
    @Inject Leasing leasing;
    @Inject org.laudable.project.ProjectAccess access;
    @Inject AnswerTest.News news;

    /** A series project of a test: its people and one series of 1,000 points and 3 channels. */
    record Plant(long project, long series, List<User> people, long anomaly, long normal, long expected) {
        User ann() {
            return people.getFirst();
        }
    }

    private Plant plant(int people) {
        User manager = sample.person("manager");
        long project = sample.project(manager);
        sample.execute("update project set kind = 'SERIES', overlap = ? where id = ?", people, project);
        List<Long> classes = new ArrayList<>();
        for (Meaning meaning : Meaning.values()) {
            classes.add(sample.number("insert into label_class (project_id, ordinal, name, meaning) values (?, ?, ?, ?) returning id",
                    project, meaning.ordinal(), meaning.name(), meaning.name()));
        }
        List<User> annotators = IntStream.range(0, people).mapToObj(i -> sample.person("annotator")).toList();
        annotators.forEach(user -> sample.member(project, user, "ANNOTATOR"));
        return new Plant(project, series(project), annotators, classes.get(0), classes.get(1), classes.get(2));
    }

    private long series(long project) {
        long series = sample.number("""
                insert into series (project_id, name, points, step_seconds, starts_at, ends_at)
                values (?, ?, 1000, 60, '2030-01-01', '2030-01-02') returning id""", project, "pump " + UUID.randomUUID());
        for (int channel = 0; channel < 3; channel++) {
            sample.execute("insert into series_channel (series_id, ordinal, name) values (?, ?, ?)", series, channel, "c" + channel);
        }
        return series;
    }

    private int ask(Plant plant, int... points) {
        return queue.enqueueWindows(plant.project(), null, 3, IntStream.of(points).mapToObj(point -> new NewWindow(plant.series(),
                point, point - 4, point + 1, Purpose.TRAIN, -point, "VAE alarmed", plant.anomaly(), 0.8f, "model v1")).toList());
    }

    private TaskView one(Plant plant, User user) {
        return ActingAs.person(user, () -> labeling.lease(new LeaseWish(plant.project(), UUID.randomUUID(), 1, 0, List.of())))
                .tasks().getFirst();
    }

    private AnswerReceipt say(User user, long task, AnswerKind kind, Long classId, String comment, Interval interval) {
        return ActingAs.person(user, () -> labeling.answer(new Answer(UUID.randomUUID(), task, kind, classId, comment, 2_000,
                Instant.now(), null, interval)));
    }

    @Test
    void a_window_becomes_an_item_and_comes_with_its_suggested_interval() {
        Plant plant = plant(1);
        assertEquals(2, ask(plant, 100, 200));
        assertEquals(0, ask(plant, 100), "it is asked already");
        TaskView task = one(plant, plant.ann());
        assertEquals(new Window(plant.series(), 100, 96, 101), task.window());
        assertEquals("VAE alarmed", task.reason());
        assertEquals(2, sample.number("select count(*) from item where series_id = ?", plant.series()));
    }

    @Test
    void windows_outside_the_projects_series_are_not_asked() {
        Plant plant = plant(1);
        Plant other = plant(1);
        assertEquals(0, ask(plant, 1000, -1));
        assertEquals(0, ask(new Plant(plant.project(), other.series(), plant.people(), 0, 0, 0), 5));
        assertEquals(0, sample.number("select count(*) from item where project_id = ?", plant.project()));
    }

    @Test
    void an_answer_keeps_its_interval_and_channels_and_becomes_a_verdict() {
        Plant plant = plant(1);
        ask(plant, 100);
        TaskView task = one(plant, plant.ann());
        say(plant.ann(), task.id(), AnswerKind.LABEL, plant.anomaly(), "the valve", new Interval(90, 105, List.of(2, 0)));
        WindowVerdict verdict = verdicts.of(plant.project()).getFirst();
        assertEquals(Meaning.ANOMALY, verdict.meaning());
        assertEquals(90, verdict.from());
        assertEquals(105, verdict.to());
        assertArrayEquals(new int[] {0, 2}, verdict.channels());
        assertEquals("the valve", verdict.comment());
        assertEquals("PERSON", verdict.origin());
        assertEquals(1, news.of(verdict.itemId()));
        assertEquals(0, ask(plant, 100), "a person has answered");
    }

    @Test
    void an_undone_answer_is_no_verdict_and_an_answer_without_interval_is_about_the_suggested_one() {
        Plant plant = plant(1);
        ask(plant, 100);
        TaskView task = one(plant, plant.ann());
        say(plant.ann(), task.id(), AnswerKind.NONE, null, null, null);
        WindowVerdict verdict = verdicts.of(plant.project()).getFirst();
        assertNull(verdict.meaning());
        assertEquals(96, verdict.from());
        assertEquals(101, verdict.to());
        UndoReply undone = ActingAs.person(plant.ann(), () -> labeling.undo(UUID.randomUUID(), task.id(), UUID.randomUUID()));
        assertEquals(task.window(), undone.task().orElseThrow().window());
        assertTrue(verdicts.of(plant.project()).isEmpty());
    }

    @Test
    void the_majority_gives_the_class_and_the_median_of_its_edges_the_interval() {
        Plant plant = plant(4);
        ask(plant, 100);
        long task = one(plant, plant.ann()).id();
        plant.people().subList(1, 4).forEach(user -> assertEquals(task, one(plant, user).id()));
        say(plant.people().get(0), task, AnswerKind.LABEL, plant.anomaly(), null, new Interval(90, 104, List.of(1)));
        say(plant.people().get(1), task, AnswerKind.LABEL, plant.anomaly(), null, new Interval(94, 120, List.of(1, 2)));
        say(plant.people().get(2), task, AnswerKind.LABEL, plant.normal(), null, new Interval(0, 1000, null));
        assertTrue(verdicts.of(plant.project()).isEmpty(), "three of four");
        say(plant.people().get(3), task, AnswerKind.LABEL, plant.anomaly(), null, new Interval(95, 106, null));
        WindowVerdict verdict = verdicts.of(plant.project()).getFirst();
        assertEquals(94, verdict.from());
        assertEquals(106, verdict.to());
        assertArrayEquals(new int[] {1, 2}, verdict.channels());
        say(plant.people().get(3), task, AnswerKind.LABEL, plant.anomaly(), null, new Interval(60, 70, null));
        assertEquals(90, verdicts.of(plant.project()).getFirst().from(), "an edge was moved");
    }

    @Test
    void an_interval_must_fit_its_series_and_a_text_has_none() {
        Plant plant = plant(1);
        ask(plant, 100);
        long task = one(plant, plant.ann()).id();
        for (Interval wrong : List.of(new Interval(5, 5, null), new Interval(990, 1001, null), new Interval(1, 2, List.of(3)))) {
            assertThrows(Refused.class, () -> say(plant.ann(), task, AnswerKind.LABEL, plant.anomaly(), null, wrong));
        }
        assertTrue(verdicts.of(plant.project()).isEmpty());
        long item = sample.items(plant.project(), List.of("a text")).getFirst();
        queue.enqueue(plant.project(), null, null, List.of(new NewTask(item, Purpose.TRAIN, 999, "", null, null, null)));
        long text = one(plant, plant.ann()).id();
        assertThrows(Refused.class, () -> say(plant.ann(), text, AnswerKind.NONE, null, null, new Interval(1, 2, null)));
    }

    @Test
    void similar_windows_are_leased_to_who_asks_nearest_first_without_those_answered() {
        Plant plant = plant(1);
        ask(plant, 100, 300);
        TaskView first = one(plant, plant.ann());
        say(plant.ann(), first.id(), AnswerKind.LABEL, plant.anomaly(), null, null);
        LeaseReply reply = similar(plant.ann(), first.id(), 2, near(plant, 100, 500, 300, 700));
        assertEquals(List.of(500, 300), reply.tasks().stream().map(task -> task.window().point()).toList());
        assertEquals(3, sample.number("select count(*) from item where series_id = ?", plant.series()), "700 was not needed");
        assertEquals(3, sample.number("select count(*) from task where project_id = ? and round_number = 3", plant.project()));
        reply.tasks().forEach(task -> say(plant.ann(), task.id(), AnswerKind.LABEL, plant.anomaly(), null, null));
        assertEquals(3, verdicts.of(plant.project()).size());
    }

    @Test
    void similar_windows_stop_at_the_budgets_end() {
        Plant plant = plant(1);
        sample.execute("update project set rate_kind = 'PER_LABEL', rate_micros = 10, cap_micros = 20 where id = ?", plant.project());
        ask(plant, 100);
        LeaseReply reply = similar(plant.ann(), one(plant, plant.ann()).id(), 5, near(plant, 500, 600, 700));
        assertEquals(1, reply.tasks().size());
        assertTrue(reply.capReached());
    }

    @Test
    void who_was_not_asked_finds_nothing_similar() {
        Plant plant = plant(2);
        Plant other = plant(1);
        ask(plant, 100);
        long task = one(plant, plant.ann()).id();
        assertThrows(Refused.class, () -> similar(plant.people().get(1), task, 2, near(plant, 500)));
        assertThrows(ForbiddenException.class, () -> similar(other.ann(), task, 2, near(plant, 500)));
        assertThrows(Refused.class, () -> similar(plant.ann(), task, 2, List.of()));
    }

    private static List<SimilarWindow> near(Plant plant, int... points) {
        return IntStream.of(points).mapToObj(point -> new SimilarWindow(plant.series(), point, point - 2, point + 1, point)).toList();
    }

    private LeaseReply similar(User user, long task, int count, List<SimilarWindow> near) {
        SimilarTasks similar = new SimilarTasks(access, tasks, limits, leases, queue, views, leasing,
                () -> Optional.of((project, series, point, most) -> near));
        return ActingAs.person(user, () -> similar.similar(task, UUID.randomUUID(), count, "looks alike"));
    }
}
