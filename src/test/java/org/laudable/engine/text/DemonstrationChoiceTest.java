package org.laudable.engine.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Which examples an in-context model is shown. */
class DemonstrationChoiceTest {
    private static float[] at(double degrees) {
        return new float[] {(float) Math.cos(Math.toRadians(degrees)), (float) Math.sin(Math.toRadians(degrees))};
    }

    @Test
    void near_examples_of_several_classes_are_shown_the_nearest_first() {
        float[][] examples = {at(1), at(2), at(3), at(20), at(170)};
        long[] classes = {7, 7, 7, 8, 9};

        List<Integer> chosen = new DemonstrationChoice(2, 0.7).choose(at(0), examples, classes);

        assertEquals(List.of(0, 3), chosen, "the nearest, and the nearest of another class before a copy of the first");
    }

    @Test
    void with_few_examples_all_are_shown() {
        assertTrue(new DemonstrationChoice(6, 0.7).choose(at(0), new float[][] {at(90), at(10)}, new long[] {1, 2}).equals(List.of(1, 0)));
    }
}
