package org.laudable.engine.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.laudable.engine.evaluation.LearningForecast.Estimate;

/**
 * The ways to label further, held against one another: people, a language model, or a language model whose doubtful
 * answers people verify. For each, what a label costs and how often it is right, and what it takes to the target.
 *
 * <p>Every doubt is drawn {@value #DRAWS} times, the same draws for all ways: the learning curve ({@link LearningForecast});
 * the language model's errors, from the answers that were audited (Dirichlet with a weight of one answer before any);
 * prices and times, from their standard errors. Wrong labels do two things. Those that err by chance thin the sample: n
 * labels with a share ν of random errors over K classes teach as much as n·(1 − νK/(K−1))² right ones (after Natarajan et
 * al., 2013). Those that err by system are learned: the task model repeats them. What share of a language model's errors
 * is of the second kind nobody knows beforehand, so it is drawn from 0 to 1.
 */
public final class LabelScenarios {
    /** Fewer audited answers say too little of a language model. */
    public static final int AUDITED_NEEDED = 50;
    /** With fewer checked answers of people, theirs are taken as right. */
    public static final int CHECKED_NEEDED = 20;

    private static final int DRAWS = 2_000;
    private static final int STEPS = 120;
    private static final double LEAST_USE = 0.01;

    private final Basis basis;

    /** Who labels. */
    public enum Way { PEOPLE, MODEL, HYBRID }

    /**
     * A language model's answers to items that people or reviewers labelled without seeing them, by the rule of the hybrid
     * way: taken as they are, or sent to a person.
     */
    public record Audited(int takenRight, int takenWrong, int sentRight, int sentWrong) {

        public int size() {
            return takenRight + takenWrong + sentRight + sentWrong;
        }

        public int wrong() {
            return takenWrong + sentWrong;
        }
    }

    /** A mean with its standard error. */
    public record Mean(double value, double error) {}

    /** What one label takes. */
    public record Effort(Mean micros, Mean seconds) {}

    /**
     * What is known.
     *
     * @param curve      of the labels so far; empty while they are too few: then nothing is said of a target
     * @param target     accuracy to reach; empty: none
     * @param modelShare share of today's training labels that a language model gave
     * @param verified   whether of those doubtful ones had been sent to people
     * @param classes    how many there are
     * @param most       labels that can be had at all: items left
     * @param peopleWrong of {@code peopleChecked} answers of people with a known label
     * @param checkShare of the answers taken in the hybrid way, those that people check at random
     */
    public record Basis(Optional<LearningForecast> curve, Optional<Double> target, double modelShare, boolean verified, int classes, long most,
            Audited audited, int peopleChecked, int peopleWrong, double checkShare, Effort people, Effort model) {}

    /**
     * One way.
     *
     * @param accuracy of the labels it gives
     * @param toPeople share of labels that a person gives or confirms
     * @param micros   for a label
     * @param seconds  for a label
     */
    public record Scenario(Way way, Estimate accuracy, Estimate toPeople, Estimate micros, Estimate seconds, Optional<Goal> goal) {}

    /**
     * To the target.
     *
     * @param reached share of the draws in which it is reached with the items there are
     * @param labels  further ones; infinite where it is not reached. The same of money and time
     */
    public record Goal(double reached, Estimate labels, Estimate micros, Estimate seconds) {}

    private LabelScenarios(Basis basis) {
        this.basis = basis;
    }

    /** The ways in order; empty while fewer than {@link #AUDITED_NEEDED} answers of the language model are audited. */
    public static List<Scenario> of(Basis basis) {
        return basis.audited().size() < AUDITED_NEEDED ? List.of() : new LabelScenarios(basis).scenarios();
    }

    /** One draw of what is not known. */
    private record World(double takenWrong, double sent, double wrong, double peopleWrong, double systematic, Optional<LearningForecast.Possible> curve,
            double peopleMicros, double peopleSeconds, double modelMicros, double modelSeconds) {}

    private List<Scenario> scenarios() {
        RandomGenerator random = new SplittableRandom(20_260_401);
        Map<Way, double[][]> drawn = new EnumMap<>(Way.class);
        for (Way way : Way.values()) {
            drawn.put(way, new double[5][DRAWS]);
        }
        for (int i = 0; i < DRAWS; i++) {
            World world = world(random);
            for (Way way : Way.values()) {
                double[][] figures = drawn.get(way);
                figures[0][i] = 1 - labelError(way, world);
                figures[1][i] = toPeople(way, world);
                figures[2][i] = (way == Way.PEOPLE ? 0 : world.modelMicros()) + figures[1][i] * world.peopleMicros();
                figures[3][i] = (way == Way.PEOPLE ? 0 : world.modelSeconds()) + figures[1][i] * world.peopleSeconds();
                figures[4][i] = labels(way, world);
            }
        }
        List<Scenario> scenarios = new ArrayList<>();
        drawn.forEach((way, f) -> scenarios.add(new Scenario(way, estimate(f[0]), estimate(f[1]), estimate(f[2]), estimate(f[3]),
                basis.curve().isEmpty() || basis.target().isEmpty() ? Optional.empty() : Optional.of(goal(f)))));
        return scenarios;
    }

    private static Goal goal(double[][] figures) {
        double[] labels = figures[4];
        double[] micros = new double[DRAWS];
        double[] seconds = new double[DRAWS];
        Arrays.setAll(micros, i -> labels[i] == 0 ? 0 : labels[i] * figures[2][i]);
        Arrays.setAll(seconds, i -> labels[i] == 0 ? 0 : labels[i] * figures[3][i]);
        for (int i = 0; i < DRAWS; i++) {
            if (Double.isInfinite(labels[i])) {
                micros[i] = Double.POSITIVE_INFINITY; // a free way that leads nowhere is no bargain
                seconds[i] = Double.POSITIVE_INFINITY;
            }
        }
        double reached = (double) Arrays.stream(labels).filter(Double::isFinite).count() / DRAWS;
        return new Goal(reached, estimate(labels), estimate(micros), estimate(seconds));
    }

