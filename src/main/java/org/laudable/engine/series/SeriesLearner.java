package org.laudable.engine.series;

import java.util.List;
import java.util.Optional;

/** Learns a model of one series from answers, round after round. Keeps the similarity graph, which is built once. */
public final class SeriesLearner {

    private final Signals signals;
    private final boolean[] usable;
    private final LearnerSettings settings;
    private final long seed;
    private Optional<SeriesModel> start = Optional.empty();
    private Optional<Propagation> propagation = Optional.empty();

    /**
     * @param usable points whose values may be learned from; unseen futures may not
     */
    public SeriesLearner(Signals signals, boolean[] usable, LearnerSettings settings, long seed) {
        this.signals = settings.has(Switch.VAE) ? signals : signals.withoutVae();
        this.usable = usable.clone();
        this.settings = settings;
        this.seed = seed;
    }

    /** The same learner for signals of which only the potential differs; keeps the graph. */
    public SeriesLearner with(Signals changed) {
        SeriesLearner next = new SeriesLearner(changed, usable, settings, seed);
        next.propagation = propagation;
        return next.beginningWith(start);
    }

    /**
     * The same, beginning with what was learned from another series with the same channels: until answers show both kinds
     * that model speaks alone; then it stands in the place of the unsupervised prior and fades as that does, and the agent's
     * training starts from its weights. One that does not fit is not used.
     */
    public SeriesLearner beginningWith(Optional<SeriesModel> model) {
        start = model.filter(one -> one.fits(signals, settings));
        return this;
    }

    /**
     * What a round gave.
     *
     * @param model         the model
     * @param scores        its scores of the points it learned from
     * @param pseudo        labels that spread from answers
     * @param scaling       λ_c for the next round
     * @param lambda        λ that was used
     * @param episodeReward mean reward of the greedy policy on labelled states over the largest possible; 0 before answers
     */
    public record Round(SeriesModel model, SeriesModel.Scores scores, List<PseudoLabel> pseudo, RewardScaling scaling, double lambda, double episodeReward) {
    }

    /**
     * Learns from all answers so far; the same answers, round and scaling give the same model. While nothing to learn
     * from shows both kinds (all points answered, all normal), the model stays the unsupervised prior.
     *
     * @param round   rounds of answers so far; before any answer the model is the unsupervised prior
     * @param scaling what the round before gave, at first {@link RewardScaling#start()}
     */
    public Round learn(Answers answers, int round, RewardScaling scaling, TrainingWatch watch) {
        long roundSeed = seed * 1_000_003 + round;
        Provenance provenance = new Provenance(Provenance.ENGINE, signals.name(), signals.length(), answers.size(), round, seed,
                settings.toString());
        AnsweredPlaces places = AnsweredPlaces.of(signals, answers);
        if (answers.size() == 0 || !AgentTraining.showsBothKinds(signals, answers, usable)) {
            if (start.isPresent()) {
                SeriesModel begun = start.get().elsewhere(places, provenance);
                return new Round(begun, begun.scores(signals), List.of(), scaling, 0, 0);
            }
            SeriesModel prior = new SeriesModel(settings, Optional.empty(), Optional.empty(), places, SeriesModel.Evidence.of(answers),
                    Calibration.none(), provenance);
            return new Round(prior, prior.scores(signals), List.of(), scaling, 0, 0);
        }
        double lambda = settings.has(Switch.LAMBDA) ? scaling.lambda() : 1;
        watch.at(TrainingStep.of("graph", 0, 1, Double.NaN));
        List<PseudoLabel> pseudo = settings.has(Switch.PROPAGATION) ? propagation().spread(answers, usable) : List.of();
        watch.at(TrainingStep.of("teacher", 0, 1, Double.NaN));
        Optional<Teacher> teacher = settings.has(Switch.TEACHER) && Teacher.canLearn(signals, answers, usable, roundSeed)
                ? Optional.of(Teacher.train(signals, answers, usable, roundSeed)) : Optional.empty();
        watch.at(TrainingStep.of("teacher", 1, 1, Double.NaN));
        SeriesModel.Evidence evidence = SeriesModel.Evidence.of(answers);
        double[] belief = SeriesModel.belief(signals, teacher, evidence);
        Rewards rewards = Rewards.of(signals, answers, pseudo, settings, lambda, belief);
        Agent agent = new AgentTraining(signals, answers, usable, rewards, settings, roundSeed,
                new AgentTraining.Shown(lambda, RewardScaling.beta(round)), watch).startingFrom(start.flatMap(SeriesModel::agent)).train(roundSeed);
        double[] advantage = agent.advantage(signals);
        double reward = episodeReward(advantage, answers);
        SeriesModel plain = new SeriesModel(settings, Optional.of(agent), teacher, places, evidence, Calibration.none(), provenance).beginningWith(start);
        SeriesModel.Scores scores = plain.scores(signals, advantage);
        Calibration calibration = Calibration.of(scores.score(), answers);
        SeriesModel model = new SeriesModel(settings, Optional.of(agent), teacher, places, evidence, calibration, provenance).beginningWith(start);
        return new Round(model, model.calibrated(scores), pseudo, scaling.after(reward), lambda, reward);
    }

    /** The graph of similar windows. */
    public Propagation propagation() {
        if (propagation.isEmpty()) {
            propagation = Optional.of(Propagation.of(signals, seed));
        }
        return propagation.get();
    }

    private double episodeReward(double[] advantage, Answers answers) {
        double earned = 0;
        double possible = 0;
        for (int t = 0; t < advantage.length; t++) {
            if (answers.known(t)) {
                boolean anomalous = answers.anomalous(t);
                earned += settings.costs().reward(anomalous, advantage[t] > 0);
                possible += settings.costs().best(anomalous);
            }
        }
        return possible == 0 ? 0 : earned / possible;
    }
}
