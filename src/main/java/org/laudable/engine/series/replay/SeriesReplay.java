package org.laudable.engine.series.replay;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.laudable.engine.series.Acquisition;
import org.laudable.engine.series.Answers;
import org.laudable.engine.series.BaselineScores;
import org.laudable.engine.series.LearnerSettings;
import org.laudable.engine.series.Loss;
import org.laudable.engine.series.OperatingPoint;
import org.laudable.engine.series.Potential;
import org.laudable.engine.series.RewardScaling;
import org.laudable.engine.series.SeriesLearner;
import org.laudable.engine.series.SeriesModel;
import org.laudable.engine.series.SignalModel;
import org.laudable.engine.series.Signals;
import org.laudable.engine.series.Switch;
import org.laudable.engine.series.TrainingWatch;

/** Plays the series loop on one labelled series with one seed: asks the truth instead of people, then measures. */
public final class SeriesReplay {

    private static final int CHECKPOINT = 10;

    /** Windows a judge gives its word on, as many as the product asks about unless told otherwise. */
    private static final int JUDGED = 40;

    private final ReplayPlan plan;
    private final List<Double> judges;

    public SeriesReplay(ReplayPlan plan) {
        this(plan, List.of());
    }

    /** @param judges qualities of judges to be tried in a language model's place; the other methods are then left out */
    public SeriesReplay(ReplayPlan plan, List<Double> judges) {
        this.plan = plan;
        this.judges = List.copyOf(judges);
    }

    /**
     * What one series and seed gave.
     *
     * @param answers answers given, over all parts
     * @param scored  points scored, over all parts
     * @param results figures by method, averaged over the parts
     */
    public record Result(int answers, int scored, Map<String, Figures> results) {
    }

    /** A score, where it flags, and whether a point was scored; for whoever wants every point. */
    public record Points(double[] score, boolean[] flagged, boolean[] scored) {
    }

    /** Plays; {@code points} gets each method's scores, part by part. */
    public Result play(LabelledSeries labelled, long seed, BiConsumer<String, Points> points) {
        List<Protocol.Part> parts = plan.protocol().parts(labelled.anomalous(), seed);
        Protocol.Part first = parts.getFirst();
        SignalModel model = SignalModel.fit(labelled.series(), fitted(labelled, first.usable()), first.usable(), first.causal(), seed, TrainingWatch.NONE);
        Signals signals = model.apply(labelled.series(), Potential.statistical());
        Map<String, List<Figures>> all = new LinkedHashMap<>();
        int answers = 0;
        int scored = 0;
        for (Protocol.Part part : parts) {
            PartReplay replay = new PartReplay(labelled, part, signals, seed, all, points);
            answers += judges.isEmpty() ? replay.run() : replay.judged(model);
            for (boolean s : part.score()) {
                scored += s ? 1 : 0;
            }
        }
        Map<String, Figures> results = new LinkedHashMap<>();
        all.forEach((method, figures) -> results.put(method, Figures.mean(figures)));
        return new Result(answers, scored, results);
    }

    private static boolean[] fitted(LabelledSeries labelled, boolean[] usable) {
        return SignalModel.fitOn(labelled.series(), usable, new Answers(usable.length));
    }

    /** One part's replay. */
    private final class PartReplay {
        private final LabelledSeries labelled;
        private final Protocol.Part part;
        private final Signals signals;
        private final long seed;
        private final Map<String, List<Figures>> results;
        private final BiConsumer<String, Points> points;
        private final Oracle oracle;
        private Optional<KnownJudge> judge = Optional.empty();

        PartReplay(LabelledSeries labelled, Protocol.Part part, Signals signals, long seed, Map<String, List<Figures>> results,
                BiConsumer<String, Points> points) {
            this.labelled = labelled;
            this.part = part;
            this.signals = signals;
            this.seed = seed;
            this.results = results;
            this.points = points;
            this.oracle = new Oracle(labelled.anomalous(), part.ask(), ReplayPlan.WINDOW);
        }

