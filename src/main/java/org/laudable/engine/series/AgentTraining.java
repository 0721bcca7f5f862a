package org.laudable.engine.series;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Trains the agent for one round (ENGINES §2.4): Adam 1e-3, batches of 128 (a quarter positive answers, a quarter negative
 * ones, the rest unlabelled, an eighth of it from the most suspicious), the first third of the steps on unlabelled states
 * only.
 */
final class AgentTraining {

    private static final int BATCH = 128;
    private static final float RATE = 1e-3f;
    private static final float CLIP = 5;
    private static final float DECAY = 1e-4f;
    private static final int TARGET_EVERY = 25;
    private static final int COLLECTED = 250;
    private static final int EPISODE = 256;
    private static final double SUSPICIOUS = .95;

    private final Signals signals;
    private final Answers answers;
    private final boolean[] usable;
    private final Rewards rewards;
    private final LearnerSettings settings;
    private final Shown shown;
    private final TrainingWatch watch;
    private final SplittableRandom random;
    private final int[][] positive;
    private final int[][] negative;
    private Optional<Agent> before = Optional.empty();
    private final int[] unlabelled;
    private final int[] suspicious;

    /** λ and β of the round, shown beside the loss. */
    record Shown(double lambda, double beta) {
    }

    AgentTraining(Signals signals, Answers answers, boolean[] usable, Rewards rewards, LearnerSettings settings, long seed,
            Shown shown, TrainingWatch watch) {
        this.shown = shown;
        this.signals = signals;
        this.answers = answers;
        this.usable = usable;
        this.rewards = rewards;
        this.settings = settings;
        this.watch = watch;
        this.random = new SplittableRandom(seed);
        this.positive = groups(true);
        this.negative = groups(false);
        int n = signals.length();
        int[] open = new int[n];
        int size = 0;
        for (int t = 0; t < n; t++) {
            if (usable[t] && !answers.known(t)) {
                open[size++] = t;
            }
        }
        this.unlabelled = Arrays.copyOf(open, size);
        this.suspicious = Arrays.stream(unlabelled).filter(t -> signals.priorQuantile()[t] > SUSPICIOUS && !signals.explained()[t]).toArray();
    }

    /** Whether answers and unlabelled states together hold something normal and something suspicious. */
    static boolean showsBothKinds(Signals signals, Answers answers, boolean[] usable) {
        boolean suspicious = answers.positives() > 0;
        boolean normal = answers.size() > answers.positives();
        for (int t = 0; t < usable.length; t++) {
            if (usable[t] && !answers.known(t)) {
                suspicious |= signals.priorQuantile()[t] > SUSPICIOUS;
                normal = true;
            }
        }
        return suspicious && normal;
    }

    /** The network's first weights are those of another agent, if there is one of the same form. */
    AgentTraining startingFrom(Optional<Agent> agent) {
        before = agent;
        return this;
    }

    private float[] initial(QNetwork network, Agent.AgentState state) {
        return before.filter(one -> one.inputs() == state.inputs() && one.features() == state.features()).map(Agent::weights).map(float[]::clone)
                .filter(weights -> weights.length == network.parameters().size()).orElseGet(network.parameters()::initialValues);
    }

    Agent train(long seed) {
        Agent.AgentState state = Agent.AgentState.of(signals, settings);
        QNetwork network = QNetwork.of(settings.network(), settings.window(), state.inputs(), state.features(),
                settings.has(Switch.POTENTIAL_PRIOR), seed);
        float[] weights = Torch.exclusively(seed, manager -> {
            WindowRows windows = new WindowRows(manager, state.rows(), settings.window());
            NDArray points = state.points(manager);
            NDArray reward = rewardTable(manager);
            Adam adam = new Adam(manager, initial(network, state), RATE, CLIP, DECAY);
            Target target = new Target(manager, network, windows, points, state.features() > 0);
            long[] memory = new long[0];
            long[] episode = episode();
            double epsilon = 0;
            int warm = settings.loss() == Loss.REPLAYED_Q ? 0 : settings.steps() / 3;
            for (int step = 0; step < settings.steps(); step++) {
                if (step % TARGET_EVERY == 0) {
                    target.update(adam.values());
                    if (settings.loss() == Loss.REPLAYED_Q) {
                        epsilon = 1 - .9 * step / settings.steps();
                        memory = collect(memory, epsilon, manager, target, adam.values());
                    }
                }
                long[] batch = settings.loss() == Loss.REPLAYED_Q ? drawn(memory) : batch(step < warm);
                double loss = adam.step((scope, theta) -> {
                    NDArray index = scope.create(batch);
                    NDArray[] w = network.parameters().views(scope, theta);
                    return switch (settings.loss()) {
                        case REWARD_WEIGHTED -> weighted(scope, target, w, batch, reward);
                        case Q_REGRESSION -> huber(target.values(scope, w, index),
                                reward.get(scope, new NDIndex("{}", index)).add(target.future(scope, w, next(scope, batch), settings.gamma())));
                        case REPLAYED_Q -> replayed(scope, target, w, batch, reward);
                    };
                });
                if ((step + 1) % TARGET_EVERY == 0 || step + 1 == settings.steps()) {
                    watch.at(new TrainingStep("agent", step + 1, settings.steps(), loss, earned(manager, target, adam.values(), episode),
                            shown.lambda(), shown.beta(), epsilon));
                }
            }
            return adam.values();
        });
        return new Agent(settings, state.inputs(), state.features(), weights);
    }