    private World world(RandomGenerator random) {
        Audited seen = basis.audited();
        double[] cell = {gamma(seen.takenRight() + 0.25, random), gamma(seen.takenWrong() + 0.25, random), gamma(seen.sentRight() + 0.25, random),
            gamma(seen.sentWrong() + 0.25, random)};
        double all = Arrays.stream(cell).sum();
        double slips = gamma(basis.peopleWrong() + 0.5, random);
        double right = gamma(basis.peopleChecked() - basis.peopleWrong() + 0.5, random);
        return new World(cell[1] / all, (cell[2] + cell[3]) / all, (cell[1] + cell[3]) / all,
                basis.peopleChecked() < CHECKED_NEEDED ? 0 : slips / (slips + right), random.nextDouble(),
                basis.curve().map(curve -> curve.draw(random)), about(basis.people().micros(), random), about(basis.people().seconds(), random),
                about(basis.model().micros(), random), about(basis.model().seconds(), random));
    }

    private double toPeople(Way way, World world) {
        return switch (way) {
            case PEOPLE -> 1;
            case MODEL -> 0;
            case HYBRID -> world.sent() + basis.checkShare() * (1 - world.sent());
        };
    }

    private double labelError(Way way, World world) {
        return switch (way) {
            case PEOPLE -> world.peopleWrong();
            case MODEL -> world.wrong();
            case HYBRID -> modelError(way, world) + toPeople(way, world) * world.peopleWrong();
        };
    }

    /** Share of the labels given this way that are a language model's, and wrong. */
    private double modelError(Way way, World world) {
        return switch (way) {
            case PEOPLE -> 0;
            case MODEL -> world.wrong();
            case HYBRID -> world.takenWrong() * (1 - basis.checkShare());
        };
    }

    /** Further labels to the target; infinite where the items do not do. */
    private double labels(Way way, World world) {
        if (world.curve().isEmpty() || basis.target().isEmpty()) {
            return Double.NaN;
        }
        double goal = 1 - basis.target().get();
        Road road = new Road(world, modelError(way, world), basis);
        if (road.error(0) <= goal) {
            return 0;
        }
        double below = 0;
        double growth = Math.pow(Math.max(2, basis.most()), 1.0 / STEPS);
        for (double more = 1; more <= basis.most() * 1.000001; more *= growth) {
            if (road.error(more) <= goal) {
                return between(road, goal, below, more);
            }
            below = more;
        }
        return Double.POSITIVE_INFINITY;
    }

    private static double between(Road road, double goal, double low, double high) {
        for (int i = 0; i < 30; i++) {
            double middle = (low + high) / 2;
            if (road.error(middle) <= goal) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }

    /** The task model's error as labels of one way are added to today's. */
    private static final class Road {
        private final LearningForecast.Possible curve;
        private final double now;
        private final double useNow;
        private final double useNew;
        private final double learnedNow;
        private final double learnedNew;

        Road(World world, double wrongNew, Basis basis) {
            double wrongNow = basis.modelShare() == 0 ? 0 : basis.verified() ? world.takenWrong() / Math.max(1e-9, 1 - world.sent()) : world.wrong();
            this.now = basis.curve().orElseThrow().now();
            this.useNow = now * (1 - basis.modelShare() * (1 - use(wrongNow * (1 - world.systematic()), basis.classes())));
            this.useNew = use(wrongNew * (1 - world.systematic()), basis.classes());
            this.learnedNow = world.systematic() * wrongNow * basis.modelShare() * now;
            this.learnedNew = world.systematic() * wrongNew;
            double today = world.curve().orElseThrow().error();
            this.curve = new LearningForecast.Possible(Math.max(today / 10, now == 0 ? today : today - learnedNow / now), world.curve().orElseThrow().slope());
        }

        double error(double more) {
            double learned = now + more == 0 ? 0 : (learnedNow + learnedNew * more) / (now + more);
            return Math.min(1, curve.errorAt(useNow + useNew * more, useNow) + learned);
        }
    }

    /** What a label is worth where a share of them is wrong by chance, against a right one. */
    static double use(double wrong, int classes) {
        double kept = 1 - wrong * classes / Math.max(1.0, classes - 1.0);
        return Math.max(LEAST_USE, kept <= 0 ? 0 : kept * kept);
    }

    private static Estimate estimate(double[] drawn) {
        double[] sorted = drawn.clone();
        Arrays.sort(sorted);
        int tail = (int) Math.round((1 - LearningForecast.CONFIDENCE) / 2 * sorted.length);
        return new Estimate(sorted[tail], sorted[sorted.length / 2], sorted[sorted.length - 1 - tail]);
    }

    /** Never below a twentieth of the mean: prices and times are positive. */
    private static double about(Mean mean, RandomGenerator random) {
        return Math.max(mean.value() / 20, mean.value() + mean.error() * random.nextGaussian());
    }

    /** A gamma variate of scale 1 (Marsaglia and Tsang, 2000). */
    private static double gamma(double shape, RandomGenerator random) {
        if (shape < 1) {
            return gamma(shape + 1, random) * Math.pow(random.nextDouble(), 1 / shape);
        }
        double d = shape - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double x = random.nextGaussian();
            double v = Math.pow(1 + c * x, 3);
            if (v > 0 && Math.log(random.nextDouble()) < 0.5 * x * x + d - d * v + d * Math.log(v)) {
                return d * v;
            }
        }
    }
}
