package org.laudable.engine.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** Every loss's gradient against finite differences. */
class GradientTest {

    @Test
    void of_the_vae() {
        WindowShape shape = new WindowShape(5, 2, false);
        Parameters parameters = Vae.layers(shape, new SplittableRandom(1));
        check(parameters, (memory, theta) -> Vae.loss(shape, numbers(memory, 2, 6, 5, 2), parameters.views(memory, theta),
                numbers(memory, 3, 6, Vae.LATENT)));
    }

    @Test
    void of_the_vae_with_gaps() {
        WindowShape shape = new WindowShape(5, 2, true);
        Parameters parameters = Vae.layers(shape, new SplittableRandom(1));
        check(parameters, (memory, theta) -> {
            NDArray values = numbers(memory, 2, 6, 5, 2);
            NDArray mask = numbers(memory, 4, 6, 5, 2).gt(0).toType(ai.djl.ndarray.types.DataType.FLOAT32, false);
            return Vae.loss(shape, values.mul(mask).concat(mask, 2), parameters.views(memory, theta), numbers(memory, 3, 6, Vae.LATENT));
        });
    }

    @Test
    void of_the_reward_weighted_loss_through_the_lstm() {
        QNetwork network = QNetwork.of(Network.LSTM, 6, 3, 4, false, 5);
        check(network.parameters(), (memory, theta) -> AgentTraining.rewardWeighted(values(network, memory, theta), rewards(memory)));
    }

    @Test
    void of_the_q_regression_through_the_lstm() {
        QNetwork network = QNetwork.of(Network.LSTM, 6, 3, 4, false, 5);
        check(network.parameters(), (memory, theta) -> AgentTraining.huber(values(network, memory, theta), rewards(memory)));
    }

    @Test
    void of_the_reward_weighted_loss_through_self_attention() {
        QNetwork network = QNetwork.of(Network.ATTENTION, 6, 3, 4, false, 5);
        check(network.parameters(), (memory, theta) -> AgentTraining.rewardWeighted(values(network, memory, theta), rewards(memory)));
    }

    @Test
    void of_the_teachers_regression() {
        SplittableRandom random = new SplittableRandom(9);
        float[][] rows = new float[20][4];
        boolean[] anomalous = new boolean[20];
        float[] weights = new float[20];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < 4; j++) {
                rows[i][j] = (float) (2 * random.nextDouble() - 1);
            }
            anomalous[i] = random.nextBoolean();
            weights[i] = (float) random.nextDouble();
        }
        float[] x = {.3f, -.2f, .5f, .1f, -.4f};
        float[] gradient = new float[5];
        BinaryRegression.value(rows, anomalous, weights, .7, x, gradient);
        for (int j = 0; j < x.length; j++) {
            float[] up = x.clone();
            float[] down = x.clone();
            up[j] += .01f;
            down[j] -= .01f;
            double slope = (BinaryRegression.value(rows, anomalous, weights, .7, up, new float[5])
                    - BinaryRegression.value(rows, anomalous, weights, .7, down, new float[5])) / .02;
            assertEquals(slope, gradient[j], 1e-3);
        }
    }

    @Test
    void a_missing_value_weighs_nothing() {
        WindowShape shape = new WindowShape(3, 1, true);
        Parameters parameters = Vae.layers(shape, new SplittableRandom(1));
        float[] losses = Torch.exclusively(1, manager -> {
            NDArray[] w = parameters.views(manager, manager.create(parameters.initialValues()));
            NDArray noise = manager.zeros(new Shape(1, Vae.LATENT));
            NDArray gap = manager.create(new float[] {.5f, 1, 0, 0, .2f, 1}, new Shape(1, 3, 2));
            NDArray zero = manager.create(new float[] {.5f, 1, 0, 1, .2f, 1}, new Shape(1, 3, 2));
            return new float[] {Vae.loss(shape, gap, w, noise).getFloat(), Vae.loss(shape, zero, w, noise).getFloat()};
        });
        assertTrue(losses[0] != losses[1], "a gap and a measured zero are different things");
    }

    private static NDArray values(QNetwork network, NDManager memory, NDArray theta) {
        return network.values(memory, network.parameters().views(memory, theta), numbers(memory, 6, 8, 6, 3), numbers(memory, 7, 8, 4));
    }

    private static NDArray rewards(NDManager memory) {
        return numbers(memory, 8, 8, 2).mul(3);
    }

    private static NDArray numbers(NDManager memory, long seed, long... shape) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[(int) new Shape(shape).size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (2 * random.nextDouble() - 1);
        }
        return memory.create(values, new Shape(shape));
    }

    /** Along twenty random directions, the slope by differences equals the gradient's. */
    private static void check(Parameters parameters, BiFunction<NDManager, NDArray, NDArray> loss) {
        Torch.exclusively(1, manager -> {
            float[] start = parameters.initialValues();
            NDArray theta = manager.create(start);
            theta.setRequiresGradient(true);
            float[] gradient;
            try (GradientCollector collector = Torch.gradients()) {
                collector.backward(loss.apply(manager, theta));
            }
            gradient = theta.getGradient().toFloatArray();
            SplittableRandom random = new SplittableRandom(13);
            for (int k = 0; k < 20; k++) {
                float[] up = start.clone();
                float[] down = start.clone();
                double expected = 0;
                double step = 4e-4;
                for (int i = 0; i < start.length; i++) {
                    double d = random.nextBoolean() ? 1 : -1;
                    d = random.nextInt(4) == 0 ? d : 0;
                    up[i] += (float) (step * d);
                    down[i] -= (float) (step * d);
                    expected += gradient[i] * d;
                }
                double slope = (loss.apply(manager, manager.create(up)).getFloat() - loss.apply(manager, manager.create(down)).getFloat())
                        / (2 * step);
                assertEquals(expected, slope, .03 * Math.abs(expected) + .02, "direction " + k);
            }
            return null;
        });
    }
}
