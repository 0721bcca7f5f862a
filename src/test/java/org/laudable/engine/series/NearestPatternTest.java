package org.laudable.engine.series;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.laudable.engine.linear.FloatMatrix;

class NearestPatternTest {

    @ParameterizedTest
    @CsvSource({"1, 8, 1", "7, 25, 1", "64, 10, 5", "1000, 25, 1", "2500, 10, 5"})
    void a_single_pattern_is_as_far_to_the_bit_as_among_many(int references, int width, int neighbours) {
        Random random = new Random(references);
        NearestPattern near = new NearestPattern(walk(references, width, random), times(references));
        FloatMatrix patterns = walk(300, width, random);
        int first = references / 2;
        int exclusion = 25;
        double[] many = near.distances(patterns, first, exclusion, neighbours);
        for (int i = 0; i < many.length; i++) {
            float[] one = new float[width];
            for (int j = 0; j < width; j++) {
                one[j] = patterns.get(i, j);
            }
            assertEquals(many[i], near.distance(one, first + i, exclusion, neighbours));
        }
    }

    private static int[] times(int n) {
        return java.util.stream.IntStream.range(0, n).toArray();
    }

    private static FloatMatrix walk(int rows, int width, Random random) {
        FloatMatrix m = new FloatMatrix(rows, width);
        float at = 0;
        for (int i = 0; i < rows; i++) {
            at += .1f * (float) random.nextGaussian();
            for (int j = 0; j < width; j++) {
                m.set(i, j, at + (float) random.nextGaussian());
            }
        }
        return m;
    }
}
