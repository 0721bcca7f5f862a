package org.laudable.engine.series;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Optional;

/**
 * What one round learned: agent and teacher, and how much people have said where. Scores any signals of the same series,
 * the points it learned from as well as later ones. Immutable.
 */
public final class SeriesModel {

    /** κ of ENGINES §2.5 (c): how far the potential can move the agent's margin where nobody has answered. */
    private static final double PRIOR_WEIGHT = 1;
    /** n₀: so many answers nearby halve the potential's say. */
    private static final double HALVING = 1;
    /** Without answers half of the points with this surprise are taken for anomalies: the 97th percentile. */
    private static final double EVEN_SURPRISE = 3.5;
    /** How far the log-odds of the agent count. */
    private static final double MOST = 6.9;

    /** What a known cause leaves of a score, and takes from a margin. */
    private static final double EXPLAINED = .2;
    private static final double EXPLAINED_MARGIN = 3;

    private final LearnerSettings settings;
    private final Optional<Agent> agent;
    private final Optional<Teacher> teacher;
    private final AnsweredPlaces places;
    private final Evidence evidence;
    private final Calibration calibration;
    private final Provenance provenance;
    /** What another series taught, where this one began with it: it speaks in the unsupervised prior's place, and fades as that does. */
    private final Optional<SeriesModel> start;

    SeriesModel(LearnerSettings settings, Optional<Agent> agent, Optional<Teacher> teacher, AnsweredPlaces places,
            Evidence evidence, Calibration calibration, Provenance provenance) {
        this(settings, agent, teacher, places, evidence, calibration, provenance, Optional.empty());
    }

    private SeriesModel(LearnerSettings settings, Optional<Agent> agent, Optional<Teacher> teacher, AnsweredPlaces places,
            Evidence evidence, Calibration calibration, Provenance provenance, Optional<SeriesModel> start) {
        this.settings = settings;
        this.agent = agent;
        this.teacher = teacher;
        this.places = places;
        this.evidence = evidence;
        this.calibration = calibration;
        this.provenance = provenance;
        this.start = start;
    }

    /** The same with another model's word in the prior's place. */
    SeriesModel beginningWith(Optional<SeriesModel> model) {
        return new SeriesModel(settings, agent, teacher, places, evidence, calibration, provenance, model);
    }

    Optional<SeriesModel> start() {
        return start;
    }

    /**
     * Scores of points by each voice, in [0, 1].
     *
     * @param score       the anomaly score: the log-odds of prior, teacher and agent, weighed by {@link Evidence}; low where a known cause explains what is seen
     * @param agent       the agent alone
     * @param teacher     the teacher alone
     * @param margin      ΔQ(s) with the potential's prior: positive is 'flag'
     * @param probability the score, calibrated on the answers: what costs are weighed with, in the same order as the score
     */
    public record Scores(double[] score, double[] agent, double[] teacher, double[] margin, double[] probability) {
    }

    private Scores scores(Signals signals, double[] raw, double[] agent, double[] teacher, double[] margin) {
        double[] score = raw.clone();
        double[] decided = margin.clone();
        for (int t = 0; t < score.length; t++) {
            if (signals.explained()[t]) {
                score[t] *= EXPLAINED;
                decided[t] -= EXPLAINED_MARGIN;
            }
        }
        return new Scores(score, agent, teacher, decided, OneChannelFeatures.map(score, calibration::probability));
    }

    public Provenance provenance() {
        return provenance;
    }

    /** Whether it can speak of other signals: it has learned, from the same features, with a network of the same kind. */
    boolean fits(Signals signals, LearnerSettings wanted) {
        Agent.AgentState state = Agent.AgentState.of(signals, settings);
        return agent.isPresent() && settings.network() == wanted.network() && settings.window() == wanted.window()
                && agent.get().inputs() == state.inputs() && agent.get().features() == state.features()
                && teacher.map(one -> one.fits(signals.common()[0].length)).orElse(true);
    }

    /** The same for another series, whose codes mean something else: nobody has answered anywhere near. */
    SeriesModel elsewhere(AnsweredPlaces here, Provenance from) {
        return new SeriesModel(settings, agent, teacher, here, evidence, calibration,
                new Provenance(from.engine(), from.series(), from.points(), from.answers(), from.round(), from.seed(), from.settings() + ", begun with " + provenance));
    }

    Optional<Agent> agent() {
        return agent;
    }

    public LearnerSettings settings() {
        return settings;
    }

    /** Whether people's answers are in it; without, it is the unsupervised prior. */
    public boolean learned() {
        return agent.isPresent();
    }

    /** Scores all points of signals. */
    public Scores scores(Signals all) {
        Signals signals = settings.has(Switch.VAE) ? all : all.withoutVae();
        if (agent.isEmpty()) {
            double[] belief = belief(signals);
            double[] prior = probabilities(belief);
            return scores(signals, prior, prior, prior, belief);
        }
        return scores(signals, agent.get().advantage(signals));
    }

