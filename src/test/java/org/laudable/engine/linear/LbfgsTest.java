package org.laudable.engine.linear;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LbfgsTest {

    private final Lbfgs lbfgs = new Lbfgs(8, 200, 1e-5, 1e-10);

    @Test
    void an_ill_conditioned_quadratic_is_minimised_at_its_closed_form() {
        float[] curvature = {1, 10, 1000};
        float[] target = {3, -2, .5f};
        Lbfgs.Result result = lbfgs.minimize((x, g) -> {
            double f = 0;
            for (int i = 0; i < 3; i++) {
                double d = x[i] - target[i];
                f += .5 * curvature[i] * d * d;
                g[i] = (float) (curvature[i] * d);
            }
            return f;
        }, new float[3]);
        assertArrayEquals(target, result.x(), 1e-3f);
        assertTrue(result.iterations() < 40, "took " + result.iterations());
    }

    @Test
    void the_rosenbrock_valley_is_followed_to_its_end() {
        Lbfgs.Result result = lbfgs.minimize((x, g) -> {
            double a = 1 - x[0];
            double b = x[1] - (double) x[0] * x[0];
            g[0] = (float) (-2 * a - 400 * x[0] * b);
            g[1] = (float) (200 * b);
            return a * a + 100 * b * b;
        }, new float[] {-1.2f, 1});
        assertArrayEquals(new float[] {1, 1}, result.x(), 2e-2f);
    }

    @Test
    void a_start_at_the_minimum_takes_no_step() {
        Lbfgs.Result result = lbfgs.minimize((x, g) -> {
            g[0] = 2 * x[0];
            return x[0] * x[0];
        }, new float[1]);
        assertEquals(0, result.iterations());
        assertEquals(1, result.evaluations());
    }
}