    /** Some labelled states, both kinds alike: what the shown reward is measured on. */
    private long[] episode() {
        SplittableRandom other = new SplittableRandom(answers.size());
        long[] states = new long[EPISODE];
        for (int i = 0; i < states.length; i++) {
            int[][] kind = i % 2 == 0 && positive.length > 0 || negative.length == 0 ? positive : negative;
            if (kind.length == 0) {
                return new long[0];
            }
            int[] group = kind[other.nextInt(kind.length)];
            states[i] = group[other.nextInt(group.length)];
        }
        return states;
    }

    /** Mean R₁ of the greedy policy on labelled states over the largest it could be. */
    private double earned(NDManager manager, Target target, float[] weights, long[] states) {
        if (states.length == 0) {
            return Double.NaN;
        }
        try (NDManager scope = manager.newSubManager()) {
            float[] q = target.values(scope, target.views(scope, scope.create(weights)), scope.create(states)).toFloatArray();
            double earned = 0;
            double possible = 0;
            for (int i = 0; i < states.length; i++) {
                boolean anomalous = answers.anomalous((int) states[i]);
                earned += settings.costs().reward(anomalous, q[2 * i + 1] > q[2 * i]);
                possible += settings.costs().best(anomalous);
            }
            return earned / possible;
        }
    }

    /** |R(1) − R(0)| · BCE(Q₁ − Q₀, sign), halved, averaged. */
    static NDArray rewardWeighted(NDArray q, NDArray reward) {
        NDArray z = q.get(":, 1").sub(q.get(":, 0"));
        NDArray d = reward.get(":, 1").sub(reward.get(":, 0"));
        NDArray m = z.mul(d.sign());
        // log(1 + exp(−m)), computed so that it cannot overflow.
        NDArray cost = m.neg().maximum(0).add(m.abs().neg().exp().add(1).log());
        return d.abs().mul(cost).mean().div(2);
    }

    /** Mean Huber loss with threshold 1. */
    static NDArray huber(NDArray q, NDArray goal) {
        NDArray d = q.sub(goal).abs();
        NDArray near = d.minimum(1);
        return near.square().mul(.5f).add(d.sub(near)).mean();
    }

    /** The reward-weighted loss, and if asked for a little of the temporal difference's. */
    private NDArray weighted(NDManager scope, Target target, NDArray[] w, long[] batch, NDArray reward) {
        NDArray index = scope.create(batch);
        NDArray q = target.values(scope, w, index);
        NDArray r = reward.get(scope, new NDIndex("{}", index));
        NDArray loss = rewardWeighted(q, r);
        if (settings.temporal() == 0) {
            return loss;
        }
        NDArray goal = r.add(target.future(scope, w, next(scope, batch), settings.gamma()));
        return loss.add(huber(q, goal).mul((float) settings.temporal()));
    }

    private NDArray replayed(NDManager scope, Target target, NDArray[] w, long[] batch, NDArray reward) {
        long[] index = new long[batch.length];
        float[] flag = new float[batch.length];
        for (int i = 0; i < batch.length; i++) {
            index[i] = batch[i] >> 1;
            flag[i] = batch[i] & 1;
        }
        NDArray at = scope.create(index);
        NDArray action = scope.create(flag);
        NDArray rest = action.neg().add(1);
        NDArray q = target.values(scope, w, at);
        NDArray r = reward.get(scope, new NDIndex("{}", at));
        NDArray goal = r.get(":, 1").mul(action).add(r.get(":, 0").mul(rest))
                .add(target.future(scope, w, next(scope, index), settings.gamma()).reshape(-1));
        return huber(q.get(":, 1").mul(action).add(q.get(":, 0").mul(rest)), goal);
    }

