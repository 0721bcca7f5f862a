package org.laudable.labeling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.laudable.Refused;
import org.laudable.labeling.LabelingFixture.Team;
import org.laudable.testing.Sample;

/** Why people skip and flag, and where the item goes for it. */
@QuarkusTest
class ReasonTest {
    @Inject LabelingFixture fixture;
    @Inject Sample sample;

    private long inReview(long task, ReviewReason reason) {
        return sample.number("select count(*) from task where id = ? and state = 'DONE' and review_reason = ?", task, reason.name());
    }

    @ParameterizedTest
    @EnumSource(value = AnswerReason.class, names = {"NEEDS_EXPERT", "BAD_DATA"})
    void what_needs_an_expert_or_has_bad_data_goes_to_a_reviewer_and_to_nobody_else(AnswerReason reason) {
        Team team = fixture.asked(3, 1, 2);
        long task = fixture.one(team, team.ann()).id();
        fixture.pass(team.ann(), task, AnswerKind.SKIP, reason, null);
        assertEquals(1, inReview(task, ReviewReason.SKIPPED));
        assertTrue(fixture.lease(team, team.ben(), 1).tasks().isEmpty());
        assertEquals(1, sample.number("select count(*) from annotation where task_id = ? and reason = ?", task, reason.name()));
    }

    @ParameterizedTest
    @EnumSource(value = AnswerReason.class, names = {"UNCLEAR_GUIDELINE", "CANNOT_READ", "OTHER"})
    void for_every_other_reason_somebody_else_answers(AnswerReason reason) {
        Team team = fixture.asked(2, 1, 1);
        long task = fixture.one(team, team.ann()).id();
        fixture.pass(team.ann(), task, AnswerKind.SKIP, reason, "two languages");
        assertEquals(task, fixture.one(team, team.ben()).id());
        fixture.label(team.ben(), task, team.classes().get(1));
        assertEquals(team.classes().get(1), fixture.resolved(task));
    }

    @Test
    void who_takes_the_skip_back_opens_the_question_again() {
        Team team = fixture.asked(2, 1, 1);
        long task = fixture.one(team, team.ann()).id();
        fixture.pass(team.ann(), task, AnswerKind.SKIP, AnswerReason.BAD_DATA, null);
        assertEquals(task, fixture.undo(team.ann(), task).task().orElseThrow().id());
        fixture.label(team.ann(), task, team.classes().get(0));
        assertEquals(team.classes().get(0), fixture.resolved(task));
        assertEquals(0, inReview(task, ReviewReason.SKIPPED));
    }

    @Test
    void an_answer_in_flight_counts_when_it_fills_the_last_place() {
        Team team = fixture.asked(2, 1, 1);
        sample.execute("update task set slots = 2, free_slots = 2, base_slots = 2 where project_id = ?", team.project());
        long task = fixture.one(team, team.ann()).id();
        fixture.one(team, team.ben());
        fixture.pass(team.ann(), task, AnswerKind.SKIP, AnswerReason.NEEDS_EXPERT, null);
        fixture.label(team.ben(), task, team.classes().get(0));
        assertEquals(1, inReview(task, ReviewReason.SKIPPED), "one of two answers decides nothing");
        assertEquals(-1, fixture.resolved(task));
    }

    @Test
    void a_flag_keeps_its_reason_and_comment() {
        Team team = fixture.asked(1, 1, 1);
        long task = fixture.one(team, team.ann()).id();
        fixture.pass(team.ann(), task, AnswerKind.FLAG, AnswerReason.OTHER, "names a patient");
        assertEquals(1, inReview(task, ReviewReason.FLAGGED));
        assertEquals(1, sample.number("select count(*) from annotation where task_id = ? and reason = 'OTHER' and comment = 'names a patient'", task));
    }

    @Test
    void a_label_has_no_reason_and_other_says_what() {
        Team team = fixture.asked(1, 1, 1);
        long task = fixture.one(team, team.ann()).id();
        assertThrows(Refused.class, () -> fixture.pass(team.ann(), task, AnswerKind.SKIP, AnswerReason.OTHER, null));
        assertThrows(Refused.class, () -> fixture.send(team.ann(), new Answer(UUID.randomUUID(), task, AnswerKind.LABEL,
                team.classes().get(0), null, 1_000, Instant.now(), 1, null, AnswerReason.BAD_DATA)));
    }

    @Test
    void the_same_sending_with_another_reason_is_another_answer() {
        Team team = fixture.asked(1, 1, 1);
        long task = fixture.one(team, team.ann()).id();
        UUID sending = UUID.randomUUID();
        Instant now = Instant.now();
        Answer first = new Answer(sending, task, AnswerKind.SKIP, null, null, 1_000, now, 1, null, AnswerReason.BAD_DATA);
        assertEquals(fixture.send(team.ann(), first), fixture.send(team.ann(), first));
        assertThrows(AnswerConflict.class, () -> fixture.send(team.ann(),
                new Answer(sending, task, AnswerKind.SKIP, null, null, 1_000, now, 1, null, AnswerReason.CANNOT_READ)));
    }
}
