package org.laudable.review;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.security.ForbiddenException;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.laudable.Refused;
import org.laudable.dataset.ItemHistory;
import org.laudable.dataset.ItemService;
import org.laudable.labeling.BulkAction;
import org.laudable.labeling.BulkService;
import org.laudable.labeling.NewTask;
import org.laudable.labeling.Purpose;
import org.laudable.labeling.ResolvedItem;
import org.laudable.labeling.Resolutions;
import org.laudable.labeling.TaskQueue;
import org.laudable.security.ActingAs;
import org.laudable.security.User;
import org.laudable.testing.Sample;

/** Many labels of models accepted after a sample of them was judged. */
@QuarkusTest
class SampleTest {
    private static final int ITEMS = 100;
    private static final int SIZE = 30;

    @Inject Sample sample;
    @Inject SampleService samples;
    @Inject ReviewService review;
    @Inject BulkService bulk;
    @Inject TaskQueue queue;
    @Inject Resolutions resolutions;
    @Inject ItemService itemService;

    private long project;
    private User manager;
    private User rico;
    private List<Long> classes;
    private List<Long> items;

    @BeforeEach
    void labels() {
        manager = sample.person("manager");
        rico = sample.person("rico");
        project = sample.project(manager, "apples", "pears");
        sample.member(project, rico, "REVIEWER");
        classes = sample.classIds(project);
        items = sample.items(project, IntStream.range(0, ITEMS).mapToObj(i -> i + " " + UUID.randomUUID()).toList());
        for (int i = 0; i < ITEMS; i++) {
            sample.execute("insert into resolution (project_id, item_id, outcome, class_id, origin, confidence) values (?, ?, 'LABEL', ?, 'LLM', ?)",
                    project, items.get(i), classes.getFirst(), i < 90 ? .9f : .4f);
        }
    }

    private SampleCheck draw(User user, int size, double bar) {
        return ActingAs.person(user, () -> samples.draw(project, new SampleCheck.Draw(ReviewQueue.LLM, classes.getFirst(), .5f, size, bar)));
    }

    private Optional<ReviewItem> next(User user) {
        return ActingAs.person(user, () -> samples.next(project, List.of()));
    }

    private long judge(User user, boolean right) {
        ReviewItem item = next(user).orElseThrow();
        return ActingAs.person(user, () -> review.decide(project,
                new Verdict(item.id(), item.version(), ReviewQueue.LLM, classes.get(right ? 0 : 1), null, true)));
    }

    /** Judges the whole sample, so many of it wrong. */
    private Set<Long> judgeAll(User user, int wrong) {
        Set<Long> judged = new HashSet<>();
        for (Optional<ReviewItem> item = next(user); item.isPresent(); item = next(user)) {
            judged.add(item.get().id());
            judge(user, judged.size() > wrong);
        }
        return judged;
    }

    private SampleCheck open(User user) {
        return ActingAs.person(user, () -> samples.open(project)).orElseThrow();
    }

    private BulkAction accept(User user) {
        return ActingAs.person(user, () -> samples.accept(project));
    }

    private long accepted() {
        return sample.number("select count(*) from resolution where project_id = ? and superseded_at is null and sample_id is not null", project);
    }

    private long waiting() {
        return ActingAs.person(rico, () -> review.counts(project)).get(ReviewQueue.LLM);
    }

    @Test
    void a_sample_that_is_right_has_the_rest_accepted_and_the_undo_brings_the_queue_back() {
        assertEquals(90, ActingAs.person(rico, () -> samples.fitting(project, ReviewQueue.LLM, classes.getFirst(), .5f)));
        SampleCheck drawn = draw(rico, SIZE, .8);
        assertEquals(List.of(90L, 30), List.of(drawn.found(), drawn.waiting()));
        assertThrows(Refused.class, () -> accept(rico), "nothing is judged yet");
        Set<Long> judged = judgeAll(rico, 1);
        assertEquals(SIZE, judged.size());
        SampleCheck done = open(rico);
        assertEquals(List.of(30, 29), List.of(done.judged(), done.agreed()));
        assertEquals(.851, done.lower(), .001, "Clopper and Pearson: 29 of 30");
        BulkAction action = accept(rico);
        assertEquals(60, action.changed());
        assertEquals(60, accepted());
        assertEquals(10, waiting(), "the unsure ones stay in the queue");
        assertEquals(60, sample.number("""
                select count(*) from resolution where project_id = ? and superseded_at is null and sample_id = ? and origin = 'LLM'""", project, drawn.id()),
                "a model's label stays a model's");
        long one = items.stream().limit(90).filter(item -> !judged.contains(item)).findFirst().orElseThrow();
        ItemHistory.Label label = ActingAs.person(rico, () -> itemService.history(project, one)).labels().getFirst();
        assertEquals(new ItemHistory.Accepted("rico", 29, 30), label.accepted());
        assertEquals(0, resolutions.assignByLanguageModel(project, 1, 1, 1, List.of(new ResolvedItem(one, classes.get(1), .99f))), "no later model replaces it");
        assertTrue(ActingAs.person(rico, () -> samples.open(project)).isEmpty());
        assertEquals(SampleCheck.State.ACCEPTED, ActingAs.person(rico, () -> samples.ended(project, ReviewQueue.LLM)).getFirst().state());

        BulkAction undone = ActingAs.person(rico, () -> bulk.undo(action.id()));
        assertEquals(60, undone.undone());
        assertEquals(0, accepted());
        assertEquals(70, waiting());
    }