        int run() {
            LearnerSettings own = LearnerSettings.laudable();
            Played main = loop(own, plan.acquisition(), this::checkpoint);
            Optional<Played> published = plan.brief() ? Optional.empty()
                    : Optional.of(loop(LearnerSettings.paper(), Acquisition.MARGIN, (scores, given) -> { }));
            Answers answers = published.filter(p -> plan.preset().equals("paper")).orElse(main).answers();
            if (plan.protocol() == Protocol.USER) {
                measure("answers-only", new double[signals.length()], new boolean[signals.length()], answers);
            }
            probability("laudable", main.scores().score(), main.answers());
            published.ifPresent(p -> margin("paper", p.scores(), p.answers()));
            probability("agent", main.scores().agent(), main.answers());
            probability("teacher", main.scores().teacher(), main.answers());
            if (!plan.brief()) {
                Played random = loop(own, Acquisition.RANDOM, (scores, given) -> { });
                probability("random-queries", random.scores().score(), random.answers());
                for (double gamma : new double[] {0, .96}) {
                    Played q = once(own.without(Switch.TEACHER).with(Loss.Q_REGRESSION, gamma), answers);
                    margin("q-regression-%s".formatted(gamma == 0 ? "0" : ".96"), q.scores(), answers);
                }
            }
            if (plan.ablations()) {
                probability("with-temporal-difference", once(own.withTemporal(.1, .96), answers).scores().score(), answers);
                probability("with-look-ahead", once(own.withLookAhead(), answers).scores().score(), answers);
                for (Switch part : Switch.values()) {
                    probability("without-" + part.option(), once(own.without(part), answers).scores().score(), answers);
                }
            }
            BaselineScores.of(signals, part.usable(), seed).forEach((name, score) -> {
                double threshold = OperatingPoint.onAnswers(score, answers, part.usable());
                measure(name, score, above(score, threshold), answers);
            });
            return main.answers().size();
        }

        /**
         * The same loop without a potential, with the statistical one, and with each judge's; a judge's word on the second
         * one's outcome too, since other questions make another path.
         */
        int judged(SignalModel model) {
            LearnerSettings own = LearnerSettings.laudable();
            Played without = loop(own.without(Switch.POTENTIAL), plan.acquisition(), (scores, given) -> { });
            probability("without-potential", without.scores().score(), without.answers());
            Played main = loop(own, plan.acquisition(), this::checkpoint);
            probability("statistical", main.scores().score(), main.answers());
            for (double quality : judges) {
                KnownJudge judge = new KnownJudge(labelled.anomalous(), quality, JUDGED, seed);
                double[] severity = model.apply(labelled.series(), judge).potential();
                PartReplay with = new PartReplay(labelled, part, signals.withPotential(severity), seed, results, points);
                with.judge = Optional.of(judge);
                String name = "judge-" + quality;
                Played played = with.loop(own, plan.acquisition(), (scores, given) -> with.checkpoint(name, scores, given));
                with.probability(name, played.scores().score(), played.answers());
                probability(name + "-same-answers", judge.heeded(main.scores().score(), main.answers()), main.answers());
            }
            return main.answers().size();
        }

        private void checkpoint(String method, SeriesModel.Scores scores, Answers answers) {
            if (answers.size() % CHECKPOINT == 0 && answers.size() > 0 && answers.size() < plan.queries()) {
                probability(method + "@" + answers.size(), scores.score(), answers);
            }
        }

        /** Every tenth answer on the way is measured too. */
        private void checkpoint(SeriesModel.Scores scores, Answers answers) {
            if (answers.size() % CHECKPOINT == 0 && answers.size() > 0 && answers.size() < plan.queries()) {
                if (plan.protocol() == Protocol.USER) {
                    measure("answers-only@" + answers.size(), new double[signals.length()], new boolean[signals.length()], answers);
                }
                probability((judges.isEmpty() ? "laudable@" : "statistical@") + answers.size(), scores.score(), answers);
            }
        }

