package org.laudable.engine.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.laudable.engine.graph.NeighbourGraph;
import org.laudable.engine.linear.CsrMatrix;
import org.laudable.engine.linear.FloatMatrix;

class QueryStrategiesTest {

    private final Shop shop = new Shop(200, 3);
    private final CandidatePool pool = shop.pool();

    static List<String> names() {
        return QueryStrategies.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void a_batch_holds_distinct_open_items_and_repeats_itself(String name) {
        TrainingLabels labels = shop.firstAnswers(20);
        TaskModel model = EmbeddedHead.standard().train(pool, labels, 1);
        BitSet excluded = new BitSet();
        excluded.set(20, 60);
        QueryContext context = new QueryContext(pool, model.poolScores(), labels.items(), excluded, 5);
        int[] batch = QueryStrategies.named(name).select(context, 30);
        assertEquals(30, Arrays.stream(batch).distinct().count());
        assertTrue(Arrays.stream(batch).allMatch(i -> i >= 60), Arrays.toString(batch));
        assertArrayEquals(batch, QueryStrategies.named(name).select(context, 30));
    }

    @ParameterizedTest
    @MethodSource("names")
    void equal_texts_are_asked_once_and_the_pool_can_be_emptied(String name) {
        List<String> texts = new ArrayList<>(shop.texts.subList(0, 12));
        texts.addAll(texts.stream().map(t -> " " + t.toUpperCase(java.util.Locale.ROOT)).toList());
        CandidatePool twins = CandidatePool.build(texts, shop.encoder.encodeAll(texts), shop.labels(), PoolSettings.standard());
        TrainingLabels labels = TrainingLabels.of(java.util.Map.of(15, 0));
        int[] batch = QueryStrategies.named(name).select(QueryContext.of(twins, twins.zeroShot(), labels, 1), 100);
        assertArrayEquals(new int[] {0, 1, 2, 4, 5, 6, 7, 8, 9, 10, 11}, Arrays.stream(batch).sorted().toArray());
    }

    @Test
    void influence_asks_the_doubtful_hub_first_and_then_elsewhere() {
        // A star around 0 (1–4 hang on it), a pair 5 – 6, and 7 alone. All equally doubtful.
        int[][] edges = {{0, 1}, {0, 2}, {0, 3}, {0, 4}, {5, 6}};
        float[] doubt = {1, 1, 1, 1, 1, 1, 1, 1};
        int[] picked = InfluenceQuery.pick(graph(8, edges), doubt, new int[] {0, 1, 2, 3, 4, 5, 6, 7}, 3);
        assertEquals(0, picked[0]);
        assertTrue(picked[1] == 5, "the pair comes before the rest of the star: " + Arrays.toString(picked));
        assertEquals(7, picked[2], "what is alone keeps its whole doubt: " + Arrays.toString(picked));
    }

    @Test
    void influence_prefers_doubt_where_the_graph_says_nothing() {
        assertArrayEquals(new int[] {2, 0, 1},
                InfluenceQuery.pick(graph(3, new int[0][]), new float[] {.5f, .2f, .9f}, new int[] {0, 1, 2}, 3));
    }

    @Test
    void margin_least_confidence_and_entropy_order_by_their_own_measure() {
        FloatMatrix p = new FloatMatrix(pool.size(), 4);
        for (int i = 0; i < pool.size(); i++) {
            p.setRow(i, new float[] {1, 0, 0, 0});
        }
        p.setRow(10, new float[] {.5f, .5f, 0, 0});          // smallest margin
        p.setRow(11, new float[] {.4f, .25f, .25f, .1f});    // least confident, most entropy
        QueryContext context = QueryContext.of(pool, p, TrainingLabels.none(), 1);
        assertEquals(10, QueryStrategies.named("margin").select(context, 1)[0]);
        assertEquals(11, QueryStrategies.named("least-confidence").select(context, 1)[0]);
        assertEquals(11, QueryStrategies.named("entropy").select(context, 1)[0]);
    }

    @Test
    void disagreement_asks_where_the_model_left_the_zero_shot_answer() {
        FloatMatrix p = pool.zeroShot().copy();
        int c = p.argMax(42);
        float[] turned = new float[4];
        turned[(c + 1) % 4] = 1;
        p.setRow(42, turned);
        assertEquals(42, QueryStrategies.named("disagreement").select(QueryContext.of(pool, p, TrainingLabels.none(), 1), 1)[0]);
    }

    @Test
    void random_differs_by_seed_and_covers_the_pool_evenly() {
        Set<Integer> seen = new HashSet<>();
        for (int seed = 0; seed < 200; seed++) {
            seen.add(QueryStrategies.named("random").select(QueryContext.of(pool, pool.zeroShot(), TrainingLabels.none(), seed), 1)[0]);
        }
        assertTrue(seen.size() > 100, "only " + seen.size());
    }

    @Test
    void a_diverse_batch_is_more_spread_out_than_plain_margin() {
        QueryContext context = QueryContext.of(pool, pool.zeroShot(), TrainingLabels.none(), 1);
        double plain = meanCosine(QueryStrategies.named("margin").select(context, 15));
        double diverse = meanCosine(QueryStrategies.named("margin-diverse").select(context, 15));
        assertTrue(diverse < plain, "%s against %s".formatted(diverse, plain));
    }

    @Test
    void an_unknown_name_is_refused_with_the_known_ones() {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> QueryStrategies.named("best"));
        assertTrue(e.getMessage().contains("influence") && e.getMessage().contains("margin-diverse"));
        assertFalse(QueryStrategies.names().contains("best"));
    }

    private double meanCosine(int[] items) {
        FloatMatrix x = pool.vectors().select(items);
        FloatMatrix cos = org.laudable.engine.linear.MatrixProduct.multiplyTransposed(x, x);
        double sum = 0;
        for (int i = 0; i < items.length; i++) {
            for (int j = 0; j < i; j++) {
                sum += cos.get(i, j);
            }
        }
        return sum / (items.length * (items.length - 1) / 2.0);
    }

    private static NeighbourGraph graph(int n, int[][] edges) {
        float[][] w = new float[n][n];
        float[] degree = new float[n];
        for (int[] e : edges) {
            w[e[0]][e[1]] = 1;
            w[e[1]][e[0]] = 1;
            degree[e[0]]++;
            degree[e[1]]++;
        }
        int[] start = new int[n + 1];
        int[] column = new int[2 * edges.length];
        float[] value = new float[2 * edges.length];
        int at = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                if (w[i][j] > 0) {
                    column[at] = j;
                    value[at++] = (float) (1 / Math.sqrt(degree[i] * degree[j]));
                }
            }
            start[i + 1] = at;
        }
        return new NeighbourGraph(new CsrMatrix(n, n, start, column, value));
    }
}
