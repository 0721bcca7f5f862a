package org.laudable.review;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.laudable.database.Sql;
import org.laudable.labeling.Answer;
import org.laudable.labeling.AnswerKind;
import org.laudable.labeling.ItemResolved;
import org.laudable.labeling.LabelingService;
import org.laudable.labeling.LeaseWish;
import org.laudable.labeling.NewTask;
import org.laudable.labeling.Purpose;
import org.laudable.labeling.TaskQueue;
import org.laudable.labeling.TaskView;
import org.laudable.security.ActingAs;
import org.laudable.security.User;
import org.laudable.testing.Eventually;
import org.laudable.testing.Sample;

/** Simulated people through the real services; their answers weighed by how good they are. */
@QuarkusTest
class WeighingTest {
    private static final int ITEMS = 120;
    private static final double[] ACCURACY = {.97, .6, .55};

    @Inject Sample sample;
    @Inject Sql sql;
    @Inject TaskQueue queue;
    @Inject LabelingService labeling;
    @Inject WeighingJob job;
    @Inject WeighingRepository weighing;
    @Inject WeighingWatch watch;
    @Inject ReviewService review;
    @Inject AgreementService agreement;
    @Inject News news;

    private long project;
    private User manager;
    private List<User> people;
    private List<Long> classes;
    private List<Long> items;
    private final Map<Long, Integer> truth = new HashMap<>();
    private final Map<String, TaskView> asked = new HashMap<>();

    /** Hears of resolved items. */
    @ApplicationScoped
    static class News {
        private final Set<Long> heard = ConcurrentHashMap.newKeySet();

        void hear(@Observes ItemResolved event) {
            heard.add(event.itemId());
        }

        boolean ofAll(Set<Long> items) {
            return heard.containsAll(items);
        }
    }

    @BeforeEach
    void answers() {
        manager = sample.person("manager");
        project = sample.project(manager, "apples", "pears", "plums", "figs");
        people = IntStream.range(0, ACCURACY.length).mapToObj(i -> sample.person("annotator" + i)).toList();
        people.forEach(person -> sample.member(project, person, "ANNOTATOR"));
        sample.execute("update project set overlap = 3 where id = ?", project);
        classes = sample.classIds(project);
        items = sample.items(project, IntStream.range(0, ITEMS).mapToObj(i -> i + " " + UUID.randomUUID()).toList());
        items.forEach(item -> truth.put(item, (int) (item % classes.size())));
        queue.enqueue(project, null, null, items.stream().map(item -> new NewTask(item, Purpose.TRAIN, -item, "", null, null, null)).toList());
    }

    private void weigh(String way) {
        sample.execute("update project set aggregation = ? where id = ?", way, project);
        job.weigh(project);
    }

    private void everybodyAnswers() {
        for (int person = 0; person < people.size(); person++) {
            Random chance = new Random(41 + person);
            for (int i = 0; i < ITEMS; i++) {
                TaskView task = take(person);
                long item = itemOf(task);
                asked.put(person + " " + item, task);
                int right = truth.get(item);
                say(person, task, chance.nextDouble() < ACCURACY[person] ? right : (right + 1 + chance.nextInt(classes.size() - 1)) % classes.size());
            }
        }
    }

    private TaskView take(int person) {
        return ActingAs.person(people.get(person), () -> labeling.lease(new LeaseWish(project, UUID.randomUUID(), 1, 0, List.of()))).tasks().getFirst();
    }

    private void say(int person, TaskView task, int choice) {
        ActingAs.person(people.get(person), () -> labeling.answer(
                new Answer(UUID.randomUUID(), task.id(), AnswerKind.LABEL, classes.get(choice), null, 1_000, Instant.now(), 1)));
    }

    private long itemOf(TaskView task) {
        return sample.number("select item_id from task where id = ?", task.id());
    }

    /** By item: class and confidence as they stand, people's only. */
    private Map<Long, String> standing() {
        Map<Long, String> found = new HashMap<>();
        sql.list("select item_id, class_id, confidence, weighed, id from resolution where project_id = ? and superseded_at is null and origin = 'PERSON'",
                row -> found.put(row.getLong(1), row.getLong(2) + " %.3f ".formatted(row.getFloat(3)) + row.getBoolean(4) + " " + row.getLong(5)), project);
        return found;
    }

    private int right() {
        return sql.list("select item_id, class_id from resolution where project_id = ? and superseded_at is null",
                row -> classes.indexOf(row.getLong(2)) == truth.get(row.getLong(1)) ? 1 : 0, project).stream().mapToInt(one -> one).sum();
    }

    private long disputed() {
        return ActingAs.person(manager, () -> review.counts(project)).get(ReviewQueue.DISAGREEMENT);
    }

