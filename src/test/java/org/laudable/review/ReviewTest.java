package org.laudable.review;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.security.ForbiddenException;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.laudable.Refused;
import org.laudable.dataset.Origin;
import org.laudable.labeling.Answer;
import org.laudable.labeling.AnswerKind;
import org.laudable.labeling.ItemResolved;
import org.laudable.labeling.LabelingService;
import org.laudable.labeling.LeaseWish;
import org.laudable.labeling.MyWork;
import org.laudable.labeling.NewTask;
import org.laudable.labeling.Purpose;
import org.laudable.labeling.TaskQueue;
import org.laudable.labeling.TaskView;
import org.laudable.project.ProjectService;
import org.laudable.security.ActingAs;
import org.laudable.security.User;
import org.laudable.testing.Sample;

@QuarkusTest
class ReviewTest {
    @Inject Sample sample;
    @Inject TaskQueue queue;
    @Inject LabelingService labeling;
    @Inject MyWork work;
    @Inject ProjectService projects;
    @Inject ReviewService review;
    @Inject RequeueService requeue;
    @Inject News news;

    private long project;
    private User manager;
    private User rico;
    private User ann;
    private User ben;
    private List<Long> classes;
    private List<Long> items;

    /** Hears of resolved items. */
    @ApplicationScoped
    static class News {
        final List<ItemResolved> heard = new CopyOnWriteArrayList<>();

        void hear(@Observes ItemResolved event) {
            heard.add(event);
        }

        long of(long item) {
            return heard.stream().filter(event -> event.itemId() == item && event.purpose() == Purpose.TRAIN).count();
        }
    }

    @BeforeEach
    void team() {
        manager = sample.person("manager");
        rico = sample.person("rico");
        ann = sample.person("ann");
        ben = sample.person("ben");
        project = sample.project(manager, "apples", "pears", "plums");
        sample.member(project, rico, "REVIEWER");
        sample.member(project, ann, "ANNOTATOR");
        sample.member(project, ben, "ANNOTATOR");
        sample.execute("update project set overlap = 2 where id = ?", project);
        classes = sample.classIds(project);
        items = sample.items(project, List.of("one " + UUID.randomUUID(), "two " + UUID.randomUUID()));
        queue.enqueue(project, null, null, items.stream().map(item -> new NewTask(item, Purpose.TRAIN, -item, "near", classes.get(2), .6f, "zero-shot")).toList());
    }

    private TaskView take(User user) {
        return ActingAs.person(user, () -> labeling.lease(new LeaseWish(project, UUID.randomUUID(), 1, 0, List.of()))).tasks().getFirst();
    }

    private void say(User user, TaskView task, AnswerKind kind, Long classId) {
        ActingAs.person(user, () -> labeling.answer(new Answer(UUID.randomUUID(), task.id(), kind, classId, "because", 1_000, Instant.now(), 1)));
    }

    private void label(User user, int choice) {
        say(user, take(user), AnswerKind.LABEL, classes.get(choice));
    }

    private ReviewItem disputed() {
        label(ann, 0);
        label(ben, 1);
        return next(rico, ReviewQueue.DISAGREEMENT).orElseThrow();
    }

    private Optional<ReviewItem> next(User user, ReviewQueue which) {
        return ActingAs.person(user, () -> review.next(project, ReviewWish.of(which, List.of())));
    }

    private long decide(User user, ReviewItem item, Long classId) {
        return ActingAs.person(user, () -> review.decide(project, new Verdict(item.id(), item.version(), ReviewQueue.DISAGREEMENT, classId, null)));
    }

    /** The class that stands; 0 none of these, -1 nothing. */
    private long standing(long item) {
        return sample.number("""
                select coalesce((select coalesce(class_id, 0) from resolution where item_id = ? and superseded_at is null), -1)""", item);
    }

    private long waiting(ReviewQueue which) {
        return ActingAs.person(rico, () -> review.counts(project)).get(which);
    }