    /** Scores of signals whose advantages by this model's agent are known. */
    Scores scores(Signals signals, double[] advantage) {
        double[] belief = start.map(one -> logits(one.scores(signals).score())).orElseGet(() -> belief(signals));
        double[] margin = advantage.clone();
        if (settings.has(Switch.POTENTIAL_PRIOR) && settings.has(Switch.POTENTIAL)) {
            double[] near = places.near(signals.latent());
            for (int t = 0; t < margin.length; t++) {
                double fading = settings.lookAhead() ? 1 : HALVING / (HALVING + near[t]);
                margin[t] += PRIOR_WEIGHT * fading * (2 * signals.potential()[t] - 1);
            }
        }
        double[] taught = teacher.isEmpty() ? belief : teacher.get().logit(signals);
        boolean both = teacher.isPresent() && settings.has(Switch.TEACHER);
        double said = evidence.agentWeight();
        double trust = settings.has(Switch.POTENTIAL_PRIOR) ? evidence.priorWeight() : 0;
        double[] logit = new double[margin.length];
        for (int t = 0; t < logit.length; t++) {
            double learned = both ? said * Math.clamp(margin[t], -MOST, MOST) + (1 - said) * taught[t] : margin[t];
            logit[t] = trust * belief[t] + (1 - trust) * learned;
        }
        return scores(signals, probabilities(logit), probabilities(margin), probabilities(taught), margin);
    }

    /** The same scores with this model's calibration. */
    Scores calibrated(Scores scores) {
        return new Scores(scores.score(), scores.agent(), scores.teacher(), scores.margin(),
                OneChannelFeatures.map(scores.score(), calibration::probability));
    }

    private static double[] belief(Signals signals) {
        return OneChannelFeatures.map(signals.priorSurprise(), u -> u - EVEN_SURPRISE);
    }

    /** Log-odds of an anomaly at each point from prior and teacher, weighed like in the score. */
    static double[] belief(Signals signals, Optional<Teacher> teacher, Evidence evidence) {
        double trust = teacher.isPresent() ? evidence.priorWeight() : 1;
        double[] logit = teacher.isPresent() ? teacher.get().logit(signals) : new double[signals.length()];
        for (int t = 0; t < logit.length; t++) {
            logit[t] = (1 - trust) * logit[t] + trust * (signals.priorSurprise()[t] - EVEN_SURPRISE);
        }
        return logit;
    }

    private static double[] logits(double[] score) {
        return OneChannelFeatures.map(score, p -> Math.clamp(Math.log(p / (1 - p)), -MOST, MOST));
    }

    private static double[] probabilities(double[] logit) {
        return OneChannelFeatures.map(logit, z -> 1 / (1 + Math.exp(-z)));
    }

    /**
     * How many answers there are of each kind; they say how much the unsupervised prior still counts.
     */
    record Evidence(int positives, int negatives) {

        private static final double HALVING = 3;
        private static final double AGENT_HALVING = 5;
        private static final double OF_ONE_KIND = .03;

        static Evidence of(Answers answers) {
            return new Evidence(answers.positives(), answers.size() - answers.positives());
        }

        /** The agent's share of what was learned, beside its teacher's: it grows to a half. */
        double agentWeight() {
            double kinds = Math.min(positives, negatives);
            return .5 * kinds / (kinds + AGENT_HALVING);
        }

        /** The prior's share of the score, falling from 1: a half at three answers of each kind, little at ten. */
        double priorWeight() {
            double known = Math.min(positives, negatives) + OF_ONE_KIND * (positives + negatives);
            return HALVING * HALVING / (HALVING * HALVING + known * known);
        }
    }

    void write(DataOutput out) throws IOException {
        out.writeUTF(settings.loss().name());
        out.writeDouble(settings.gamma());
        out.writeDouble(settings.costs().truePositive());
        out.writeDouble(settings.costs().trueNegative());
        out.writeDouble(settings.costs().falsePositive());
        out.writeDouble(settings.costs().falseNegative());
        out.writeUTF(settings.network().name());
        out.writeInt(settings.window());
        out.writeInt(settings.steps());
        out.writeDouble(settings.temporal());
        out.writeBoolean(settings.lookAhead());
        for (Switch part : Switch.values()) {
            out.writeBoolean(settings.has(part));
        }
        out.writeBoolean(agent.isPresent());
        if (agent.isPresent()) {
            agent.get().write(out);
        }
        out.writeBoolean(teacher.isPresent());
        if (teacher.isPresent()) {
            teacher.get().write(out);
        }
        places.write(out);
        out.writeInt(evidence.positives());
        out.writeInt(evidence.negatives());
        calibration.write(out);
        out.writeUTF(provenance.engine());
        out.writeUTF(provenance.series());
        out.writeInt(provenance.points());
        out.writeInt(provenance.answers());
        out.writeInt(provenance.round());
        out.writeLong(provenance.seed());
        out.writeUTF(provenance.settings());
    }

    static SeriesModel read(DataInput in) throws IOException {
        Loss loss = Loss.valueOf(in.readUTF());
        double gamma = in.readDouble();
        CostMatrix costs = new CostMatrix(in.readDouble(), in.readDouble(), in.readDouble(), in.readDouble());
        Network network = Network.valueOf(in.readUTF());
        int window = in.readInt();
        int steps = in.readInt();
        double temporal = in.readDouble();
        boolean lookAhead = in.readBoolean();
        java.util.EnumSet<Switch> parts = java.util.EnumSet.noneOf(Switch.class);
        for (Switch part : Switch.values()) {
            if (in.readBoolean()) {
                parts.add(part);
            }
        }
        LearnerSettings settings = new LearnerSettings(loss, gamma, costs, network, window, steps, temporal, lookAhead, parts);
        Optional<Agent> agent = in.readBoolean() ? Optional.of(Agent.read(in, settings)) : Optional.empty();
        Optional<Teacher> teacher = in.readBoolean() ? Optional.of(Teacher.read(in)) : Optional.empty();
        return new SeriesModel(settings, agent, teacher, AnsweredPlaces.read(in), new Evidence(in.readInt(), in.readInt()), Calibration.read(in), new Provenance(in.readUTF(), in.readUTF(),
                in.readInt(), in.readInt(), in.readInt(), in.readLong(), in.readUTF()));
    }
}