    @Test
    void the_good_persons_word_outweighs_the_others_and_disputes_are_settled() {
        everybodyAnswers();
        int byMajority = right();
        long before = disputed();
        assertTrue(before > 5, "some disputes: " + before);
        weigh("DAWID_SKENE");
        assertTrue(right() >= byMajority + 10, byMajority + " right by majority, " + right() + " weighed");
        assertTrue(right() >= .9 * standing().size(), right() + " of " + standing().size() + " that have a label");
        assertTrue(disputed() < before, "of " + before + " disputes " + disputed() + " are left");
        assertEquals(0, sample.number("""
                select count(*) from resolution where project_id = ? and superseded_at is null and (not weighed or confidence not between .2 and 1)""", project));
        Set<Long> settled = Set.copyOf(standing().keySet());
        assertTrue(news.ofAll(settled), "the loop hears of what was settled");
        assertEquals(settled.size() + disputed(), ITEMS);

        Map<Long, String> once = standing();
        assertEquals(0, job.weigh(project), "the same answers again change nothing");
        assertEquals(once, standing());

        AgreementReport report = ActingAs.person(manager, () -> agreement.report(project));
        assertTrue(report.made().weighed() && report.made().tooFew().isEmpty() && report.made().items() == ITEMS, report.made().toString());
        for (int i = 0; i < ACCURACY.length; i++) {
            String name = people.get(i).displayName();
            assertEquals(ACCURACY[i], report.annotators().stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow().accuracy(), .1, name);
        }

        weigh("MAJORITY");
        assertEquals(List.of(byMajority, before), List.of(right(), disputed()), "the majority is back");
    }

    @Test
    void verdicts_the_audit_sample_and_what_is_answered_again_stay() {
        everybodyAnswers();
        long decided = items.get(0);
        ReviewItem item = ActingAs.person(manager, () -> review.item(project, decided)).orElseThrow();
        int wrong = (truth.get(decided) + 1) % classes.size();
        ActingAs.person(manager, () -> review.decide(project, new Verdict(decided, item.version(), ReviewQueue.RANDOM, classes.get(wrong), null)));
        sample.execute("update item set split = 'AUDIT' where project_id = ? and id % 3 = 0", project);
        String audit = auditLabels();
        weigh("DAWID_SKENE");
        assertEquals(classes.get(wrong), sample.number("select class_id from resolution where item_id = ? and superseded_at is null", decided));
        assertEquals(audit, auditLabels());

        long item2 = standing().keySet().stream().filter(one -> sample.number("select count(*) from item where id = ? and split = 'POOL'", one) == 1)
                .findFirst().orElseThrow();
        for (int person = 0; person < people.size(); person++) {
            say(person, asked.get(person + " " + item2), (truth.get(item2) + 2) % classes.size());
        }
        job.weigh(project);
        assertEquals(classes.get((truth.get(item2) + 2) % classes.size()), sample.number("select class_id from resolution where item_id = ? and superseded_at is null", item2));
    }

    private String auditLabels() {
        return sql.list("""
                select r.id || ' ' || r.class_id || ' ' || r.confidence || ' ' || r.weighed from resolution r join item i on i.id = r.item_id
                where r.project_id = ? and r.superseded_at is null and i.split = 'AUDIT' order by r.id""", row -> row.getString(1), project).toString();
    }

    @Test
    void people_with_few_answers_are_left_to_the_majority_and_the_page_says_so() {
        for (int person = 0; person < people.size(); person++) {
            for (int i = 0; i < Weighing.ENOUGH - 1; i++) {
                TaskView task = take(person);
                say(person, task, person == 0 ? truth.get(itemOf(task)) : 1);
            }
        }
        Map<Long, String> before = standing();
        weigh("DAWID_SKENE");
        assertEquals(before, standing());
        AgreementReport.Made made = ActingAs.person(manager, () -> agreement.report(project)).made();
        assertEquals(List.of("annotator0", "annotator1", "annotator2"), new ArrayList<>(made.tooFew()).stream().sorted().toList());
    }

    @Test
    void it_is_done_by_itself_once_enough_answers_came() {
        assertNull(weighing.state(project).orElse(null));
        everybodyAnswers();
        watch.look();
        assertNull(weighing.state(project).orElse(null), "the project did not ask for it");
        sample.execute("update project set aggregation = 'DAWID_SKENE' where id = ?", project);
        watch.look();
        Eventually.holds("the answers are weighed", () -> weighing.state(project).isPresent());
        WeighingRepository.Candidate now = weighing.candidates().stream().filter(one -> one.projectId() == project).findFirst().orElseThrow();
        assertFalse(watch.due(now), "nothing new");
        assertTrue(sample.number("select count(*) from resolution where project_id = ? and superseded_at is null and weighed", project) > 0);
    }
}
