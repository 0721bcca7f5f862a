package org.laudable.engine.text.replay;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.laudable.engine.evaluation.Classification;
import org.laudable.engine.text.CandidatePool;
import org.laudable.engine.text.EmbeddedHead;
import org.laudable.engine.text.LabelVectors;
import org.laudable.engine.text.OutsideItems;
import org.laudable.engine.text.QueryContext;
import org.laudable.engine.text.QueryStrategies;
import org.laudable.engine.text.Start;
import org.laudable.engine.text.TaskModel;
import org.laudable.engine.text.TrainingLabels;

/**
 * Runs a plan. Deterministic but for the seconds, which come from the clock passed in.
 */
public final class Replay {

    /** The name of the curve for k random texts per class. */
    public static final String FEW_SHOT = "few-shot";

    private final LabelledTexts data;
    private final float[][] vectors;
    private final LabelVectors labels;
    private final ReplayPlan plan;
    private final LongSupplier nanoClock;
    private final Consumer<String> progress;
    private final ScoredTexts listener;
    private final EmbeddedHead head;
    private final Map<String, ReplayCurve.Collector> curves = new LinkedHashMap<>();

    /**
     * Prepares a replay.
     *
     * @param vectors   one per text
     * @param nanoClock nanoseconds, for the rounds' duration
     * @param progress  gets a line now and then
     */
    public Replay(LabelledTexts data, float[][] vectors, LabelVectors labels, ReplayPlan plan, LongSupplier nanoClock,
            Consumer<String> progress) {
        this(data, vectors, labels, plan, nanoClock, progress, (start, strategy, seed, n, right) -> {});
    }

    /** The same with a listener to every checkpoint. */
    public Replay(LabelledTexts data, float[][] vectors, LabelVectors labels, ReplayPlan plan, LongSupplier nanoClock,
            Consumer<String> progress, ScoredTexts listener) {
        this.data = data;
        this.vectors = vectors;
        this.labels = labels;
        this.plan = plan;
        this.head = new EmbeddedHead(plan.headSettings());
        this.nanoClock = nanoClock;
        this.progress = progress;
        this.listener = listener;
    }

    /** Runs every start and strategy on every seed. */
    public ReplayReport run() {
        List<ReplayCurve.Score> zeroShot = new ArrayList<>();
        List<ReplayCurve.Score> supervised = new ArrayList<>();
        long pool = 0;
        long test = 0;
        for (int seed = 0; seed < plan.seeds(); seed++) {
            Setting setting = prepare(seed);
            pool += setting.pool.size();
            test += setting.truth.length;
            zeroShot.add(setting.score(head.train(setting.pool, TrainingLabels.none(), seed)));
            for (String start : plan.starts()) {
                for (String strategy : plan.strategies()) {
                    curve(setting, strategy, start);
                }
            }
            if (plan.baselines()) {
                fewShot(setting);
                progress.accept("seed %d of %d: the whole pool labelled".formatted(seed + 1, plan.seeds()));
                supervised.add(setting.score(head.train(setting.pool, setting.all(), seed)));
            }
        }
        return new ReplayReport(data.name(), data.classes().size(), (int) (pool / plan.seeds()), (int) (test / plan.seeds()),
                ReplayCurve.Score.mean(zeroShot), Optional.of(supervised).filter(s -> !s.isEmpty()).map(ReplayCurve.Score::mean),
                curves.values().stream().map(ReplayCurve.Collector::mean).toList(), plan.oracle().kind(), plan.oracle().model() == null ? 0 : plan.oracle().model().calls());
    }

    /** One seed's pool and test part. */
    private record Setting(int seed, CandidatePool pool, List<String> texts, int[] gold, OutsideItems test, int[] truth) {

        ReplayCurve.Score score(TaskModel model) {
            return score(model.predict(test).argMax());
        }

        ReplayCurve.Score score(int[] said) {
            Classification c = Classification.of(truth, said, pool.classes().size());
            return new ReplayCurve.Score(c.accuracy(), c.macroF1());
        }

        TrainingLabels all() {
            return new TrainingLabels(IntStream.range(0, gold.length).toArray(), gold);
        }
    }