        private record Played(SeriesModel.Scores scores, Answers answers) {
        }

        /** Asks, learns, asks again, until the queries are spent. */
        private Played loop(LearnerSettings settings, Acquisition acquisition, BiConsumer<SeriesModel.Scores, Answers> seen) {
            Answers answers = new Answers(signals.length());
            SeriesLearner learner = new SeriesLearner(signals, part.usable(), settings, seed);
            RewardScaling scaling = RewardScaling.start();
            int round = 0;
            while (true) {
                boolean needed = answers.size() >= plan.queries() || acquisition != Acquisition.RANDOM;
                SeriesModel.Scores scores = null;
                double[] guide = signals.prior();
                if (needed) {
                    SeriesLearner.Round learned = learner.learn(answers, round, scaling, TrainingWatch.NONE);
                    scaling = learned.scaling();
                    scores = heeded(learned.scores(), answers);
                    guide = learned.scores().score(); // questions go by what was learned, as in the product
                    seen.accept(scores, answers);
                }
                int left = plan.queries() - answers.size();
                int[] next = left <= 0 ? new int[0]
                        : acquisition.select(situation(guide, round), answers, Math.min(plan.batch(), left), seed);
                if (next.length == 0) {
                    if (scores == null) {
                        scores = heeded(learner.learn(answers, round, scaling, TrainingWatch.NONE).scores(), answers);
                    }
                    return new Played(scores, answers);
                }
                for (int point : next) {
                    answers.add(oracle.answer(point));
                }
                round++;
            }
        }

        /** With the judge's word in the score, where there is a judge. */
        private SeriesModel.Scores heeded(SeriesModel.Scores s, Answers answers) {
            return judge.isEmpty() ? s : new SeriesModel.Scores(judge.get().heeded(s.score(), answers), s.agent(), s.teacher(), s.margin(), s.probability());
        }

        /** Learns once from answers that another method asked for. */
        private Played once(LearnerSettings settings, Answers answers) {
            int round = (answers.size() + plan.batch() - 1) / plan.batch();
            SeriesLearner learner = new SeriesLearner(signals, part.usable(), settings, seed);
            return new Played(learner.learn(answers, round, RewardScaling.start(), TrainingWatch.NONE).scores(), answers);
        }

        private Acquisition.Situation situation(double[] score, int round) {
            return Acquisition.Situation.of(signals, score, part.ask(), round, plan.queries());
        }

        private void probability(String method, double[] score, Answers answers) {
            double threshold = OperatingPoint.forScore(score, answers, part.usable());
            measure(method, score, OperatingPoint.flags(score, threshold, part.usable()), answers);
        }

        /** The greedy policy: flag where the anomaly's Q is larger. */
        private void margin(String method, SeriesModel.Scores scores, Answers answers) {
            measure(method, scores.margin(), above(scores.margin(), 0), answers);
        }

        private void measure(String method, double[] score, boolean[] flagged, Answers answers) {
            double[] s = score.clone();
            boolean[] f = flagged.clone();
            if (plan.protocol() == Protocol.USER) {
                double top = java.util.Arrays.stream(s).max().orElse(0) + 1;
                double bottom = java.util.Arrays.stream(s).min().orElse(0) - 1;
                for (int t = 0; t < s.length; t++) {
                    if (answers.known(t)) {
                        s[t] = answers.anomalous(t) ? top : bottom;
                        f[t] = answers.anomalous(t);
                    }
                }
            }
            results.computeIfAbsent(method, m -> new ArrayList<>()).add(Figures.of(labelled.anomalous(), s, f, part.score(),
                    labelled.series().step(), plan.vusLength()));
            points.accept(method, new Points(s, f, part.score()));
        }

        private static boolean[] above(double[] score, double threshold) {
            boolean[] out = new boolean[score.length];
            for (int t = 0; t < out.length; t++) {
                out[t] = score[t] > threshold;
            }
            return out;
        }
    }
}