    /** Transitions of one more stretch of an episode: half labelled states, half a run of the series, actions ε-greedy. */
    private long[] collect(long[] memory, double epsilon, NDManager manager, Target target, float[] weights) {
        long[] states = new long[COLLECTED];
        int start = unlabelled.length == 0 ? 0 : random.nextInt(unlabelled.length);
        for (int i = 0; i < COLLECTED; i++) {
            int[][] kind = random.nextBoolean() && positive.length > 0 ? positive : negative;
            if (i % 2 == 0 && kind.length > 0) {
                int[] group = kind[random.nextInt(kind.length)];
                states[i] = group[random.nextInt(group.length)];
            } else {
                states[i] = unlabelled.length == 0 ? 0 : unlabelled[(start + i / 2) % unlabelled.length];
            }
        }
        long[] grown = Arrays.copyOf(memory, memory.length + COLLECTED);
        try (NDManager scope = manager.newSubManager()) {
            float[] q = target.values(scope, target.views(scope, scope.create(weights)), scope.create(states)).toFloatArray();
            for (int i = 0; i < COLLECTED; i++) {
                boolean flag = random.nextDouble() < epsilon ? random.nextBoolean() : q[2 * i + 1] > q[2 * i];
                grown[memory.length + i] = 2 * states[i] + (flag ? 1 : 0);
            }
        }
        return grown;
    }

    private long[] drawn(long[] memory) {
        long[] batch = new long[BATCH];
        for (int i = 0; i < BATCH; i++) {
            batch[i] = memory[random.nextInt(memory.length)];
        }
        return batch;
    }

    private NDArray next(NDManager scope, long[] index) {
        long[] next = new long[index.length];
        for (int i = 0; i < next.length; i++) {
            next[i] = Math.min(signals.length() - 1L, index[i] + 1);
        }
        return scope.create(next);
    }

    private long[] batch(boolean unlabelledOnly) {
        long[] batch = new long[BATCH];
        int at = 0;
        if (!unlabelledOnly || unlabelled.length == 0) {
            at = add(batch, at, positive, BATCH / 4);
            at = add(batch, at, negative, BATCH / 4);
        }
        if (unlabelled.length == 0) {
            return Arrays.copyOf(batch, at);
        }
        int rest = BATCH - at;
        int top = suspicious.length == 0 ? 0 : rest / 8;
        while (at < BATCH) {
            int[] from = BATCH - at <= top ? suspicious : unlabelled;
            batch[at++] = from[random.nextInt(from.length)];
        }
        return batch;
    }

    private int add(long[] batch, int at, int[][] groups, int count) {
        for (int i = 0; i < count && groups.length > 0; i++) {
            int[] group = groups[random.nextInt(groups.length)];
            batch[at++] = group[random.nextInt(group.length)];
        }
        return at;
    }

    private int[][] groups(boolean anomalous) {
        int[][] groups = new int[answers.size()][];
        int n = 0;
        for (int a = 0; a < groups.length; a++) {
            int[] covered = Arrays.stream(answers.covered(a)).filter(t -> usable[t]).toArray();
            if (covered.length > 0 && answers.list().get(a).anomalous() == anomalous) {
                groups[n++] = covered;
            }
        }
        return Arrays.copyOf(groups, n);
    }

    private NDArray rewardTable(NDManager manager) {
        int n = signals.length();
        float[] flat = new float[2 * n];
        for (int t = 0; t < n; t++) {
            flat[2 * t] = rewards.normal()[t];
            flat[2 * t + 1] = rewards.flag()[t];
        }
        return manager.create(flat, new Shape(n, 2));
    }

    /** The network on states by their points, and its slowly following copy. */
    private static final class Target {
        private final NDManager manager;
        private final QNetwork network;
        private final WindowRows windows;
        private final NDArray points;
        private final boolean features;
        private NDArray weights;

        Target(NDManager manager, QNetwork network, WindowRows windows, NDArray points, boolean features) {
            this.manager = manager;
            this.network = network;
            this.windows = windows;
            this.points = points;
            this.features = features;
        }

        void update(float[] values) {
            if (weights != null) {
                weights.close();
            }
            weights = manager.create(values);
        }

        NDArray[] views(NDManager scope, NDArray theta) {
            return network.parameters().views(scope, theta);
        }

        NDArray values(NDManager scope, NDArray[] w, NDArray index) {
            return network.values(scope, w, windows.windows(scope, index),
                    features ? points.get(scope, new NDIndex("{}", index)) : points);
        }

        /** γ · Q̄(s′, argmax Q(s′)), double Q-learning (van Hasselt et al., 2016), as a column; nothing flows back. */
        NDArray future(NDManager scope, NDArray[] w, NDArray next, double gamma) {
            if (gamma == 0) {
                return scope.zeros(new Shape(next.getShape().get(0), 1));
            }
            NDArray own = values(scope, w, next).stopGradient();
            NDArray copy = values(scope, network.parameters().views(scope, weights), next).stopGradient();
            NDArray flag = own.get(":, 1").gt(own.get(":, 0")).toType(DataType.FLOAT32, false);
            NDArray value = copy.get(":, 1").mul(flag).add(copy.get(":, 0").mul(flag.neg().add(1)));
            return value.mul((float) gamma).reshape(-1, 1);
        }
    }
}