    private Setting prepare(int seed) {
        ReplaySplit split = ReplaySplit.of(data, plan.testShare(), seed, plan.part());
        progress.accept("seed %d of %d: a pool of %,d texts, %,d to score".formatted(seed + 1, plan.seeds(), split.pool().length, split.test().length));
        CandidatePool pool = CandidatePool.build(ReplaySplit.texts(data, split.pool()),
                ReplaySplit.vectors(vectors, split.pool()), labels, plan.poolSettings());
        OutsideItems test = pool.outside(ReplaySplit.texts(data, split.test()), ReplaySplit.vectors(vectors, split.test()));
        return new Setting(seed, pool, ReplaySplit.texts(data, split.pool()), split.poolGold(), test, ReplaySplit.labels(data, split.test()));
    }

    private void curve(Setting setting, String strategy, String startName) {
        ReplayCurve.Collector curve = curves.computeIfAbsent(startName + ' ' + strategy, k -> new ReplayCurve.Collector(strategy, startName));
        Start start = startName.equals("confirm") ? Start.confirm(plan.confirmPerClass()) : Start.named(startName);
        int last = Math.min(plan.checkpoints().getLast(), setting.pool.size());
        Map<Integer, Integer> answers = new TreeMap<>();
        BitSet absent = new BitSet();
        int human = 0;
        TaskModel model = head.train(setting.pool, TrainingLabels.none(), setting.seed);
        checkpoint(setting, curve, startName, model, 0);
        while (answers.size() < last) {
            int n = answers.size();
            int next = plan.checkpoints().stream().filter(c -> c > n).findFirst().orElse(last);
            int batch = Math.min(plan.batch(), Math.min(next, last) - n);
            long began = nanoClock.getAsLong();
            TrainingLabels labels = TrainingLabels.of(answers);
            QueryContext context = new QueryContext(setting.pool, model.poolScores(), labels.items(), absent, 1_000_003L * setting.seed + n);
            int[] items = start.select(context, labels, batch, last);
            if (items.length == 0) {
                items = QueryStrategies.named(strategy).select(context, batch);
            }
            if (items.length == 0) {
                break;
            }
            TaskModel before = model;
            for (ReplayOracle.Answered answer : plan.oracle().answer(items, IntStream.of(items).mapToObj(setting.texts::get).toList(),
                    setting.gold, item -> before.poolScores().argMax(item))) {
                if (answer.classIndex() < 0) {
                    absent.set(answer.item());
                } else {
                    answers.put(answer.item(), answer.classIndex());
                    human += answer.human() ? 1 : 0;
                }
            }
            model = head.train(setting.pool, TrainingLabels.of(answers), setting.seed);
            curve.round((nanoClock.getAsLong() - began) / 1e9);
            long right = answers.entrySet().stream().filter(one -> setting.gold[one.getKey()] == one.getValue()).count();
            curve.labelled(answers.size(), human, answers.isEmpty() ? 1 : right / (double) answers.size());
            checkpoint(setting, curve, startName, model, answers.size());
        }
        progress.accept("seed %d of %d: %s, start %s".formatted(setting.seed + 1, plan.seeds(), strategy, startName));
    }

    private void checkpoint(Setting setting, ReplayCurve.Collector curve, String start, TaskModel model, int labels) {
        if (plan.checkpoints().contains(labels)) {
            int[] said = model.predict(setting.test).argMax();
            curve.add(labels, setting.score(said));
            boolean[] right = new boolean[said.length];
            for (int i = 0; i < said.length; i++) {
                right[i] = said[i] == setting.truth[i];
            }
            listener.scored(start, curve.strategy(), setting.seed, labels, right);
        }
    }

    /** k random texts of each class, k doubling as long as k per class fits the last checkpoint. */
    private void fewShot(Setting setting) {
        ReplayCurve.Collector curve = curves.computeIfAbsent(FEW_SHOT, k -> new ReplayCurve.Collector(FEW_SHOT, "random"));
        int classes = data.classes().size();
        for (int k = 1; k * classes <= plan.checkpoints().getLast(); k *= 2) {
            Map<Integer, Integer> answers = new TreeMap<>();
            int[] count = new int[classes];
            QueryContext context = QueryContext.of(setting.pool, setting.pool.zeroShot(), TrainingLabels.none(), setting.seed);
            for (int item : QueryStrategies.named("random").select(context, setting.pool.size())) {
                if (count[setting.gold[item]]++ < k) {
                    answers.put(item, setting.gold[item]);
                }
            }
            long began = nanoClock.getAsLong();
            TaskModel model = head.train(setting.pool, TrainingLabels.of(answers), setting.seed);
            curve.round((nanoClock.getAsLong() - began) / 1e9);
            curve.add(k * classes, setting.score(model));
        }
    }
}
