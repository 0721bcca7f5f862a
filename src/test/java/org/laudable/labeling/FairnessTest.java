package org.laudable.labeling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.laudable.labeling.LabelingFixture.Team;
import org.laudable.security.ActingAs;
import org.laudable.security.User;
import org.laudable.testing.Sample;

/** Nobody is left without work while there is some, and what the loop changes does not change what is on a screen. */
@QuarkusTest
class FairnessTest {
    @Inject LabelingFixture fixture;
    @Inject LabelingService labeling;
    @Inject TaskQueue queue;
    @Inject Sample sample;

    /** Quick and slow people, some of whom let leases run out, with a queue kept as long as the loop keeps it. */
    @Test
    void a_queue_of_the_length_the_loop_keeps_leaves_nobody_without_a_question() {
        Team team = fixture.team(6, 300);
        Random chance = new Random(11);
        Map<User, List<Long>> hands = team.people().stream().collect(Collectors.toMap(one -> one, one -> new ArrayList<>()));
        Map<User, UUID> decks = team.people().stream().collect(Collectors.toMap(one -> one, one -> UUID.randomUUID()));
        Map<User, Set<Long>> answered = new HashMap<>();
        int asked = 0;
        for (int turn = 0; turn < 100; turn++) {
            long missing = queue.demand(team.project()) - queue.open(team.project(), Purpose.TRAIN);
            if (missing > 0 && asked < team.items().size()) {
                int end = (int) Math.min(team.items().size(), asked + missing);
                fixture.ask(team, Purpose.TRAIN, team.items().subList(asked, end));
                asked = end;
            }
            User person = team.people().get(chance.nextInt(3) == 0 ? 0 : chance.nextInt(6)); // the first asks most often
            List<Long> held = hands.get(person);
            ActingAs.person(person, () -> labeling.lease(new LeaseWish(team.project(), decks.get(person), TaskQueue.PREFETCH - held.size(), held.size(),
                    List.copyOf(held)))).tasks().forEach(task -> held.add(task.id()));
            assertFalse(held.isEmpty(), "in turn " + turn + " somebody gets nothing");
            int most = 1 + chance.nextInt(held.size());
            for (int i = 0; i < most; i++) {
                long task = held.removeFirst();
                if (chance.nextInt(8) == 0) {
                    fixture.letExpire(person, task);
                } else {
                    fixture.label(person, task, team.classes().get(0));
                    assertTrue(answered.computeIfAbsent(person, one -> new HashSet<>()).add(fixture.itemOf(task)), "asked twice");
                }
            }
        }
        assertEquals(6, answered.size());
        assertEquals(0, fixture.overfilled(team));
    }

    @Test
    void a_new_ranking_counts_for_the_next_question_and_leaves_those_on_a_screen() {
        Team team = fixture.asked(2, 6, 1);
        UUID deck = UUID.randomUUID();
        TaskView shown = fixture.lease(team, team.ann(), deck, 1).tasks().getFirst();
        Map<Long, Double> ranking = new HashMap<>();
        for (int i = 0; i < 6; i++) {
            ranking.put(team.items().get(i), (double) i); // the other way round
        }
        assertEquals(5, queue.reprioritize(team.project(), ranking), "the one in hand keeps its rank");
        assertEquals(team.items().get(5), fixture.itemOf(fixture.one(team, team.ben()).id()), "the best of the new ranking");
        assertEquals(1, ActingAs.person(team.ann(), () -> labeling.renew(team.project(), List.of(shown.id()))).size(), "it is still theirs");
        fixture.label(team.ann(), shown.id(), team.classes().get(2));
        assertEquals(team.classes().get(2), fixture.resolved(shown.id()));
    }

    @Test
    void a_new_model_changes_no_suggestion_somebody_looks_at_and_takes_no_question_away() {
        Team team = fixture.asked(2, 3, 1);
        TaskView shown = fixture.one(team, team.ann());
        queue.describe(team.project(), team.items().stream().map(item -> new NewTask(item, Purpose.TRAIN, 0, "model v9 asks",
                team.classes().get(1), 0.9f, "model v9")).toList());
        assertEquals(2, queue.withdrawUnheld(team.project(), Purpose.TRAIN));
        fixture.label(team.ann(), shown.id(), shown.suggestion().classId());
        assertEquals(1, sample.number("""
                select count(*) from annotation where task_id = ? and suggestion_class_id = ? and suggestion_source = 'zero-shot'""",
                shown.id(), shown.suggestion().classId()), "recorded as it was shown");
        assertEquals(team.classes().get(0), fixture.resolved(shown.id()));
    }

    @Test
    void of_few_questions_nobody_takes_more_than_their_share_while_others_work() {
        Team team = fixture.asked(4, 8, 1);
        fixture.lease(team, team.ben(), 1);
        fixture.lease(team, team.people().get(2), 1);
        fixture.lease(team, team.people().get(3), 1);
        assertEquals(1, fixture.lease(team, team.ann(), 3).tasks().size(), "five are left for four");
    }
}
