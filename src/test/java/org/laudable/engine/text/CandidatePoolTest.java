package org.laudable.engine.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.laudable.engine.linear.FloatMatrix;

class CandidatePoolTest {

    private final Shop shop = new Shop(300, 1);
    private final CandidatePool pool = shop.pool();

    @Test
    void the_zero_shot_start_knows_more_than_chance_and_spreading_improves_on_the_prompts() {
        double prompts = accuracy(pool.prior());
        double spread = accuracy(pool.zeroShot());
        assertTrue(prompts > .3, "prompts " + prompts);
        assertTrue(spread > prompts + .05, "spread %s, prompts %s".formatted(spread, prompts));
    }

    @Test
    void every_row_is_a_distribution() {
        for (int i = 0; i < pool.size(); i++) {
            double sum = 0;
            for (int c = 0; c < 4; c++) {
                assertTrue(pool.zeroShot().get(i, c) >= 0);
                sum += pool.zeroShot().get(i, c);
            }
            assertEquals(1, sum, 1e-5);
        }
    }

    @Test
    void an_item_outside_the_pool_takes_its_neighbours_distribution() {
        // With a single neighbour, .95 comes from that neighbour and .05 from the item's own prompt scores.
        CandidatePool one = CandidatePool.build(shop.texts.subList(0, 1), shop.encoder.encodeAll(shop.texts.subList(0, 1)),
                shop.labels(), PoolSettings.standard(), new float[][] {{1, 0, 0, 0}});
        OutsideItems outside = one.outside(List.of("books pages novel"), shop.encoder.encodeAll(List.of("books pages novel")));
        float[] p = outside.zeroShot().row(0);
        assertTrue(p[0] >= .95 && p[0] < .999, Arrays.toString(p));
        assertEquals(.05, (p[1] + p[2] + p[3]) / (1 - (p[0] - .95) / .05), 1e-4, Arrays.toString(p));
    }

    @Test
    void a_copy_of_a_pool_item_is_predicted_like_it() {
        TaskModel model = EmbeddedHead.standard().train(pool, shop.firstAnswers(60), 1);
        List<String> copies = shop.texts.subList(100, 200);
        int[] there = model.predict(pool.outside(copies, shop.encoder.encodeAll(copies))).argMax();
        int[] here = Arrays.copyOfRange(model.poolProbabilities().argMax(), 100, 200);
        int same = 0;
        for (int i = 0; i < 100; i++) {
            same += here[i] == there[i] ? 1 : 0;
        }
        assertTrue(same >= 95, same + " of 100");
    }

    @Test
    void a_given_prior_replaces_the_prompts() {
        float[][] given = new float[300][4];
        for (float[] row : given) {
            row[3] = 2;
        }
        CandidatePool other = CandidatePool.build(shop.texts, shop.encoder.encodeAll(shop.texts), shop.labels(), PoolSettings.standard(), given);
        assertArrayEquals(new float[] {0, 0, 0, 1}, other.zeroShot().row(7), 1e-6f);
    }

    @Test
    void equal_texts_have_one_representative() {
        List<String> texts = List.of("Ripe plum", "steel saw", "ripe  PLUM ", "a kite");
        CandidatePool small = CandidatePool.build(texts, shop.encoder.encodeAll(texts), shop.labels(), PoolSettings.standard());
        assertEquals(0, small.twinOf(2));
        assertEquals(3, small.twinOf(3));
    }

    @Test
    void a_pool_repeats_itself_exactly() {
        assertArrayEquals(pool.zeroShot().data(), shop.pool().zeroShot().data());
    }

    @Test
    void empty_pools_and_vectors_of_another_model_are_refused() {
        assertThrows(IllegalArgumentException.class,
                () -> CandidatePool.build(List.of(), new float[0][], shop.labels(), PoolSettings.standard()));
        assertThrows(IllegalArgumentException.class,
                () -> CandidatePool.build(List.of("a"), new float[][] {{1, 0}}, shop.labels(), PoolSettings.standard()));
        assertThrows(IllegalArgumentException.class,
                () -> LabelVectors.of(List.of(TextClass.named("only")), PromptTemplates.generic(), shop.encoder));
    }

    @Test
    void prompts_come_from_name_description_and_domain() {
        assertEquals(List.of("card arrival", "card arrival: where the card is", "This text is about card arrival.",
                        "This is a customer's question about card arrival."),
                new PromptTemplates("a customer's question about").prompts(new TextClass("card_arrival?", "where the card is")));
        assertEquals(2, PromptTemplates.generic().prompts(TextClass.named("fruit")).size());
    }

    private double accuracy(FloatMatrix p) {
        int right = 0;
        for (int i = 0; i < p.rows(); i++) {
            right += p.argMax(i) == shop.gold.get(i) ? 1 : 0;
        }
        return (double) right / p.rows();
    }
}