    @Test
    void a_sample_below_the_bar_accepts_nothing() {
        draw(rico, SIZE, .85);
        judgeAll(rico, 3);
        SampleCheck done = open(rico);
        assertEquals(27, done.agreed());
        assertFalse(done.passed());
        assertThrows(Refused.class, () -> accept(rico));
        ActingAs.person(rico, () -> samples.end(project));
        assertEquals(0, accepted());
        assertEquals(70, waiting());
        assertEquals(SampleCheck.State.FAILED, ActingAs.person(rico, () -> samples.ended(project, ReviewQueue.LLM)).getFirst().state());
        assertEquals(3, sample.number("""
                select count(*) from resolution where project_id = ? and superseded_at is null and origin = 'REVIEWER' and class_id = ?""",
                project, classes.get(1)), "what the reviewer said of the sample stands");
    }

    @Test
    void a_verdict_taken_back_is_to_be_given_again() {
        draw(rico, SIZE, .8);
        judgeAll(rico, 0);
        assertTrue(open(rico).passed());
        long last = sample.number("select max(id) from review_verdict where project_id = ?", project);
        ActingAs.person(rico, () -> review.undo(project, last));
        SampleCheck again = open(rico);
        assertEquals(List.of(29, 1), List.of(again.judged(), again.waiting()));
        judge(rico, false);
        assertEquals(29, open(rico).agreed());
    }

    @Test
    void two_reviewers_have_samples_of_their_own_and_accept_each_label_once() {
        draw(rico, SIZE, .8);
        draw(manager, SIZE, .8);
        ReviewItem ricos = next(rico).orElseThrow();
        ReviewItem managers = next(manager).orElseThrow();
        assertFalse(ricos.id() == managers.id());
        Set<Long> ofRico = judgeAll(rico, 0);
        Set<Long> ofManager = judgeAll(manager, 0);
        assertTrue(ofManager.stream().noneMatch(ofRico::contains), "what one decided has left the other's sample");
        assertEquals(ofManager.size(), open(manager).judged());
        int both = 90 - ofRico.size() - ofManager.size();
        assertEquals(both, accept(rico).changed());
        if (ofManager.size() >= SampleCheck.LEAST && open(manager).passed()) {
            assertEquals(0, accept(manager).changed());
        }
        assertEquals(both, accepted());
    }

    @Test
    void what_changed_since_the_sample_was_drawn_or_is_somebody_elses_is_left_out() {
        long audit = items.get(0);
        long asked = items.get(1);
        long disputed = items.get(2);
        sample.execute("update item set split = 'AUDIT' where id = ?", audit);
        queue.enqueue(project, null, null, List.of(new NewTask(asked, Purpose.TRAIN, 1, "", null, null, null)));
        sample.execute("""
                insert into task (project_id, item_id, purpose, priority, reason, state, review_reason) values (?, ?, 'TRAIN', 1, '', 'DONE', 'DISAGREEMENT')""",
                project, disputed);
        assertEquals(87, draw(rico, SIZE, .8).found());
        Set<Long> judged = judgeAll(rico, 0);
        assertTrue(judged.stream().noneMatch(Set.of(audit, asked, disputed)::contains));
        List<Long> rest = items.subList(3, 90).stream().filter(item -> !judged.contains(item)).toList();
        resolutions.assignByLanguageModel(project, 1, 1, 1, List.of(new ResolvedItem(rest.get(0), classes.get(0), .95f)));
        sample.execute("update resolution set superseded_at = now() where item_id = ? and superseded_at is null", rest.get(1));
        BulkAction action = accept(rico);
        assertEquals(rest.size() - 2, action.changed());
        assertEquals(0, sample.number("select count(*) from resolution where item_id = any (array[?, ?, ?, ?, ?]) and sample_id is not null",
                audit, asked, disputed, rest.get(0), rest.get(1)));
    }

    @Test
    void a_sample_that_could_show_nothing_is_not_drawn() {
        assertThrows(Refused.class, () -> draw(rico, SIZE, .95), "30 of 30 show 90.5 %");
        assertThrows(Refused.class, () -> draw(rico, 10, .5));
        assertThrows(Refused.class, () -> draw(rico, 90, .5), "nothing would be left to accept");
        draw(rico, SIZE, .8);
        assertThrows(Refused.class, () -> draw(rico, SIZE, .8), "one at a time");
        ActingAs.person(rico, () -> samples.end(project));
        draw(rico, SIZE, .8);
    }

    @Test
    void annotators_accept_nothing() {
        User ann = sample.person("ann");
        sample.member(project, ann, "ANNOTATOR");
        assertThrows(ForbiddenException.class, () -> draw(ann, SIZE, .8));
        assertThrows(ForbiddenException.class, () -> accept(ann));
        assertThrows(ForbiddenException.class, () -> ActingAs.person(ann, () -> samples.fitting(project, ReviewQueue.LLM, null, null)));
        assertThrows(ForbiddenException.class, () -> ActingAs.person(ann, () -> bulk.accept(project, null, 1)));
    }
}