    @Test
    void a_disagreement_is_decided_and_the_loop_hears_of_it() {
        ReviewItem item = disputed();
        assertEquals(List.of(classes.get(0), classes.get(1)), item.answers().stream().map(ReviewItem.Answer::classId).toList());
        assertEquals("because", item.answers().getFirst().comment());
        assertEquals(classes.get(2), item.opinions().getFirst().classId());
        assertEquals(1, waiting(ReviewQueue.DISAGREEMENT));
        decide(rico, item, classes.get(1));
        assertEquals(classes.get(1), standing(item.id()));
        assertEquals(0, waiting(ReviewQueue.DISAGREEMENT));
        assertEquals(1, news.of(item.id()));
    }

    @Test
    void an_undone_verdict_leaves_everything_as_it_was() {
        ReviewItem item = disputed();
        long verdict = decide(rico, item, null);
        assertEquals(0, standing(item.id()));
        ReviewItem again = ActingAs.person(rico, () -> review.undo(project, verdict));
        assertEquals(item.id(), again.id());
        assertNull(again.label());
        assertEquals(1, waiting(ReviewQueue.DISAGREEMENT));
        assertThrows(Refused.class, () -> ActingAs.person(rico, () -> review.undo(project, verdict)));
    }

    @Test
    void a_verdict_and_its_undo_are_on_record_with_what_was_and_what_is() {
        ReviewItem item = disputed();
        long verdict = decide(rico, item, classes.get(1));
        ActingAs.person(rico, () -> review.undo(project, verdict));

        assertEquals(1, sample.number("""
                select count(*) from audit_event where subject = 'item:' || ? and action = 'label.decided' and account_id = ?
                  and details -> 'before' = '{}' and details #>> '{after,class}' = (select name from label_class where id = ?)""",
                item.id(), rico.id(), classes.get(1)));
        assertEquals(1, sample.number("""
                select count(*) from audit_event where subject = 'item:' || ? and action = 'label.decisionUndone'
                  and details -> 'after' = '{}' and details #>> '{before,origin}' = 'REVIEWER'""", item.id()));
    }

    @Test
    void an_undone_verdict_gives_back_the_label_it_replaced_and_the_question_it_ended() {
        label(ann, 0);
        sample.execute("""
                insert into resolution (project_id, item_id, outcome, class_id, origin, confidence) values (?, ?, 'LABEL', ?, 'LLM', 0.4)""",
                project, items.getFirst(), classes.get(2));
        ReviewItem item = next(rico, ReviewQueue.LLM).orElseThrow();
        long verdict = decide(rico, item, classes.get(1));
        assertEquals(0, sample.number("select count(*) from task where item_id = ? and state = 'OPEN'", item.id()));
        ActingAs.person(rico, () -> review.undo(project, verdict));
        assertEquals(classes.get(2), standing(item.id()));
        assertEquals(1, sample.number("select count(*) from task where item_id = ? and state = 'OPEN'", item.id()));
        label(ben, 0);
        assertEquals(classes.get(0), standing(item.id()));
    }

    @Test
    void an_undone_verdict_leaves_what_annotators_answered_in_between() {
        TaskView anns = take(ann);
        say(ann, anns, AnswerKind.LABEL, classes.get(0));
        TaskView bens = take(ben);
        say(ben, bens, AnswerKind.LABEL, classes.get(1));
        ReviewItem item = next(rico, ReviewQueue.DISAGREEMENT).orElseThrow();
        long verdict = decide(rico, item, classes.get(2));
        say(ben, bens, AnswerKind.LABEL, classes.get(0));
        assertEquals(classes.get(2), standing(item.id()), "the verdict stands above a changed answer");
        long told = news.of(item.id());
        ActingAs.person(rico, () -> review.undo(project, verdict));
        assertEquals(classes.get(0), standing(item.id()), "both say the same now");
        assertEquals(0, waiting(ReviewQueue.DISAGREEMENT));
        assertEquals(told + 1, news.of(item.id()), "the loop hears of the label");
    }

