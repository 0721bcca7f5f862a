package org.laudable.anomaly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.laudable.labeling.WindowVerdict;
import org.laudable.project.Meaning;

class SeriesAnswersTest {
    private static final int HISTORY = 100;
    private static final int POINTS = 500;

    private static WindowVerdict verdict(int point, Meaning meaning, int from, int to) {
        return new WindowVerdict(point, 1, point, meaning, from, to, null, "PERSON", Instant.EPOCH, null);
    }

    @Test
    void points_are_counted_from_the_first_judged_one() {
        SeriesAnswers answers = SeriesAnswers.of(List.of(verdict(210, Meaning.ANOMALY, 205, 215)), HISTORY, POINTS);
        assertEquals(POINTS - HISTORY, answers.answers().points());
        assertTrue(answers.answers().anomalous(105));
        assertFalse(answers.answers().known(104));
        assertFalse(answers.answers().known(115));
    }

    @Test
    void normal_is_said_of_a_window_around_as_far_as_nobody_marked_an_anomaly() {
        SeriesAnswers answers = SeriesAnswers.of(List.of(verdict(220, Meaning.ANOMALY, 215, 225), verdict(200, Meaning.NORMAL, 198, 202)), HISTORY, POINTS);
        assertTrue(answers.answers().known(75) && !answers.answers().anomalous(75), "a window before");
        assertTrue(answers.answers().anomalous(115), "the anomaly after it stays one");
        assertTrue(answers.answers().known(114) && !answers.answers().anomalous(114), "up to the anomaly");
    }

    @Test
    void expected_is_normal_and_cannot_tell_is_nothing() {
        SeriesAnswers answers = SeriesAnswers.of(List.of(verdict(200, Meaning.EXPECTED, 195, 205), verdict(300, null, 300, 301)), HISTORY, POINTS);
        assertEquals(1, answers.answers().size());
        assertEquals(0, answers.answers().positives());
        assertEquals(List.of(200), answers.untold());
    }

    @Test
    void answers_in_the_history_or_outside_are_left_out() {
        SeriesAnswers answers = SeriesAnswers.of(List.of(verdict(50, Meaning.ANOMALY, 40, 60), verdict(499, Meaning.ANOMALY, 495, 900)), HISTORY, POINTS);
        assertEquals(1, answers.answers().size());
        assertTrue(answers.answers().anomalous(399));
    }

    @Test
    void the_key_changes_with_answers_and_events_only() {
        ExplainedStretches none = new ExplainedStretches(List.of());
        List<WindowVerdict> one = List.of(verdict(200, Meaning.NORMAL, 195, 205));
        assertEquals(0, SeriesAnswers.key(List.of(), none));
        assertEquals(SeriesAnswers.key(one, none), SeriesAnswers.key(List.of(verdict(200, Meaning.NORMAL, 195, 205)), none));
        assertNotEquals(SeriesAnswers.key(one, none), SeriesAnswers.key(List.of(verdict(200, Meaning.ANOMALY, 195, 205)), none));
        assertNotEquals(SeriesAnswers.key(one, none),
                SeriesAnswers.key(one, new ExplainedStretches(List.of(new ExplainedStretches.Stretch(1, 5, "night job")))));
    }

    @Test
    void a_later_answer_of_the_same_stretch_overrules_an_earlier_one() {
        WindowVerdict first = verdict(200, Meaning.ANOMALY, 195, 205);
        WindowVerdict second = verdict(201, Meaning.NORMAL, 195, 205);
        WindowVerdict elsewhere = verdict(300, Meaning.ANOMALY, 295, 305);
        assertEquals(List.of(second, elsewhere), AnomalyReader.standing(List.of(first, second, elsewhere)));
        SeriesAnswers answers = SeriesAnswers.of(List.of(first, second), HISTORY, POINTS);
        assertFalse(answers.answers().anomalous(100));
    }
}
