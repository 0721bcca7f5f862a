package org.laudable.engine.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.laudable.engine.evaluation.DawidSkene.Estimate;
import org.laudable.engine.evaluation.DawidSkene.Vote;

class DawidSkeneTest {
    private static final int ANNOTATORS = 12;
    private static final int ITEMS = 2400;
    private static final int OVERLAP = 3;

    /** Votes of simulated annotators on items of which the truth is known. */
    private record Simulation(int[] truth, List<Vote> votes) {

        static Simulation of(double[][][] confusion, int classes, long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            int[] truth = random.ints(ITEMS, 0, classes).toArray();
            List<Vote> votes = new ArrayList<>();
            List<Integer> people = new ArrayList<>();
            for (int a = 0; a < confusion.length; a++) {
                people.add(a);
            }
            Random order = new Random(seed);
            for (int i = 0; i < ITEMS; i++) {
                Collections.shuffle(people, order);
                for (int a : people.subList(0, OVERLAP)) {
                    votes.add(new Vote(i, a, draw(confusion[a][truth[i]], random)));
                }
            }
            return new Simulation(truth, votes);
        }

        static int draw(double[] shares, SplittableRandom random) {
            double at = random.nextDouble();
            int c = 0;
            while (c < shares.length - 1 && (at -= shares[c]) > 0) {
                c++;
            }
            return c;
        }

        double share(Estimate estimate) {
            int right = 0;
            for (int i = 0; i < truth.length; i++) {
                right += estimate.likeliest(i) == truth[i] ? 1 : 0;
            }
            return (double) right / truth.length;
        }

        /** Ties share the point: what drawing lots among them would give on average. */
        double shareOfMajority(int classes) {
            int[][] counts = new int[truth.length][classes];
            votes.forEach(vote -> counts[(int) vote.item()][vote.classIndex()]++);
            double right = 0;
            for (int i = 0; i < truth.length; i++) {
                int top = java.util.Arrays.stream(counts[i]).max().orElseThrow();
                long tied = java.util.Arrays.stream(counts[i]).filter(count -> count == top).count();
                right += counts[i][truth[i]] == top ? 1.0 / tied : 0;
            }
            return right / truth.length;
        }
    }

    private static double[][][] uniform(double[] accuracies, int classes) {
        double[][][] all = new double[accuracies.length][classes][classes];
        for (int a = 0; a < accuracies.length; a++) {
            for (int t = 0; t < classes; t++) {
                java.util.Arrays.fill(all[a][t], (1 - accuracies[a]) / (classes - 1));
                all[a][t][t] = accuracies[a];
            }
        }
        return all;
    }

    private static double[] spread(double from, double to) {
        double[] all = new double[ANNOTATORS];
        java.util.Arrays.setAll(all, a -> from + (to - from) * a / (ANNOTATORS - 1));
        return all;
    }

    @Test
    void full_matrices_of_known_annotators_are_found_again() {
        int classes = 4;
        double[][][] known = uniform(spread(.6, .92), classes);
        known[0] = new double[][] {{.3, .7, 0, 0}, {.05, .9, .05, 0}, {0, 0, .95, .05}, {0, 0, .4, .6}};
        Simulation simulation = Simulation.of(known, classes, 7);
        Estimate estimate = DawidSkene.of(simulation.votes(), classes);
        for (int a = 0; a < ANNOTATORS; a++) {
            DawidSkene.Quality found = estimate.annotators().get((long) a);
            double accuracy = 0;
            for (int t = 0; t < classes; t++) {
                accuracy += known[a][t][t] / classes;
                assertEquals(1, java.util.Arrays.stream(found.confusion()[t]).sum(), 1e-9);
                assertArrayEquals(known[a][t], found.confusion()[t], .14, "annotator %d, class %d".formatted(a, t));
            }
            assertEquals(accuracy, found.accuracy(), .05, "annotator " + a);
        }
    }

    @Test
    void equal_annotators_cost_at_most_half_a_point_against_majority() {
        for (int classes : new int[] {2, 4, 20}) {
            for (int seed = 0; seed < 10; seed++) {
                Simulation simulation = Simulation.of(uniform(spread(.75, .75), classes), classes, seed);
                double gain = simulation.share(DawidSkene.of(simulation.votes(), classes)) - simulation.shareOfMajority(classes);
                assertTrue(gain >= -.005, "%d classes, seed %d: %.4f".formatted(classes, seed, gain));
            }
        }
    }

    @Test
    void unequal_annotators_are_weighed_to_beat_majority() {
        for (int classes : new int[] {2, 6, 20}) {
            int better = 0;
            double gain = 0;
            for (int seed = 0; seed < 20; seed++) {
                Simulation simulation = Simulation.of(uniform(spread(.5, .95), classes), classes, seed);
                double difference = simulation.share(DawidSkene.of(simulation.votes(), classes)) - simulation.shareOfMajority(classes);
                better += difference > 0 ? 1 : 0;
                gain += difference / 20;
            }
            assertTrue(better >= 16, "%d classes: better in %d of 20".formatted(classes, better));
            assertTrue(gain > .01, "%d classes: on average by %.4f".formatted(classes, gain));
        }
    }

    @Test
    void the_order_of_votes_does_not_matter_and_the_last_of_two_counts() {
        Simulation simulation = Simulation.of(uniform(spread(.5, .95), 4), 4, 1);
        List<Vote> shuffled = new ArrayList<>(simulation.votes());
        Collections.shuffle(shuffled, new Random(2));
        Vote first = shuffled.getFirst();
        shuffled.addFirst(new Vote(first.item(), first.annotator(), (first.classIndex() + 1) % 4));
        Estimate one = DawidSkene.of(simulation.votes(), 4);
        Estimate other = DawidSkene.of(shuffled, 4);
        for (long i = 0; i < ITEMS; i++) {
            assertArrayEquals(one.probabilities().get(i), other.probabilities().get(i));
        }
        assertEquals(one.annotators().get(3L).votes(), other.annotators().get(3L).votes());
    }

    @Test
    void single_votes_are_believed() {
        Estimate estimate = DawidSkene.of(List.of(new Vote(1, 1, 0), new Vote(2, 1, 2), new Vote(3, 2, 1)), 3);
        assertEquals(List.of(0, 2, 1), List.of(estimate.likeliest(1), estimate.likeliest(2), estimate.likeliest(3)));
    }

    @Test
    void a_class_that_does_not_exist_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> DawidSkene.of(List.of(new Vote(1, 1, 3)), 3));
    }

    @Test
    void known_classes_stay_what_they_are_and_show_who_of_two_is_right() {
        List<Vote> votes = new ArrayList<>();
        Map<Long, Integer> known = new HashMap<>();
        for (long i = 0; i < 60; i++) { // the first says 0 and 1 in turn, the second always 1: only the truth tells who is right
            votes.add(new Vote(i, 1, (int) (i % 2)));
            votes.add(new Vote(i, 2, 1));
            if (i < 20) {
                known.put(i, (int) (i % 2));
            }
        }
        Estimate told = DawidSkene.of(votes, 2, known);
        assertArrayEquals(new double[] {1, 0}, told.probabilities().get(0L));
        assertTrue(told.annotators().get(1L).accuracy() > .9 && told.annotators().get(2L).accuracy() < .7, told.annotators().toString());
        assertEquals(0, told.likeliest(40), "learned from the known ones");
        Estimate reversed = DawidSkene.of(votes, 2, Map.of(0L, 1, 2L, 1, 4L, 1, 6L, 1, 8L, 1));
        assertArrayEquals(new double[] {0, 1}, reversed.probabilities().get(8L));
    }
}