    @Test
    void an_undone_verdict_does_not_bring_back_a_label_that_its_people_took_back_in_between() {
        TaskView anns = take(ann);
        say(ann, anns, AnswerKind.LABEL, classes.get(0));
        TaskView bens = take(ben);
        say(ben, bens, AnswerKind.LABEL, classes.get(0));
        ReviewItem item = next(rico, ReviewQueue.RANDOM).orElseThrow();
        long verdict = decide(rico, item, classes.get(1));
        say(ben, bens, AnswerKind.LABEL, classes.get(2));
        ActingAs.person(rico, () -> review.undo(project, verdict));
        assertEquals(-1, standing(item.id()));
        assertEquals(1, waiting(ReviewQueue.DISAGREEMENT));
    }

    @Test
    void my_work_lists_the_queues_of_those_who_review_and_of_nobody_else() {
        disputed();
        assertEquals(1L, ActingAs.person(rico, () -> work.entries(Instant.EPOCH)).getFirst().reviews().get("DISAGREEMENT"));
        assertEquals(List.of("DISAGREEMENT"), List.copyOf(ActingAs.person(manager, () -> work.entries(Instant.EPOCH)).getFirst().reviews().keySet()));
        assertTrue(ActingAs.person(ann, () -> work.entries(Instant.EPOCH)).getFirst().reviews().isEmpty());
    }

    @Test
    void a_long_queue_is_counted_up_to_a_bound() {
        sample.execute("""
                with made as (insert into item (project_id, body, fingerprint, shuffle)
                  select ?, 'label ' || n, decode(md5('label ' || n), 'hex'), n from generate_series(1, 1500) n returning id)
                insert into resolution (project_id, item_id, outcome, class_id, origin, confidence)
                select ?, id, 'LABEL', ?, 'LLM', .5 from made""", project, project, classes.getFirst());
        assertEquals(ReviewQueue.MANY + 1, waiting(ReviewQueue.LLM));
    }

    @Test
    void the_least_sure_labels_of_a_language_model_that_the_task_model_contradicts_come_first() {
        for (int i = 0; i < 2; i++) {
            sample.execute("insert into resolution (project_id, item_id, outcome, class_id, origin, confidence) values (?, ?, 'LABEL', ?, 'LLM', ?)",
                    project, items.get(i), classes.getFirst(), i == 0 ? .4f : .9f);
        }
        assertEquals(items.getFirst(), next(rico, ReviewQueue.LLM).orElseThrow().id());
        sample.execute("""
                insert into prediction (item_id, project_id, run_id, model_version, class_id, confidence, margin) values (?, ?, 1, 1, ?, .9, .5)""",
                items.getLast(), project, classes.getLast());
        assertEquals(items.getLast(), next(rico, ReviewQueue.LLM).orElseThrow().id());
    }

    @Test
    void two_reviewers_get_different_items_and_the_later_of_two_verdicts_is_refused() {
        label(ann, 0);
        label(ann, 0);
        label(ben, 1);
        label(ben, 1);
        ReviewItem ricos = next(rico, ReviewQueue.DISAGREEMENT).orElseThrow();
        ReviewItem managers = next(manager, ReviewQueue.DISAGREEMENT).orElseThrow();
        assertFalse(ricos.id() == managers.id());
        ReviewItem opened = ActingAs.person(manager, () -> review.item(project, ricos.id())).orElseThrow();
        assertEquals("rico", opened.lookedAtBy());
        decide(manager, opened, classes.get(0));
        Refused told = assertThrows(Refused.class, () -> decide(rico, ricos, classes.get(1)));
        assertTrue(told.getMessage().startsWith("manager decided this item"), told.getMessage());
        assertEquals(classes.get(0), standing(ricos.id()));
    }

    @Test
    void an_answer_sent_back_comes_first_with_its_note_and_returns_to_the_reviewer() {
        ReviewItem item = disputed();
        ActingAs.person(rico, () -> review.sendBack(project, item.id(), item.version(), "Look at the core.", List.of(ben.id())));
        assertEquals(0, waiting(ReviewQueue.DISAGREEMENT));
        assertEquals(0, waiting(ReviewQueue.RETURNED));
        assertEquals(1, ActingAs.person(ben, () -> work.entries(Instant.EPOCH)).getFirst().sentBack());
        assertEquals(0, ActingAs.person(ann, () -> work.entries(Instant.EPOCH)).getFirst().sentBack());
        TaskView task = take(ben);
        assertEquals("Look at the core.", task.sentBack().note());
        assertEquals("rico", task.sentBack().by());
        assertEquals(classes.get(1), task.sentBack().classId());
        assertEquals(1, sample.number("select count(*) from notification where account_id = ? and kind = 'SENT_BACK'", ben.id()));
        say(ben, task, AnswerKind.LABEL, classes.get(0));
        assertEquals(2, sample.number("select max(revision) from annotation where task_id = ? and account_id = ?", task.id(), ben.id()));
        assertEquals(classes.get(0), standing(item.id()));
        ReviewItem returned = next(rico, ReviewQueue.RETURNED).orElseThrow();
        assertTrue(returned.sentBack().getFirst().answered());
        decide(rico, returned, classes.get(0));
        assertEquals(0, waiting(ReviewQueue.RETURNED));
        assertNull(take(ben).sentBack());
    }

    @Test
    void a_changed_guideline_has_old_answers_asked_again_of_the_same_people() {
        ActingAs.person(manager, () -> projects.saveGuideline(project, "first"));
        label(ann, 0);
        label(ben, 0);
        long item = items.getFirst();
        assertEquals(0, ActingAs.person(rico, () -> requeue.outdated(project)));
        ActingAs.person(rico, () -> projects.saveGuideline(project, "second"));
        assertEquals(1, ActingAs.person(rico, () -> requeue.outdated(project)));
        assertEquals(1, ActingAs.person(rico, () -> requeue.requeue(project)));
        assertEquals(0, ActingAs.person(rico, () -> requeue.outdated(project)));
        assertEquals(classes.get(0), standing(item), "the old label stands until somebody answers");
        assertEquals(0, queue.withdrawUnheld(project, Purpose.TRAIN) - 1, "a new ranking takes only the other question back");
        TaskView again = take(ann);
        assertEquals(item, sample.number("select item_id from task where id = ?", again.id()));
        say(ann, again, AnswerKind.LABEL, classes.get(1));
        label(ben, 1);
        assertEquals(classes.get(1), standing(item));
    }

    @Test
    void flags_and_none_of_these_come_to_review() {
        say(ann, take(ann), AnswerKind.FLAG, null);
        assertEquals(1, waiting(ReviewQueue.FLAGGED));
        say(ann, take(ann), AnswerKind.NONE, null);
        label(ben, 0);
        say(ben, take(ben), AnswerKind.NONE, null);
        assertEquals(1, waiting(ReviewQueue.NONE));
        assertEquals(Origin.PERSON, next(rico, ReviewQueue.NONE).orElseThrow().label().origin());
        assertEquals(1, ActingAs.person(rico, () -> review.next(project, ReviewWish.of(ReviewQueue.RANDOM, List.of()))).stream().count());
    }

    @Test
    void annotators_have_no_say_here() {
        assertThrows(ForbiddenException.class, () -> ActingAs.person(ann, () -> review.counts(project)));
        assertThrows(ForbiddenException.class, () -> ActingAs.person(ann, () -> requeue.requeue(project)));
        assertThrows(ForbiddenException.class, () -> ActingAs.person(ann, () -> review.decide(project,
                new Verdict(items.getFirst(), 0, ReviewQueue.RANDOM, null, null))));
    }
}
